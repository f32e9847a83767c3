import { KAFKA_MANAGED_PROPERTIES } from "../../../../facts/msk";
import { notKnown } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import { read, type Resource, text } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { refused } from "../../../lib/settings/refused";

const PROPERTY = "serverProperties";

/** It has no default: the provider asks for it. */
export const kafkaConfigurationIsValid = resourceRule({
  id: "kafka-configuration-is-valid",
  title: "A Kafka configuration has lines that can be read, sets nothing that MSK sets itself, and can be written to",
  severity: "high",
  why: "MSK refuses a configuration with a line of another form or a property of its own; one that needs more replicas in sync than there are blocks every writer.",
  fix: "Write one name=value a line, each name once, leave listeners, broker ids, log folders and SASL to MSK, and keep min.insync.replicas at or below default.replication.factor.",
  links: ["https://docs.aws.amazon.com/msk/latest/developerguide/msk-configuration-properties.html"],
  frameworks: [],
  types: ["aws:msk/configuration:Configuration"],
  check: (configuration) => [refused(configuration, findings(configuration))],
});

function findings(configuration: Resource): Finding[] {
  const reading = read(configuration, PROPERTY);
  if (reading.state === "absent") return [{ what: `${PROPERTY} is absent`, property: PROPERTY }];
  const content = text(reading);
  if (content === undefined) return [notKnown(PROPERTY)];
  const lines = content
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !/^[#!]/.test(line));
  const settings = new Map<string, string>();
  const faults = lines.flatMap((line) => {
    const [, name, value = ""] = /^([\w.-]+)\s*[=:]\s*(.*)$/.exec(line) ?? [];
    if (name === undefined) return [`the line "${line}" is no name=value`];
    const twice = settings.has(name) ? [`${name} is set twice`] : [];
    settings.set(name, value);
    return KAFKA_MANAGED_PROPERTIES.pattern.test(name) ? [...twice, `${name} is set, which MSK sets itself`] : twice;
  });
  return [...faults, ...inSync(settings)].map((what) => ({ what, property: PROPERTY }));
}

/** Left out, MSK has 3 replicas in three zones and 2 in two, and 2 or 1 of them in sync. */
function inSync(settings: ReadonlyMap<string, string>): string[] {
  const [replicas, needed] = ["default.replication.factor", "min.insync.replicas"].map((name) => Number(settings.get(name) ?? Number.NaN));
  return replicas !== undefined && needed !== undefined && needed > replicas
    ? [`min.insync.replicas ${needed} is above default.replication.factor ${replicas}`]
    : [];
}
