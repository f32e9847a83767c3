import { type Fault, PolicyConfigError, suggestion } from "./fault";
import type { Level, Rule, RuleConfig, Severity } from "./rule";

/**
 * Settings of a pack, as `--policy-pack-config` takes them: for each rule a level, or an object with `enforcementLevel` and the
 * rule's own settings. `all` gives the level of every rule that has none of its own.
 */
export type PackConfig = Readonly<Record<string, Level | RuleConfig>>;

/** The level and the own settings of one rule. */
export interface RuleSettings {
  readonly level: Level;
  readonly config: RuleConfig;
}

/** Every level, from the one that says least. */
export const LEVELS = ["disabled", "advisory", "remediate", "mandatory"] as const satisfies readonly Level[];

/** True for a word the engine takes as a level. */
export function isLevel(value: unknown): value is Level {
  return typeof value === "string" && (LEVELS as readonly string[]).includes(value);
}

/** The level of a violation: one that was to be mended and still is there stops, as in the engine. */
export function violationLevel(level: Level): "advisory" | "mandatory" {
  return level === "advisory" ? "advisory" : "mandatory";
}

/** The level of a rule that nobody set one for: what is high or critical stops a deployment, the rest is said. */
export function defaultLevel(severity: Severity): Level {
  return severity === "high" || severity === "critical" ? "mandatory" : "advisory";
}

/** What applies to one rule: its own entry, then `all`, then the default of its severity. Throws on a level that is none. */
export function settingsOf(rule: Rule, config: PackConfig): RuleSettings {
  const own = split(rule.id, config[rule.id]);
  const all = split("all", config["all"]);
  return { level: own.level ?? all.level ?? defaultLevel(rule.severity), config: own.config };
}

function split(key: string, entry: Level | RuleConfig | undefined): { level?: Level; config: RuleConfig } {
  if (entry === undefined) return { config: {} };
  if (typeof entry === "string") return { level: level(key, entry), config: {} };
  const { enforcementLevel, ...config } = entry;
  return enforcementLevel === undefined ? { config } : { level: level(key, enforcementLevel), config };
}

function level(key: string, value: unknown): Level {
  if (isLevel(value)) return value;
  throw new PolicyConfigError([levelFault(key, value)]);
}

/** What is wrong with a word that is no level. */
export function levelFault(key: string, got: unknown): Fault {
  return { key, what: "is not an enforcement level", got, right: suggestion(typeof got === "string" ? got : "", LEVELS) };
}
