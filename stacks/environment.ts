import type { z } from "zod";
import { type Fault } from "../components/faults";
import { parse, suggestion } from "../components/parse";
import { crossFaults } from "./config/cross-checks";
import {
  AwsSection,
  BudgetSection,
  ComputeSection,
  EnvironmentSection,
  IngressSection,
  NetworkSection,
  PersistenceSection,
  PolicySection,
  ServicesSection,
  VisibilitySection,
} from "./config/sections";

/** Every section of a stack file, by its key after `strata:`. */
export const SECTIONS = {
  environment: EnvironmentSection,
  aws: AwsSection,
  network: NetworkSection,
  ingress: IngressSection,
  compute: ComputeSection,
  persistence: PersistenceSection,
  visibility: VisibilitySection,
  budget: BudgetSection,
  policy: PolicySection,
  services: ServicesSection,
} as const;

export const NAMESPACE = "strata:";

type Sections = { readonly [Key in keyof typeof SECTIONS]: z.output<(typeof SECTIONS)[Key]> };

/** An environment's configuration, checked and with its defaults filled in. */
export type EnvironmentConfig = Sections & {
  /** Name of the stack: `dev`, `prod`. */
  readonly name: string;
};

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
    if (result.faults.length === 0) parsed[section] = result.value;
  }
  faults.push(...crossFaults(file, parsed));
  if (faults.length > 0) return { faults };
  return { value: { ...(parsed as Sections), name }, faults: [] };
}
