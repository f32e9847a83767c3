import type * as pulumi from "@pulumi/pulumi";
import { type TaskCapacity } from "./task-capacity";

/** A cluster of ECS as those see it that run tasks on it, whether this program makes it or it exists already. */
export interface TaskCluster {
  readonly arn: pulumi.Output<string>;
  readonly name: pulumi.Output<string>;
  /** Namespace of Service Connect in which services find each other by name. */
  readonly namespaceArn: pulumi.Output<string>;
  /** Fargate and Fargate Spot. */
  readonly fargate: TaskCapacity;
  /** The cluster's instances; absent when it has none. */
  readonly ec2: TaskCapacity | undefined;
  /** True when it counts running tasks, which scaling by a queue's backlog needs. */
  readonly countsTasks: boolean;
}

/** Instances of a cluster that exists already, by the capacity providers that start them. */
export type InstanceCapacity = Pick<TaskCapacity, "onDemand" | "spot" | "architecture">;

/** What is known of a cluster that exists already. */
export interface TaskClusterIds {
  readonly arn: pulumi.Input<string>;
  readonly name: pulumi.Input<string>;
  readonly namespaceArn: pulumi.Input<string>;
  readonly countsTasks: boolean;
  /** Default: none, Fargate only. */
  readonly instances?: InstanceCapacity;
}
