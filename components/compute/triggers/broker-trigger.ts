import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument } from "../../iam";
import { readStoreSecret } from "../../persistence/store-secret";
import { bend, type Transform } from "../../transform";
import { type LambdaFunction } from "../lambda-function";
import { NOT_BY_THE_CODE, POLLER_NETWORK } from "../network-interfaces";
import { type BrokerSource } from "./event-sources";

export interface BrokerTriggerArgs {
  readonly source: BrokerSource;
  readonly target: LambdaFunction;
  /** Messages of one call, 1 to 10,000. */
  readonly batchSize: number;
  /** What must exist before messages are read: the broker's own users and the role's grant. */
  readonly ready: readonly pulumi.Resource[];
  readonly transform?: { readonly mapping?: Transform<aws.lambda.EventSourceMappingArgs> };
}

/**
 * Starts a function for messages of a queue on Amazon MQ. A call that fails gets all its messages again: make the function idempotent, and
 * let the broker move what fails too often to its own dead letters.
 *
 * The pollers stand in the subnets and groups of the broker, not of the function, which needs no VPC to be started by it.
 *
 * Cost: none beside the calls and the broker.
 */
export class BrokerTrigger extends pulumi.ComponentResource {
  constructor(name: string, args: BrokerTriggerArgs, options?: pulumi.ComponentResourceOptions) {
    super("strata:compute:BrokerTrigger", name, {}, options);
    const { source, target, batchSize, ready, transform } = args;
    const policy = new aws.iam.RolePolicy(
      name,
      {
        role: target.roleName,
        policy: policyDocument([
          { Sid: "FindBroker", Effect: "Allow", Action: "mq:DescribeBroker", Resource: source.brokerArn },
          POLLER_NETWORK,
          NOT_BY_THE_CODE,
          ...readStoreSecret(source),
        ]),
      },
      { parent: this },
    );
    new aws.lambda.EventSourceMapping(
      ...bend<aws.lambda.EventSourceMappingArgs>(
        transform?.mapping,
        name,
        {
          eventSourceArn: source.brokerArn,
          queues: source.queue,
          functionName: target.arn,
          batchSize,
          sourceAccessConfigurations: [
            { type: "BASIC_AUTH", uri: source.secretArn },
            ...(source.kind === "rabbitmq" ? [{ type: "VIRTUAL_HOST", uri: source.virtualHost ?? "/" }] : []),
          ],
        },
        { parent: this, dependsOn: [policy, ...ready] },
      ),
    );
    this.registerOutputs();
  }
}
