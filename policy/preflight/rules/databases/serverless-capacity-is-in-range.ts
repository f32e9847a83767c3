import { AURORA_CAPACITY, AURORA_PAUSE } from "../../../../facts/limits-aurora";
import { notKnown } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import { read, type Resource, text } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { amount, isSet, unlessWithin } from "../../../lib/settings/amounts";
import { refused } from "../../../lib/settings/refused";
import { DB_CLUSTER } from "../../../lib/stores/databases";

const ROOT = "serverlessv2ScalingConfiguration";
const MINIMUM = `${ROOT}.minCapacity`;
const MAXIMUM = `${ROOT}.maxCapacity`;
const PAUSE = `${ROOT}.secondsUntilAutoPause`;

/** Of clusters that scale; a cluster without a range has none to check. */
export const serverlessCapacityIsInRange = resourceRule({
  id: "serverless-capacity-is-in-range",
  title: "The capacity of every serverless cluster is a range that Aurora has",
  severity: "medium",
  why: "Aurora scales in steps of half a unit from 0 to 256, and only newer versions fall to 0; anything else is refused.",
  fix: "Set minCapacity and maxCapacity to multiples of 0.5, the minimum not above the maximum, and secondsUntilAutoPause only with a minimum of 0.",
  links: ["https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html"],
  frameworks: [],
  types: [DB_CLUSTER],
  check: (cluster) => (isSet(cluster, ROOT) ? [refused(cluster, findings(cluster))] : []),
});

function findings(cluster: Resource): Finding[] {
  const { leastMinimum, leastMaximum, most } = AURORA_CAPACITY;
  const [minimum, maximum] = [amount(read(cluster, MINIMUM)), amount(read(cluster, MAXIMUM))];
  const crossed =
    minimum !== undefined && maximum !== undefined && minimum > maximum
      ? [{ what: `minCapacity ${minimum} is above maxCapacity ${maximum}`, property: MINIMUM }]
      : [];
  return [
    ...unlessWithin(cluster, MINIMUM, { least: leastMinimum, most }, "ACU"),
    ...unlessWithin(cluster, MAXIMUM, { least: leastMaximum, most }, "ACU"),
    ...step(MINIMUM, minimum),
    ...step(MAXIMUM, maximum),
    ...crossed,
    ...pause(cluster, minimum),
  ];
}

function step(property: string, capacity: number | undefined): Finding[] {
  if (capacity === undefined || Number.isNaN(capacity) || Number.isInteger(capacity / AURORA_CAPACITY.step)) return [];
  return [{ what: `${property} is ${capacity}, which is no multiple of ${AURORA_CAPACITY.step}`, property }];
}

function pause(cluster: Resource, minimum: number | undefined): Finding[] {
  const seconds = unlessWithin(cluster, PAUSE, AURORA_PAUSE.seconds, "seconds");
  if (minimum !== undefined && minimum > 0 && read(cluster, PAUSE).state === "known")
    return [...seconds, { what: `secondsUntilAutoPause is set and minCapacity is ${minimum}: only from 0 can it pause`, property: PAUSE }];
  return minimum === 0 ? [...seconds, ...ofVersion(cluster)] : seconds;
}

/** A version that is left out is a newer one. */
function ofVersion(cluster: Resource): Finding[] {
  const [engine, version] = [read(cluster, "engine"), read(cluster, "engineVersion")];
  if (version.state === "unknown") return [notKnown("engineVersion")];
  const number = text(version);
  if (number === undefined) return [];
  if (engine.state === "unknown") return [notKnown("engine")];
  if (!isTooOld(text(engine) ?? "", number)) return [];
  return [{ what: `minCapacity is 0, and ${number} cannot pause`, property: MINIMUM }];
}

/** A version that is named in part is a newer one. */
function isTooOld(engine: string, version: string): boolean {
  const versions = AURORA_PAUSE.versions as Readonly<Record<string, Readonly<Record<string, number>> | undefined>>;
  const known = versions[engine];
  const [, major = "", minor] = /^(\d+)\.(\d+)/.exec(version.replace(/^.*mysql_aurora\./, "")) ?? [];
  if (known === undefined || minor === undefined) return false;
  const first = known[major];
  const oldest = Math.min(...Object.keys(known).map(Number));
  return first === undefined ? Number(major) < oldest : Number(minor) < first;
}
