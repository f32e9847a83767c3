import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument } from "../../iam";
import { readStoreSecret } from "../../persistence/store-secret";
import { bend, type Transform } from "../../transform";
import { type LambdaFunction } from "../lambda-function";
import { NOT_BY_THE_CODE, POLLER_NETWORK } from "../network-interfaces";
import { type TopicSource } from "./event-sources";

export interface TopicTriggerArgs {
  readonly source: TopicSource;
  readonly target: LambdaFunction;
  /** Name under which Kafka keeps how far the function has read. Changing this replaces the trigger, and reads the topic from its start. */
  readonly consumerGroup: string;
  /** Pollers that read the topic: fewest and most, 1 to 2,000. */
  readonly pollers: { readonly minimum: number; readonly maximum: number };
  /** Records of one call, 1 to 10,000. */
  readonly batchSize: number;
  /** What must exist before records are read: the role's grant on the topic. */
  readonly ready: readonly pulumi.Resource[];
  readonly transform?: { readonly mapping?: Transform<aws.lambda.EventSourceMappingArgs> };
}

const RETRIES = 5;

/**
 * Starts a function for records of a Kafka topic, in order within a partition: with a strong message layer an all-Lambda system is possible.
 * The function answers from which record on a partition failed; what fails too often goes to its dead letters, as the place in the topic.
 *
 * The pollers are provisioned. Without that Lambda neither reads which records failed nor ever gives up on one, so that a single bad record
 * holds up its partition until it expires (Lambda developer guide, "Configuring error handling controls for Kafka event sources", 2026-11).
 *
 * The pollers stand in the subnets and groups of the cluster, not of the function, which needs no VPC to be started by it.
 *
 * Cost: each group of pollers by the event poller unit and hour; unpriced here.
 */
export class TopicTrigger extends pulumi.ComponentResource {
  constructor(
    private readonly name: string,
    private readonly args: TopicTriggerArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("strata:compute:TopicTrigger", name, {}, options);
    this.map(this.grantPolling());
    this.registerOutputs();
  }

  private grantPolling(): aws.iam.RolePolicy {
    const { source, target } = this.args;
    return new aws.iam.RolePolicy(
      this.name,
      {
        role: target.roleName,
        policy: policyDocument([
          {
            Sid: "FindCluster",
            Effect: "Allow",
            Action: ["kafka:DescribeCluster", "kafka:DescribeClusterV2"],
            Resource: source.clusterArn,
          },
          // Service Authorization Reference, "Amazon Managed Streaming for Apache Kafka" (2026-11): this one takes no resource.
          { Sid: "FindBrokers", Effect: "Allow", Action: "kafka:GetBootstrapBrokers", Resource: "*" },
          POLLER_NETWORK,
          NOT_BY_THE_CODE,
          ...(source.scram ? readStoreSecret(source.scram) : []),
        ]),
      },
      { parent: this },
    );
  }

  private map(policy: aws.iam.RolePolicy): void {
    const { source, target, consumerGroup, pollers, batchSize, ready, transform } = this.args;
    new aws.lambda.EventSourceMapping(
      ...bend<aws.lambda.EventSourceMappingArgs>(
        transform?.mapping,
        this.name,
        {
          eventSourceArn: source.clusterArn,
          topics: [source.topic],
          functionName: target.arn,
          startingPosition: "TRIM_HORIZON",
          batchSize,
          amazonManagedKafkaEventSourceConfig: { consumerGroupId: consumerGroup },
          ...(source.scram && { sourceAccessConfigurations: [{ type: "SASL_SCRAM_512_AUTH", uri: source.scram.secretArn }] }),
          provisionedPollerConfig: { minimumPollers: pollers.minimum, maximumPollers: pollers.maximum },
          functionResponseTypes: ["ReportBatchItemFailures"],
          maximumRetryAttempts: RETRIES,
          destinationConfig: { onFailure: { destinationArn: target.deadLetters.arn } },
        },
        { parent: this, dependsOn: [policy, ...source.ready, ...ready] },
      ),
    );
  }
}
