import { notKnown } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import { read, type Resource, text } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { refused } from "../../../lib/settings/refused";
import { DB_MEMBER } from "../../../lib/stores/databases";
import { CACHE_CLUSTER, DB_CLUSTERS, DB_INSTANCE, MEMORYDB_CLUSTER, REPLICATION_GROUP, WAREHOUSE } from "../../../lib/stores/store-rule";
import { dailyWindow, lengthOf, meet, weeklyWindow, type Window } from "../../../lib/stores/windows";

/** The windows of a type, and how many minutes they last at least. */
interface Windows {
  readonly backup?: string;
  readonly maintenance: string;
  readonly least: number;
}

const CLUSTER = { backup: "preferredBackupWindow", maintenance: "preferredMaintenanceWindow", least: 30 };
const CACHE = { backup: "snapshotWindow", maintenance: "maintenanceWindow", least: 60 };

/** Sources: the API reference of each service, of its call that creates one (2026-11). */
const WINDOWS: Readonly<Record<string, Windows>> = {
  ...Object.fromEntries([...DB_CLUSTERS, DB_MEMBER].map((type) => [type, CLUSTER])),
  [DB_INSTANCE]: { backup: "backupWindow", maintenance: "maintenanceWindow", least: 30 },
  [WAREHOUSE]: { maintenance: "preferredMaintenanceWindow", least: 30 },
  [REPLICATION_GROUP]: CACHE,
  [CACHE_CLUSTER]: CACHE,
  [MEMORYDB_CLUSTER]: CACHE,
};

/** Left out, AWS chooses a window that misses the other. */
export const backupWindowMissesMaintenance = resourceRule({
  id: "backup-window-misses-maintenance",
  title: "The windows for backups and for maintenance of a store are well formed, long enough and apart",
  severity: "medium",
  why: "AWS refuses a store whose two windows meet, or whose window is too short or written in another way than it reads.",
  fix: "Write the backup window as hh:mm-hh:mm and the maintenance window as ddd:hh:mm-ddd:hh:mm, in UTC, and let them not meet on any day.",
  links: ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.BackupWindow.html"],
  frameworks: [],
  types: Object.keys(WINDOWS),
  check: (store) => {
    const windows = WINDOWS[store.type];
    return windows === undefined ? [] : [refused(store, findings(store, windows))];
  },
});

function findings(store: Resource, { backup, maintenance, least }: Windows): Finding[] {
  const weekly = windowOf(store, maintenance, weeklyWindow, least, "ddd:hh:mm-ddd:hh:mm");
  if (backup === undefined) return weekly.findings;
  const daily = windowOf(store, backup, dailyWindow, least, "hh:mm-hh:mm");
  const both = daily.window !== undefined && weekly.window !== undefined && meet(daily.window, weekly.window);
  const values = [backup, maintenance].map((property) => `${property} ${text(read(store, property))}`);
  return [...daily.findings, ...weekly.findings, ...(both ? [{ what: `${values.join(" meets ")}`, property: backup }] : [])];
}

function windowOf(
  store: Resource,
  property: string,
  parse: (value: string) => Window | undefined,
  least: number,
  shape: string,
): { readonly findings: Finding[]; readonly window?: Window } {
  const reading = read(store, property);
  if (reading.state === "absent") return { findings: [] };
  if (reading.state === "unknown") return { findings: [notKnown(property)] };
  const window = parse(text(reading) ?? "");
  if (window === undefined) return { findings: [{ what: `${property} is ${JSON.stringify(reading.value)}, and not ${shape}`, property }] };
  if (lengthOf(window) < least)
    return { findings: [{ what: `${property} lasts ${lengthOf(window)} minutes, and ${least} are needed`, property }], window };
  return { findings: [], window };
}
