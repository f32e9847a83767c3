import type * as pulumi from "@pulumi/pulumi";
import { type Descriptor } from "../components/service/descriptor";
import { type ObservedService } from "../components/visibility/alarms/observed-service";

/** A service that runs, with what its descriptor says of it. */
export interface RunningService {
  readonly descriptor: Descriptor;
  /** What CloudWatch knows its workload by. */
  readonly observed: ObservedService;
  /** Its component. */
  readonly parent: pulumi.Resource;
}
