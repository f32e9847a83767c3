import type * as pulumi from "@pulumi/pulumi";
import { type Binding } from "./binding";
import { type Descriptor, type Target } from "./descriptor";
import { type RunsAs, type ServiceIdentity } from "./identity";
import { type ObservedService } from "../visibility/alarms/observed-service";
import { type ServiceLogs } from "../visibility/service-logs";
import { type WorkloadTelemetry } from "../visibility/telemetry";

/** A service that is ready to get its workload: who it is, what it says, what it may use. */
export interface PlaceRequest {
  readonly descriptor: Descriptor;
  readonly identity: ServiceIdentity;
  readonly logs: ServiceLogs;
  readonly bindings: readonly Binding[];
  /** What the visibility layer adds: variables, sidecars, layers. Its statements and what it waits for are already in the role and in `ready`. */
  readonly telemetry: WorkloadTelemetry;
  /** What must exist before the workload starts. */
  readonly ready: readonly pulumi.Resource[];
  /** The service's component; what the place makes belongs to it. */
  readonly parent: pulumi.Resource;
}

/** Somewhere a service can run. */
export interface Place {
  readonly target: Target;
  /** AWS service that takes the service's role on. */
  readonly runsAs: RunsAs;
  /** Why a service placed here must be able to open HTTPS connections to the internet, whatever it needs itself. */
  internetReasons(descriptor: Descriptor): readonly string[];
  /** Makes the workload, and says what CloudWatch knows it by. */
  run(request: PlaceRequest): ObservedService;
}

/** Port that other services call, when there is one. */
export function servicePort(descriptor: Descriptor): number | undefined {
  return "image" in descriptor.run ? descriptor.run.port : undefined;
}
