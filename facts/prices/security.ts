import { type PriceTable } from "./table";

const KMS = { source: "https://aws.amazon.com/kms/pricing/", date: "2026-11" } as const;
const SECRETS = { source: "https://aws.amazon.com/secrets-manager/pricing/", date: "2026-11" } as const;

/** Keys, secrets and firewalls. */
export const SECURITY_PRICES = {
  /** A key that AWS rotates costs as much again for each of its first two rotations. */
  "kms.key": { unit: "month", usd: { "us-east-1": 1, "eu-west-1": 1, "us-west-2": 1 }, ...KMS },
  /** Calls with a symmetric key, without the free 20,000 of an account. */
  "kms.requests": { unit: "million", usd: { "us-east-1": 3, "eu-west-1": 3, "us-west-2": 3 }, ...KMS },
  /** Also of each replica in another region. */
  secret: { unit: "month", usd: { "us-east-1": 0.4, "eu-west-1": 0.4 }, ...SECRETS },
  "secret.calls": { unit: "million", usd: { "us-east-1": 5, "eu-west-1": 5 }, ...SECRETS },
  /** A user of a month who signs in through another identity provider, without the free 50. */
  "cognito.federated-user": {
    unit: "month",
    usd: { "us-east-1": 0.015, "eu-west-1": 0.015 },
    source: "https://aws.amazon.com/cognito/pricing/",
    date: "2026-11",
  },
  "waf.acl": { unit: "month", usd: { "us-east-1": 5, "eu-west-1": 5 }, source: "https://aws.amazon.com/waf/pricing/", date: "2026-11" },
  "waf.rule": { unit: "month", usd: { "us-east-1": 1, "eu-west-1": 1 }, source: "https://aws.amazon.com/waf/pricing/", date: "2026-11" },
} as const satisfies PriceTable;
