import { type Fact } from "./row";

/** How many calls that change something a service takes, of one account in one region: a bucket of tokens. */
export interface ApiRate extends Fact {
  /** Calls that are taken at once. */
  readonly burst: number;
  /** Calls a second that come on top. */
  readonly perSecond: number;
}

function rate(burst: number, perSecond: number, source: string): ApiRate {
  return { burst, perSecond, source, date: "2026-11" };
}

/** Rates by endpoint of the service. What AWS says nothing of is not here. Where it gives a rate alone, as much is taken at once. */
export const API_RATES: Readonly<Record<string, ApiRate>> = {
  apigateway: rate(40, 10, "https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html"),
  ec2: rate(50, 5, "https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html"),
  kms: rate(5, 5, "https://docs.aws.amazon.com/kms/latest/developerguide/requests-per-second.html"),
  lambda: rate(15, 15, "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html"),
  logs: rate(10, 10, "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html"),
  monitoring: rate(3, 3, "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html"),
  route53: rate(5, 5, "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html"),
  sns: rate(30, 30, "https://docs.aws.amazon.com/general/latest/gr/sns.html"),
};
