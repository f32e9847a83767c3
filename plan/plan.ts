import { architecture } from "../policy/architecture/pack";
import { type Configs, evaluate } from "../policy/lib/evaluate";
import { reachability } from "../policy/lib/reachability";
import { type ServiceOutput } from "../stacks/outputs";
import program from "../stacks/index";
import { type Json, type PlannedResource, UNKNOWN } from "./graph";
import { type PlanDocument } from "./plan-schema";
import { record, type RecordOptions } from "./record";
import { readStackFile, type StackFile } from "./stack-file";

const PACKS = [architecture];
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
function services(resources: readonly PlannedResource[]): PlanDocument["services"] {
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

/** Level of each pack in an environment, from its `strata:policy`. */
function levels(stack: StackFile): Record<string, "advisory" | "mandatory" | "disabled"> {
  const section = JSON.parse(stack.config["strata:policy"] ?? "{}") as { architecture?: "advisory" | "mandatory" | "disabled" };
  return { [architecture.name]: section.architecture ?? "mandatory" };
}

function policy(resources: readonly PlannedResource[], stack: StackFile): PlanDocument["policy"] {
  const level = levels(stack);
  const configs: Configs = Object.fromEntries(PACKS.map(({ name }) => [name, { all: level[name] ?? "mandatory" }]));
  const { evaluations, violations, notEvaluated, broken } = evaluate(PACKS, resources, configs);
  return {
    packs: PACKS.map(({ name, rules }) => ({ name, rules: rules.length, level: level[name] ?? "mandatory" })),
    evaluations,
    violations: [...violations],
    notEvaluated: [...notEvaluated],
    broken: [...broken],
  };
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
export async function makePlan(root: string, environment: string, options?: RecordOptions): Promise<Plan> {
  const stack = readStackFile(root, environment);
  const resources = await record(program, stack, options);
  const region = resources.find(({ type }) => type === STACK_TYPE)?.outputs["region"];
  return {
    stack,
    document: {
      environment,
      stack: `${stack.project}/${stack.stack}`,
      region: typeof region === "string" ? region : "",
      resources: resources.map((resource) => structuredClone(resource) as PlanDocument["resources"][number]),
      services: services(resources),
      policy: policy(resources, stack),
      reachability: reachability(resources),
      unknown: unknownInputs(resources),
    },
  };
}
