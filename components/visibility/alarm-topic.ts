import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument } from "../iam";
import { type PlatformContext } from "../platform-context";
import { bend, type Transform } from "../transform";

export interface AlarmTopicArgs {
  readonly context: PlatformContext;
  /** Key the messages are encrypted with; it must admit CloudWatch alarms. */
  readonly keyArn: pulumi.Input<string>;
  /** Where alarms are sent; the subscription waits until the address confirms it. Default: nowhere. */
  readonly email?: string | undefined;
  /** Address of a pager's integration with Amazon SNS, which confirms the subscription by itself. It is as good as a password. Default: none. */
  readonly pagerUrl?: pulumi.Output<string> | undefined;
  readonly transform?: { readonly topic?: Transform<aws.sns.TopicArgs> };
}

/**
 * Where alarms of the environment go: all of them, or those that somebody is woken for.
 *
 * Cost: e-mails are free to 1,000 a month, then 2 USD per 100,000 (Amazon SNS pricing, 2026-11).
 */
export class AlarmTopic extends pulumi.ComponentResource {
  public readonly arn: pulumi.Output<string>;
  public readonly topicName: pulumi.Output<string>;

  constructor(name: string, args: AlarmTopicArgs, options?: pulumi.ComponentResourceOptions) {
    super("strata:visibility:AlarmTopic", name, {}, options);
    const topic = new aws.sns.Topic(
      ...bend<aws.sns.TopicArgs>(args.transform?.topic, name, { kmsMasterKeyId: args.keyArn }, { parent: this }),
    );
    this.arn = topic.arn;
    this.topicName = topic.name;
    new aws.sns.TopicPolicy(
      name,
      {
        arn: topic.arn,
        policy: policyDocument([
          {
            Sid: "Alarms",
            Effect: "Allow",
            Principal: { Service: "cloudwatch.amazonaws.com" },
            Action: "sns:Publish",
            Resource: topic.arn,
            Condition: { StringEquals: { "aws:SourceAccount": args.context.accountId } },
          },
          {
            Sid: "TlsOnly",
            Effect: "Deny",
            Principal: "*",
            Action: "sns:Publish",
            Resource: topic.arn,
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
        ]),
      },
      { parent: this },
    );
    if (args.email) new aws.sns.TopicSubscription(name, { topic: topic.arn, protocol: "email", endpoint: args.email }, { parent: this });
    if (args.pagerUrl)
      new aws.sns.TopicSubscription(
        `${name}-pager`,
        { topic: topic.arn, protocol: "https", endpoint: args.pagerUrl, endpointAutoConfirms: true },
        { parent: this, additionalSecretOutputs: ["endpoint"] },
      );
    this.registerOutputs({ arn: this.arn });
  }
}
