import { EcsServicePlace } from "./ecs-service-place";
import { type TaskCapacity } from "./task-capacity";

/** Runs a service's container as tasks on the cluster's own instances. */
export class EcsPlace extends EcsServicePlace {
  readonly target = "ecs";

  /** The instance pulls the image and writes the logs; a task's own network interface only carries what its code calls. */
  protected readonly calls = [];
  protected readonly pullsItself = false;

  protected capacity(): TaskCapacity {
    const { ec2 } = this.args.cluster;
    if (!ec2) throw new Error("a service is placed on EC2, but the cluster has no instances");
    return ec2;
  }
}
