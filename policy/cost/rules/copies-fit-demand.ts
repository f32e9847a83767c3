import { z } from "zod";
import { FARGATE_SIZES } from "../../../facts/fargate-sizes";
import { TASK_DEFINITION } from "../../lib/containers";
import { ECS_SERVICE, podsOf, tasksOf } from "../../lib/copies";
import { declaredServiceOf } from "../../lib/declared-service";
import type { StackGraph } from "../../lib/graph";
import { DEPLOYMENT, podContainersOf, STATEFUL_SET } from "../../lib/pods";
import { taskAmount } from "../../lib/price/clusters";
import { cpuOf, gibOf } from "../../lib/price/quantity";
import { number, read, type Reading, readPath, type StackResource, text } from "../../lib/resource";
import { fail, notEvaluated, pass, stackRule, type Verdict } from "../../lib/rule";

const DEFAULT_FACTOR = 3;
const MS_PER_SECOND = 1_000;
const CPU_UNITS = 1_024;
const MIB_PER_GIB = 1_024;
/** Share of a copy that demand may fill; the rest is headroom. */
const UTILISATION = 0.6;
/** vCPU of the smallest copy that is worth having; that of the smallest task on Fargate. */
const LEAST_VCPU = 0.25;
/** vCPU that a request keeps busy when its service does not say: more than one only takes code that is made for it. */
const MOST_REQUEST_VCPU = 1;

const config = z.strictObject({
  factor: z
    .number()
    .min(1)
    .default(DEFAULT_FACTOR)
    .describe("How many times what its demand needs at its peak a service may have all the time."),
});

/** Reads what services declare, so it has nothing to say about a stack without `strata:service:Service` components. */
export const copiesFitDemand = stackRule({
  id: "copies-fit-demand",
  title: "No service has many times the CPU or memory that its declared demand needs",
  severity: "low",
  why: "The fewest copies of a service run day and night: a size that was guessed high once is paid for every month, and nothing ever complains.",
  fix: "Leave cpu, memory and minimumCopies of the service to placement, or declare the demand as it really is.",
  links: [
    "https://docs.aws.amazon.com/wellarchitected/latest/cost-optimization-pillar/select-the-correct-resource-type-size-and-number.html",
  ],
  frameworks: [],
  config,
  check: (stack, { factor }) =>
    stack.ofType(ECS_SERVICE, DEPLOYMENT, STATEFUL_SET).flatMap((workload) => {
      const service = declaredServiceOf(workload, stack);
      return service === undefined || read(service, "demand").state === "absent" ? [] : verdict(workload, service, stack, factor);
    }),
});

/** What a copy has, or the property that is not known yet; undefined where nothing says it. */
interface Size {
  readonly vcpu: number;
  readonly mib: number;
}

function verdict(workload: StackResource, service: StackResource, stack: StackGraph, factor: number): Verdict[] {
  const { urn, name } = workload;
  const { fewest, property } = workload.type === ECS_SERVICE ? tasksOf(workload, stack) : podsOf(workload, stack);
  if (fewest === undefined) return [notEvaluated(urn, "how many copies it has is not known yet", property)];
  if (fewest === 0) return [];
  const size = workload.type === ECS_SERVICE ? taskSize(workload, stack) : podSize(workload);
  if (size === undefined) return [];
  if (typeof size === "string") return [notEvaluated(urn, "the size of its copies is not known yet", size)];
  const need = needOf(service);
  if (need === undefined) return [notEvaluated(urn, "its demand is not known yet", "demand")];
  const vcpu = Math.max(need.vcpu / fewest, LEAST_VCPU);
  const mib = Math.max(need.mib, leastMemory(size.vcpu));
  const dear = [
    ...(size.vcpu > vcpu * factor ? [`${size.vcpu} vCPU, and needs ${round(vcpu)} of each of its ${fewest} at the peak`] : []),
    ...(size.mib > mib * factor ? [`${size.mib} MiB, and needs ${round(mib)}`] : []),
  ];
  return [dear.length === 0 ? pass(urn) : fail(urn, `each copy of ${name} has ${dear.join("; ")}`)];
}

/** The least memory that Fargate gives a task of so much CPU; a task pays for it whether it wants it or not. */
function leastMemory(vcpu: number): number {
  return FARGATE_SIZES.find(({ cpu }) => cpu >= vcpu * CPU_UNITS)?.memory ?? 0;
}

/** Requests in service at the peak, by Little's law, each with the CPU it keeps busy. */
function needOf(service: StackResource): Size | undefined {
  const [peak, duration, memory] = ["peak", "duration", "memory"].map((key) => decimal(service, `demand.${key}`));
  const request = read(service, "demand.cpu").state === "absent" ? MOST_REQUEST_VCPU : decimal(service, "demand.cpu");
  if (peak === undefined || duration === undefined || memory === undefined || request === undefined) return undefined;
  return { vcpu: (((peak * duration) / MS_PER_SECOND) * request) / UTILISATION, mib: memory };
}

function decimal(service: StackResource, path: string): number | undefined {
  const reading = read(service, path);
  return reading.state === "known" && typeof reading.value === "number" ? reading.value : number(reading);
}

function taskSize(workload: StackResource, stack: StackGraph): Size | string | undefined {
  const found = stack.reference(workload, "taskDefinition", [TASK_DEFINITION]);
  if (found?.kind !== "resource") return found?.kind === "unknown" ? "taskDefinition" : undefined;
  const sizes = (["cpu", "memory"] as const).map((property) => ({
    state: read(found.resource, property).state,
    ...taskAmount(found.resource, property),
  }));
  if (sizes.some(({ state }) => state === "absent")) return undefined;
  const [cpu, memory] = sizes;
  if (cpu?.value === undefined || memory?.value === undefined) return cpu?.value === undefined ? "cpu" : "memory";
  return { vcpu: cpu.value / CPU_UNITS, mib: memory.value };
}

/** What the containers of a pod ask for together; a pod without requests takes what is left over. */
function podSize(workload: StackResource): Size | string | undefined {
  const containers = podContainersOf(workload);
  if (containers.state === "unknown") return containers.property;
  let vcpu = 0;
  let mib = 0;
  for (const { spec, init } of containers.value) {
    if (init) continue;
    const [cpu, memory] = ["cpu", "memory"].map((key) => readPath(spec, `resources.requests.${key}`));
    if (cpu?.state === "unknown" || memory?.state === "unknown") return "spec.template.spec.containers";
    vcpu += cpuRequest(cpu);
    mib += (gibOf((memory && text(memory)) ?? "0") ?? 0) * MIB_PER_GIB;
  }
  return vcpu > 0 || mib > 0 ? { vcpu, mib } : undefined;
}

/** An amount of CPU may be written as a number of cores. */
function cpuRequest(reading: Reading | undefined): number {
  if (reading?.state !== "known") return 0;
  return typeof reading.value === "number" ? reading.value : (cpuOf(text(reading) ?? "") ?? 0);
}

function round(value: number): number {
  return Number(value.toPrecision(2));
}
