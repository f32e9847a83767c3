import { EcsServicePlace } from "./ecs-service-place";
import { TASK_SERVICES } from "./execution-role";
import { type TaskCapacity } from "./task-capacity";

/** Runs a service's container as tasks on Fargate. */
export class FargatePlace extends EcsServicePlace {
  readonly target = "fargate";

  protected readonly calls = TASK_SERVICES;
  protected readonly pullsItself = true;

  protected capacity(): TaskCapacity {
    return this.args.cluster.fargate;
  }
}
