import { UNKNOWN } from "../../../../../policy/lib/resource";
import { backupWindowMissesMaintenance as rule } from "../../../../../policy/preflight/rules/databases/backup-window-misses-maintenance";
import { type RuleCases } from "../../../cases";
import { INSTANCE, like, WAREHOUSE } from "../../given";

const GROUP = "aws:elasticache/replicationGroup:ReplicationGroup";
const windows = (backupWindow: string, maintenanceWindow: string) => like(INSTANCE, { backupWindow, maintenanceWindow })();

export const cases: RuleCases = {
  rule,
  pass: {
    "with windows apart": windows("03:00-04:00", "sun:05:00-sun:06:00"),
    "with windows that touch": windows("03:00-05:00", "Sun:05:00-Sun:06:00"),
    "over midnight, apart": windows("23:30-00:30", "mon:01:00-mon:02:00"),
    "of a cache": like(GROUP, { snapshotWindow: "03:00-04:00", maintenanceWindow: "sun:05:00-sun:06:00" })(),
  },
  fail: {
    "with windows that meet": {
      given: windows("05:30-06:30", "sun:05:00-sun:06:00"),
      says: /backupWindow 05:30-06:30 meets maintenanceWindow sun:05/,
    },
    "over midnight from Sunday to Monday": { given: windows("23:45-00:30", "sun:23:30-mon:00:15"), says: /meets/ },
    "over midnight, in the first minutes of the week": { given: windows("23:45-00:30", "mon:00:00-mon:01:00"), says: /meets/ },
    "with a backup window that is too short": {
      given: windows("03:00-03:15", "sun:05:00-sun:06:00"),
      says: /lasts 15 minutes, and 30 are needed/,
    },
    "with a maintenance window of another form": { given: windows("03:00-04:00", "sunday 05:00"), says: /not ddd:hh:mm-ddd:hh:mm/ },
    "with an hour that is none": { given: windows("24:00-25:00", "sun:05:00-sun:06:00"), says: /backupWindow is "24:00-25:00"/ },
    "of a cache of half an hour": { given: like(GROUP, { snapshotWindow: "03:00-03:30" })(), says: /60 are needed/ },
    "of a warehouse": { given: like(WAREHOUSE, { preferredMaintenanceWindow: "03:00-04:00" })(), says: /preferredMaintenanceWindow/ },
  },
  absent: { "without windows, which AWS chooses": { given: like(INSTANCE, {})(), says: "pass" } },
  unknown: {
    "while a window is not known": windows(UNKNOWN, "sun:05:00-sun:06:00"),
  },
  mutations: {
    "backups run into the maintenance": (stack) => {
      const database = stack.one(INSTANCE, "crm");
      stack.set(database, "backupWindow", "03:00-05:00");
      stack.set(stack.one(INSTANCE, "crm"), "maintenanceWindow", "sun:04:00-sun:05:00");
    },
    "a maintenance window of a cache has no day": (stack) => stack.set(stack.one(GROUP), "maintenanceWindow", "05:00-06:00"),
  },
};
