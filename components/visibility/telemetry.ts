import type * as pulumi from "@pulumi/pulumi";
import { type Statement } from "../iam";
import { type Descriptor, type Target } from "../service/descriptor";
import { type ServiceIdentity } from "../service/identity";

/** A container that stands beside a service's own in its task or pod. It runs read-only, without privileges, and its end does not end the service. */
export interface Sidecar {
  readonly name: string;
  /** Image with its tag. */
  readonly image: string;
  readonly command?: readonly string[];
  readonly variables: Readonly<Record<string, pulumi.Input<string>>>;
  /** ARNs of secrets in Secrets Manager by the variable that ECS puts the value in at start. Only on ECS. Default: none. */
  readonly secrets?: Readonly<Record<string, pulumi.Input<string>>>;
  /** Directories it may write to. */
  readonly writable: readonly string[];
  /** CPU units (1,024 a vCPU) and MiB that the task or pod is made bigger by. */
  readonly size: { readonly cpu: number; readonly memory: number };
}

/** An agent that instruments a program without a change to it: files that an image brings, copied beside the program before it starts. */
export interface Instrumentation {
  /** Image with its tag. */
  readonly image: string;
  /** Folder of the image that is copied, with all in it. */
  readonly from: string;
  /** Where the copy is in the service's own container. */
  readonly path: string;
}

/** What the visibility layer adds to one workload, so that it is seen without asking. */
export interface WorkloadTelemetry {
  /** Environment variables of the service's own container or function; the descriptor's own win. */
  readonly variables: Readonly<Record<string, pulumi.Input<string>>>;
  /** Containers beside it. Without effect on Lambda. */
  readonly sidecars: readonly Sidecar[];
  /** Default: none. Without effect on Lambda, where layers do it. */
  readonly instrumentation?: Instrumentation;
  /** Environment variable that holds the address of the node a pod runs on; `variables` may use it as `$(NAME)`. Only on Kubernetes. */
  readonly nodeAddressVariable?: string;
  /** ARNs of Lambda layers, without effect elsewhere. */
  readonly layers: readonly pulumi.Input<string>[];
  /** True turns on X-Ray's own tracing of a function. Without effect elsewhere. */
  readonly xray: boolean;
  /** What the service's role may do for it. */
  readonly statements: readonly Statement[];
  /** What ECS itself may do to start the sidecars: read their secrets. Without effect elsewhere. */
  readonly startStatements: readonly Statement[];
  /** Ports of the VPC its pods reach for it, for a NetworkPolicy. */
  readonly vpcPorts: readonly { readonly port: number; readonly protocol: "TCP" | "UDP" }[];
  /** What must exist before the workload starts. */
  readonly ready: readonly pulumi.Resource[];
}

/** Adds nothing. */
export const NO_TELEMETRY: WorkloadTelemetry = {
  variables: {},
  sidecars: [],
  layers: [],
  xray: false,
  statements: [],
  startStatements: [],
  vpcPorts: [],
  ready: [],
};

/** A workload that is about to be made. */
export interface ObservedWorkload {
  readonly descriptor: Descriptor;
  readonly target: Target;
  readonly identity: ServiceIdentity;
  /** The service's component; what is made for it belongs to it. */
  readonly parent: pulumi.Resource;
}

/** Something of the visibility layer that has a part in every workload: metrics of tasks, traces. */
export interface TelemetrySource {
  /** Why a workload must be able to open HTTPS connections to the internet for its part. */
  internetReasons(descriptor: Descriptor, target: Target): readonly string[];
  /** Its part in a workload. Called once for each, when the workload is made. */
  of(workload: ObservedWorkload): WorkloadTelemetry;
}

/** A source that has no part in any workload. */
export const NO_TELEMETRY_SOURCE: TelemetrySource = { internetReasons: () => [], of: () => NO_TELEMETRY };

/** A property that no more than one part may set. */
function one<Key extends string, Value>(key: Key, values: readonly Value[]): Partial<Record<Key, Value>> {
  if (values.length > 1) throw new Error(`${key} is set by two parts of the visibility layer`);
  return Object.fromEntries(values.map((value) => [key, value])) as Partial<Record<Key, Value>>;
}

/** What several sources add to one workload, together. A variable that two of them set is a mistake in one of them. */
export function mergeTelemetry(parts: readonly WorkloadTelemetry[]): WorkloadTelemetry {
  const variables: Record<string, pulumi.Input<string>> = {};
  for (const part of parts)
    for (const [name, value] of Object.entries(part.variables)) {
      if (name in variables) throw new Error(`variable ${name} is set by two parts of the visibility layer`);
      variables[name] = value;
    }
  return {
    variables,
    ...one(
      "instrumentation",
      parts.flatMap(({ instrumentation }) => instrumentation ?? []),
    ),
    ...one(
      "nodeAddressVariable",
      parts.flatMap(({ nodeAddressVariable }) => nodeAddressVariable ?? []),
    ),
    sidecars: parts.flatMap(({ sidecars }) => sidecars),
    layers: parts.flatMap(({ layers }) => layers),
    xray: parts.some(({ xray }) => xray),
    statements: parts.flatMap(({ statements }) => statements),
    startStatements: parts.flatMap(({ startStatements }) => startStatements),
    vpcPorts: parts.flatMap(({ vpcPorts }) => vpcPorts),
    ready: parts.flatMap(({ ready }) => ready),
  };
}
