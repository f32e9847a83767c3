import { EcsServicePlace } from "./ecs-service-place";
import { type TaskCapacity } from "./task-capacity";

/** Runs a service's container as tasks on Fargate. */
export class FargatePlace extends EcsServicePlace {
  readonly target = "fargate";

  /** Fargate pulls the image and writes the logs through the task's own network interface. */
  protected readonly calls = ["ecr.api", "ecr.dkr", "logs", "secretsmanager"];
  protected readonly pullsItself = true;

  protected capacity(): TaskCapacity {
    return this.args.cluster.fargate;
  }
}
