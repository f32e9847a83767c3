import { z } from "zod";
import type { Configs } from "./evaluate";
import { type Fault, keyOf, nearest, PolicyConfigError } from "./fault";
import { readJsonFile } from "./json-file";
import { defaultLevel, isLevel, levelFault, LEVELS, type PackConfig } from "./levels";
import { type Pack, type Rule, type RuleConfig, RuleConfigError } from "./rule";

type Entry = PackConfig[string];

/**
 * The levels and settings of one environment, from the file that also `--policy-pack-config` takes: for each rule a level, or an object of its
 * `enforcementLevel` and its settings; `all` gives the level of the others. One file is for all packs. Severities decide when there is no such file.
 * @param shown how the file is named in faults.
 */
export function readConfig(path: string, packs: readonly Pack[], shown = path): { configs: Configs; faults: Fault[] } {
  const { value = {}, faults } = readJsonFile(path, shown);
  if (faults.length > 0) return { configs: {}, faults };
  return checkConfig(value, packs, shown);
}

/** As `readConfig`, from the value of a file. */
export function checkConfig(value: unknown, packs: readonly Pack[], shown: string): { configs: Configs; faults: Fault[] } {
  if (!isRecord(value))
    return { configs: {}, faults: [{ key: shown, what: "is not an object", got: value, right: "give levels by rule" }] };
  const rules = new Map(packs.flatMap(({ rules }) => rules.map((rule) => [rule.id, rule] as const)));
  const faults = Object.entries(value).flatMap(([id, entry]): Fault[] => {
    const key = `${shown}: ${id}`;
    if (id === "all") return faultsOfAll(key, entry);
    const rule = rules.get(id);
    if (rule !== undefined) return faultsOfEntry(key, entry, rule);
    return [{ key, what: "is not a rule of any pack", right: nearest(id, ["all", ...rules.keys()]) ?? "docs/policies.md lists them" }];
  });
  return { configs: faults.length > 0 ? {} : byPack(value as PackConfig, packs), faults };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function faultsOfAll(key: string, entry: unknown): Fault[] {
  if (!isRecord(entry)) return isLevel(entry) ? [] : [levelFault(key, entry)];
  const { enforcementLevel, ...settings } = entry;
  const faults = isLevel(enforcementLevel) ? [] : [levelFault(keyOf(key, "enforcementLevel"), enforcementLevel)];
  const stray = Object.entries(settings).map(([name, got]) => ({ key: keyOf(key, name), what: "is no setting of all rules", got }));
  return [...faults, ...stray];
}

function faultsOfEntry(key: string, entry: unknown, rule: Rule): Fault[] {
  if (!isRecord(entry)) return faultsOfLevel(key, entry, rule);
  const { enforcementLevel, ...settings } = entry;
  const levelKey = keyOf(key, "enforcementLevel");
  // The engine hands the whole file to every pack, and refuses settings without a level of a rule that the pack does not know.
  // Source: applyConfig in pkg/resource/analyzer/config.go and Configure in pkg/resource/plugin/analyzer_plugin.go, pulumi 3.260 (2026-11).
  const missing = {
    key: levelKey,
    what: "is missing",
    right: `give ${defaultLevel(rule.severity)}, which its severity would: the engine asks for one`,
  };
  const faults = enforcementLevel === undefined ? [missing] : faultsOfLevel(levelKey, enforcementLevel, rule);
  return [...faults, ...faultsOfSettings(key, rule, settings)];
}

function faultsOfLevel(key: string, level: unknown, rule: Rule): Fault[] {
  if (!isLevel(level)) return [levelFault(key, level)];
  if (level !== "remediate" || canRemediate(rule)) return [];
  return [{ key, what: "is for rules that can mend what breaks them, and this one can't", got: level, right: "give mandatory" }];
}

function faultsOfSettings(key: string, rule: Rule, settings: RuleConfig): Fault[] {
  try {
    rule.configured(settings);
    return [];
  } catch (error) {
    if (!(error instanceof RuleConfigError)) throw error;
    return error.faults.map((fault) => ({ ...fault, key: keyOf(key, fault.key) }));
  }
}

/** True for a rule that offers to mend what breaks it. */
export function canRemediate(rule: Rule): boolean {
  return rule.scope === "resource" && rule.remedies !== undefined;
}

/** What of a file each pack is told: the level of all, and what its own rules are given. */
function byPack(config: PackConfig, packs: readonly Pack[]): Configs {
  return Object.fromEntries(
    packs.map(({ name, rules }) => {
      const own = rules.flatMap(({ id }): [string, Entry][] => (config[id] === undefined ? [] : [[id, config[id]]]));
      return [name, { ...(config["all"] !== undefined && { all: config["all"] }), ...Object.fromEntries(own) }];
    }),
  );
}

/** The JSON Schema of the files of levels and settings, by which editors complete them. */
export function configSchema(packs: readonly Pack[]): z.core.JSONSchema.BaseSchema {
  const rules = packs.flatMap(({ rules }) => rules.map((rule): [string, z.core.JSONSchema.BaseSchema] => [rule.id, entrySchema(rule)]));
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Policy levels and settings",
    description: "What each rule does in one environment, as --policy-pack-config takes it.",
    type: "object",
    properties: {
      all: { enum: [...LEVELS], description: "Level of every rule that is given none here. Default: by severity." },
      ...Object.fromEntries(rules),
    },
    additionalProperties: false,
  };
}

function entrySchema(rule: Rule): z.core.JSONSchema.BaseSchema {
  const levels = LEVELS.filter((level) => level !== "remediate" || canRemediate(rule));
  const { properties = {} } = z.toJSONSchema(rule.config, { io: "input" });
  return {
    description: `${rule.title}. Default: ${defaultLevel(rule.severity)}.`,
    anyOf: [
      { enum: levels },
      {
        type: "object",
        properties: { enforcementLevel: { enum: levels, description: "What a violation does." }, ...properties },
        required: ["enforcementLevel"],
        additionalProperties: false,
      },
    ],
  };
}

/** Throws when there are faults. */
export function refuse(faults: readonly Fault[]): void {
  if (faults.length > 0) throw new PolicyConfigError(faults);
}
