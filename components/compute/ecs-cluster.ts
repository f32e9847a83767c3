import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { bend, type Transform } from "../transform";

export interface EcsClusterArgs {
  /** Depth of Container Insights metrics. */
  readonly containerInsights: "disabled" | "enabled" | "enhanced";
  /** Log group that sessions opened with ECS Exec are recorded in. */
  readonly execLogGroup: pulumi.Input<string>;
  /** Key of those sessions. */
  readonly keyArn: pulumi.Input<string>;
  readonly transform?: { readonly cluster?: Transform<aws.ecs.ClusterArgs> };
}

/**
 * The ECS cluster of an environment, with Fargate and Fargate Spot, and the Service Connect namespace in which services find
 * each other by name.
 *
 * Cost: the cluster and the namespace are free; Container Insights is charged by metric.
 */
export class EcsCluster extends pulumi.ComponentResource {
  public readonly arn: pulumi.Output<string>;
  public readonly name: pulumi.Output<string>;
  public readonly namespaceArn: pulumi.Output<string>;
  /** A service with a capacity provider strategy is refused until the cluster has these. */
  public readonly capacityProviders: aws.ecs.ClusterCapacityProviders;

  constructor(name: string, args: EcsClusterArgs, options?: pulumi.ComponentResourceOptions) {
    super("strata:compute:EcsCluster", name, {}, options);
    const namespace = new aws.servicediscovery.HttpNamespace(
      name,
      { description: "Service Connect names of the services" },
      { parent: this },
    );
    const cluster = new aws.ecs.Cluster(
      ...bend<aws.ecs.ClusterArgs>(
        args.transform?.cluster,
        name,
        {
          settings: [{ name: "containerInsights", value: args.containerInsights }],
          serviceConnectDefaults: { namespace: namespace.arn },
          configuration: {
            executeCommandConfiguration: {
              kmsKeyId: args.keyArn,
              logging: "OVERRIDE",
              logConfiguration: { cloudWatchEncryptionEnabled: true, cloudWatchLogGroupName: args.execLogGroup },
            },
          },
        },
        { parent: this },
      ),
    );
    this.capacityProviders = new aws.ecs.ClusterCapacityProviders(
      name,
      {
        clusterName: cluster.name,
        capacityProviders: ["FARGATE", "FARGATE_SPOT"],
        defaultCapacityProviderStrategies: [{ capacityProvider: "FARGATE", weight: 1 }],
      },
      { parent: this },
    );
    this.arn = cluster.arn;
    this.name = cluster.name;
    this.namespaceArn = namespace.arn;
    this.registerOutputs({ arn: this.arn, name: this.name, namespaceArn: this.namespaceArn });
  }
}
