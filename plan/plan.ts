import { ConfigError } from "../components/faults";
import { PolicyConfigError } from "../policy/lib/fault";
import { judgeStack, type PolicyFiles, readPolicyFiles } from "../policy/lib/judge-stack";
import { reachability } from "../policy/lib/reachability";
import { PACKS } from "../policy/packs";
import { type ServiceOutput } from "../stacks/outputs";
import program from "../stacks/index";
import { costOf } from "./cost/cost";
import { assumptionValues } from "./cost/settings";
import { type Json, type PlannedResource, UNKNOWN } from "./graph";
import { keeps } from "./keeps";
import { type PlanDocument } from "./plan-schema";
import { record, type RecordOptions } from "./record";
import { scheduleOf } from "./schedule/schedule";
import { readStackFile, type StackFile } from "./stack-file";
import { takenOver } from "./taken-over";

const STACK_TYPE = "pulumi:pulumi:Stack";

function isUnknown(value: Json): boolean {
  if (value === UNKNOWN) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(isUnknown);
}

/** The inputs of a plan that only become known while it is carried out. */
function unknownInputs(resources: readonly PlannedResource[]): PlanDocument["unknown"] {
  return resources.flatMap(({ urn, inputs }) => {
    const properties = Object.entries(inputs).flatMap(([key, value]) => (isUnknown(value) ? [key] : []));
    return properties.length > 0 ? [{ urn, properties }] : [];
  });
}

function isServiceOutput(value: Json): value is Json & ServiceOutput {
  return typeof value === "object" && value !== null && "target" in value && "reason" in value;
}

/** What the program says of its services, read from the outputs of the stack. */
export function servicesOf(resources: readonly PlannedResource[]): PlanDocument["services"] {
  const outputs = resources.find(({ type }) => type === STACK_TYPE)?.outputs["services"];
  if (typeof outputs !== "object" || outputs === null) throw new Error("the program exports no services");
  return Object.entries(outputs).map(([name, service]) => {
    if (!isServiceOutput(service)) throw new Error(`the program exports something else than a service as services.${name}`);
    const { target, reason, waitingFor, bindings } = service;
    return {
      name,
      target,
      reason,
      ...(waitingFor.length > 0 && { waitingFor: [...waitingFor] }),
      bindings: bindings.map(({ to, kind, access, variables }) => ({ to, kind, access, variables: [...variables] })),
    };
  });
}

function isSwap(value: Json): value is Json & PlanDocument["swaps"][number] {
  return typeof value === "object" && value !== null && ["store", "property", "here", "durable"].every((key) => key in value);
}

/** The region the program says it is in; empty where it says none. */
export function regionOf(resources: readonly PlannedResource[]): string {
  const region = resources.find(({ type }) => type === STACK_TYPE)?.outputs["region"];
  return typeof region === "string" ? region : "";
}

/** Whether the program says that all of it is taken down for good. */
function isDecommissioned(resources: readonly PlannedResource[]): boolean {
  return resources.some(({ type, outputs }) => type === STACK_TYPE && outputs["decommissioning"] === true);
}

/** Where the program says that it saved on a store. */
function swaps(resources: readonly PlannedResource[]): PlanDocument["swaps"] {
  const outputs = resources.find(({ type }) => type === STACK_TYPE)?.outputs["swaps"];
  if (!Array.isArray(outputs)) throw new Error("the program exports no swaps");
  return outputs.map((swap) => {
    if (!isSwap(swap)) throw new Error(`the program exports something else than a swap: ${JSON.stringify(swap)}`);
    const { store, property, here, durable } = swap;
    return { store, property, here, durable };
  });
}

/** The levels, settings and exceptions of an environment; what is wrong with them is said as of any other file. */
function policyFiles({ root, stack }: StackFile, today: string): PolicyFiles {
  try {
    return readPolicyFiles({ root, environment: stack, packs: PACKS, today });
  } catch (error) {
    if (error instanceof PolicyConfigError) throw new ConfigError(error.faults);
    throw error;
  }
}

function policy(resources: readonly PlannedResource[], files: PolicyFiles): PlanDocument["policy"] {
  return structuredClone(judgeStack(PACKS, resources, files)) as PlanDocument["policy"];
}

/** The day it is, in UTC, as `2026-11-26`. */
function currentDay(): string {
  return new Date().toISOString().slice(0, 10);
}

/** What a plan is made with, besides the files of the project. */
export interface PlanOptions extends RecordOptions {
  /** The day on which exceptions from policies must still hold. Default: the current one, in UTC. */
  readonly today?: string;
  /** An earlier plan of the environment: resources that stayed the same are taken over from it, with all that is known of them. */
  readonly before?: PlanDocument | undefined;
}

/** What one environment will be made of, why, and what is wrong with it. */
export interface Plan {
  readonly document: PlanDocument;
  readonly stack: StackFile;
}

/**
 * Plans an environment: runs the program of `stacks/` in this process and reads everything else off what it registers.
 * Offline: no engine, no credentials, no network; nothing is created.
 * @param root folder of `Pulumi.yaml`, the stack files and the catalogue.
 * @throws {ConfigError} with every fault of the configuration. {RefusedError} with what `up` would refuse.
 */
export async function makePlan(root: string, environment: string, options: PlanOptions = {}): Promise<Plan> {
  const stack = readStackFile(root, environment);
  const files = policyFiles(stack, options.today ?? currentDay());
  const recorded = await record(program, stack, options);
  const resources = options.before ? takenOver(recorded, options.before.resources) : recorded;
  const region = regionOf(resources);
  const services = servicesOf(resources);
  return {
    stack,
    document: {
      environment,
      stack: `${stack.project}/${stack.stack}`,
      region,
      ...(isDecommissioned(resources) && { decommissioning: true }),
      resources,
      services,
      swaps: swaps(resources),
      cost: costOf(resources, services, { region, assumptions: assumptionValues(stack.config) }),
      policy: policy(resources, files),
      reachability: reachability(resources),
      keeps: keeps(resources),
      unknown: unknownInputs(resources),
      schedule: scheduleOf(resources, "create"),
    },
  };
}
