import { RDS_LIMITS } from "../../../../facts/limits-rds";
import { notKnown } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import { read, type Resource } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { amount, isSet } from "../../../lib/settings/amounts";
import { refused } from "../../../lib/settings/refused";
import { DB_INSTANCE } from "../../../lib/stores/store-rule";

const MAXIMUM = "maxAllocatedStorage";
const SIZE = "allocatedStorage";

/** Of databases whose storage grows by itself: left out or 0, it does not. */
export const storageAutoscalingLeavesRoom = resourceRule({
  id: "storage-autoscaling-leaves-room",
  title: "Storage that grows by itself has at least a tenth of room to grow",
  severity: "medium",
  why: "RDS refuses a maximum at or below the storage itself, and one so close to it that the first growth would pass it.",
  fix: `Set ${MAXIMUM} to at least 110 % of ${SIZE}, or to 0 to turn growing off.`,
  links: ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.Autoscaling.html"],
  frameworks: [],
  types: [DB_INSTANCE],
  check: (database) => (isSet(database, MAXIMUM) ? [refused(database, findings(database))] : []),
});

function findings(database: Resource): Finding[] {
  const maximum = amount(read(database, MAXIMUM));
  if (maximum === undefined) return [notKnown(MAXIMUM)];
  const reading = read(database, SIZE);
  if (maximum === 0 || reading.state === "absent") return [];
  const size = amount(reading);
  if (size === undefined) return [notKnown(SIZE)];
  const needed = Math.ceil((size * (100 + RDS_LIMITS.leastGrowthPercent.value)) / 100);
  return maximum >= needed ? [] : [{ what: `${MAXIMUM} is ${maximum} GiB on ${size} GiB, and ${needed} are needed`, property: MAXIMUM }];
}
