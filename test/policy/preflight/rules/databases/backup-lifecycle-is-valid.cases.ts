import { UNKNOWN } from "../../../../../policy/lib/resource";
import { backupLifecycleIsValid as rule } from "../../../../../policy/preflight/rules/databases/backup-lifecycle-is-valid";
import { type RuleCases } from "../../../cases";
import type { Inputs } from "../../../stack";
import { like } from "../../given";

const PLAN = "aws:backup/plan:Plan";
const plan = (changes: Inputs) => like(PLAN, { rules: [{ ruleName: "daily", targetVaultName: "a", ...changes }] })();

export const cases: RuleCases = {
  rule,
  pass: {
    "of 35 days": plan({ lifecycle: { deleteAfter: 35 } }),
    "with 90 days in cold storage": plan({ lifecycle: { coldStorageAfter: 30, deleteAfter: "120" } }),
    "for ever, in cold storage": plan({ lifecycle: { coldStorageAfter: 30 } }),
    "continuous, of 35 days": plan({ enableContinuousBackup: true, lifecycle: { deleteAfter: 35 } }),
    "with windows": plan({ startWindow: 60, completionWindow: 360 }),
  },
  fail: {
    "with a month in cold storage": {
      given: plan({ lifecycle: { coldStorageAfter: 30, deleteAfter: 60 } }),
      says: /deleteAfter is 60, less than 90 days after/,
    },
    "with a copy that has a month in cold storage": {
      given: plan({ copyActions: [{ destinationVaultArn: "b", lifecycle: { coldStorageAfter: 30, deleteAfter: 60 } }] }),
      says: /copyActions\[0\]\.lifecycle\.deleteAfter is 60/,
    },
    "continuous, of 60 days": {
      given: plan({ enableContinuousBackup: true, lifecycle: { deleteAfter: 60 } }),
      says: /1 to 35 days of a continuous/,
    },
    "with windows that don't fit": {
      given: plan({ startWindow: 480, completionWindow: 500 }),
      says: /completionWindow is 500 minutes and startWindow 480/,
    },
    "with a start that is too soon": { given: plan({ startWindow: 30 }), says: /startWindow is 30 minutes, and 60/ },
  },
  absent: {
    "without a lifecycle": { given: plan({}), says: "pass" },
    "continuous without a lifecycle": { given: plan({ enableContinuousBackup: true }), says: /kept for ever/ },
  },
  unknown: {
    "while the lifecycle of a continuous backup is not known": plan({ enableContinuousBackup: true, lifecycle: UNKNOWN }),
    "while the days are not known": plan({ lifecycle: { coldStorageAfter: 30, deleteAfter: UNKNOWN } }),
    "while the rules are not known": like(PLAN, { rules: UNKNOWN })(),
  },
  mutations: {
    "recovery points go to cold storage and are deleted soon after": (stack) =>
      stack.set(stack.one(PLAN, "local"), ["rules", 0, "lifecycle", "coldStorageAfter"], 7),
    "backups have no time to end": (stack) => stack.set(stack.one(PLAN, "copied"), ["rules", 0, "completionWindow"], 90),
  },
};
