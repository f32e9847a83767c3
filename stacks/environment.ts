import type { z } from "zod";
import { type Fault } from "../components/faults";
import { parse, suggestion } from "../components/parse";
import { crossFaults } from "./config/cross-checks";
import {
  AwsSection,
  BudgetSection,
  ComputeSection,
  EnvironmentSection,
  EphemeralSection,
  FunctionsSection,
  IngressSection,
  KubernetesSection,
  NetworkSection,
  ServicesSection,
} from "./config/sections";
import { CostSection } from "./config/cost-section";
import { PersistenceSection } from "./config/persistence-section";
import { VisibilitySection } from "./config/visibility-section";

/** Every section of a stack file, by its key after `strata:`. */
export const SECTIONS = {
  environment: EnvironmentSection,
  aws: AwsSection,
  network: NetworkSection,
  ingress: IngressSection,
  compute: ComputeSection,
  functions: FunctionsSection,
  kubernetes: KubernetesSection,
  persistence: PersistenceSection,
  visibility: VisibilitySection,
  budget: BudgetSection,
  cost: CostSection,
  ephemeral: EphemeralSection,
  services: ServicesSection,
} as const;

export const NAMESPACE = "strata:";

type Sections = { readonly [Key in keyof typeof SECTIONS]: z.output<(typeof SECTIONS)[Key]> };

/** An environment's configuration, checked and with its defaults filled in. */
export type EnvironmentConfig = Sections & {
  /** Name of the stack: `dev`, `prod`. */
  readonly name: string;
};

/** A copy of a value without what stands at a path, and without the given keys there. */
function without(value: unknown, [key, ...rest]: readonly PropertyKey[], keys: readonly string[]): unknown {
  if (key === undefined)
    return keys.length > 0 && isRecord(value)
      ? Object.fromEntries(Object.entries(value).filter(([name]) => !keys.includes(name)))
      : undefined;
  if (Array.isArray(value)) return value.flatMap((item: unknown, index) => (index === key ? (without(item, rest, keys) ?? []) : [item]));
  if (!isRecord(value)) return value;
  const { [String(key)]: inner, ...others } = value;
  const left = without(inner, rest, keys);
  return left === undefined ? others : { ...others, [String(key)]: left };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What is right in a section that has faults, so that the checks between sections find theirs in the same run. */
function withoutFaults(schema: z.ZodType, value: unknown): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const rest = result.error.issues.reduce(
    (left, issue) => without(left, issue.path, issue.code === "unrecognized_keys" ? issue.keys : []),
    value,
  );
  const again = schema.safeParse(rest);
  return again.success ? again.data : undefined;
}

/**
 * Reads the configuration of a stack as the engine gives it: JSON text by key.
 * @param name name of the stack.
 * @param config all configuration values, by full key such as `strata:network`.
 * @returns the checked configuration, or every fault found.
 */
export function readEnvironment(
  name: string,
  config: Readonly<Record<string, string>>,
): { value: EnvironmentConfig; faults: [] } | { value?: undefined; faults: Fault[] } {
  const file = `Pulumi.${name}.yaml`;
  const faults: Fault[] = [];
  const sections: Record<string, unknown> = {};
  for (const [key, text] of Object.entries(config)) {
    if (!key.startsWith(NAMESPACE)) continue;
    const section = key.slice(NAMESPACE.length);
    if (!(section in SECTIONS)) {
      faults.push({ key: `${file}: ${key}`, what: "is not a known section", right: suggestion(section, Object.keys(SECTIONS)) });
      continue;
    }
    try {
      sections[section] = JSON.parse(text);
    } catch {
      faults.push({ key: `${file}: ${key}`, what: "has the wrong type", got: text, right: "give an object" });
    }
  }
  const parsed: Record<string, unknown> = {};
  for (const [section, schema] of Object.entries(SECTIONS)) {
    if (faults.some((fault) => fault.key === `${file}: ${NAMESPACE}${section}`)) continue;
    const result = parse(schema, sections[section], `${file}: ${NAMESPACE}${section}`);
    faults.push(
      ...result.faults.map((fault) => ({ ...fault, key: fault.key.replace(`${NAMESPACE}${section}: `, `${NAMESPACE}${section}.`) })),
    );
    const readable = result.faults.length === 0 ? result.value : withoutFaults(schema, sections[section]);
    if (readable !== undefined) parsed[section] = readable;
  }
  faults.push(...crossFaults(file, parsed));
  if (faults.length > 0) return { faults };
  return { value: { ...(parsed as Sections), name }, faults: [] };
}
