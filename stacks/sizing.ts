import { type TaskSizing } from "../components/compute/ecs-service-place";
import { type JobSizing } from "../components/compute/job-place";
import { type FunctionSizing } from "../components/compute/lambda-place";
import { type PodSizing } from "../components/compute/eks-place";
import { type CopiesSize, type FunctionSize, type RunsSize, type Size } from "../components/compute/placement/types";
import { type Descriptor } from "../components/service/descriptor";
import { type EnvironmentConfig } from "./environment";
import { type Placement } from "./placement";

/** Sections of a stack file that sizes come from. */
export interface SizingConfig {
  readonly compute: Pick<EnvironmentConfig["compute"], "minimumCopies" | "maximumCopies">;
  readonly services: EnvironmentConfig["services"];
}

const SECONDS_PER_MINUTE = 60;
const CPU_UNITS = 1024;

/** The size of the kind a place needs. */
function sizeOf<Kind extends Size["kind"]>(name: string, { size, target }: Placement, kind: Kind): Extract<Size, { kind: Kind }> {
  if (size?.kind !== kind) throw new Error(`service ${name} has no size for ${target}`);
  return size as Extract<Size, { kind: Kind }>;
}

/** Fewest and most copies: what the advisor found, within what the stack file allows. */
function copies(name: string, size: CopiesSize, { compute, services }: SizingConfig): { minimumCopies: number; maximumCopies: number } {
  const own = services[name];
  const ceiling = own?.maximumCopies ?? compute.maximumCopies;
  const minimumCopies = Math.min(own?.minimumCopies ?? Math.max(compute.minimumCopies, size.minimum), ceiling);
  return { minimumCopies, maximumCopies: Math.max(minimumCopies, Math.min(size.maximum, ceiling)) };
}

/** How big a service's tasks are in an environment. */
export function taskSizing({ name, demand }: Descriptor, placement: Placement, environment: SizingConfig): TaskSizing {
  const size = sizeOf(name, placement, "copies");
  const own = environment.services[name];
  return {
    cpu: own?.cpu ?? Math.round(size.cpu * CPU_UNITS),
    memory: own?.memory ?? size.memory,
    ...copies(name, size, environment),
    requestsPerMinute: Math.max(1, Math.round((demand.peak * SECONDS_PER_MINUTE) / size.maximum)),
  };
}

/** How big a service's pods are in an environment. */
export function podSizing({ name }: Descriptor, placement: Placement, environment: SizingConfig): PodSizing {
  const size = sizeOf(name, placement, "copies");
  const own = environment.services[name];
  return {
    cpu: own?.cpu === undefined ? size.cpu : own.cpu / CPU_UNITS,
    memory: own?.memory ?? size.memory,
    ...copies(name, size, environment),
  };
}

/** How big a job's runs are in an environment, and how many there are at once. */
export function jobSizing({ name }: Descriptor, placement: Placement, { compute, services }: SizingConfig): JobSizing {
  const size: RunsSize = sizeOf(name, placement, "runs");
  const own = services[name];
  return {
    cpu: own?.cpu ?? Math.round(size.cpu * CPU_UNITS),
    memory: own?.memory ?? size.memory,
    atOnce: Math.max(1, Math.min(size.atOnce, own?.maximumCopies ?? compute.maximumCopies)),
  };
}

/** How big a service's function is in an environment; a stack file's most copies are its concurrency. */
export function functionSizing({ name }: Descriptor, placement: Placement, { services }: Pick<SizingConfig, "services">): FunctionSizing {
  const size: FunctionSize = sizeOf(name, placement, "function");
  const own = services[name];
  return { memory: own?.memory ?? size.memory, reservedConcurrency: own?.maximumCopies ?? size.reserved };
}
