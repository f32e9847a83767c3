import { UNKNOWN } from "../../../../../policy/lib/resource";
import { backupFitsVaultLock as rule } from "../../../../../policy/preflight/rules/databases/backup-fits-vault-lock";
import { type Given, type RuleCases } from "../../../cases";
import { id, type Input, type Inputs } from "../../../stack";

const PLAN = "aws:backup/plan:Plan";
const LOCK = "aws:backup/vaultLockConfiguration:VaultLockConfiguration";
const VAULT = "aws:backup/vault:Vault";

function plan(lock: Inputs | undefined, deleteAfter: Input): Given {
  return (stack) => {
    const vault = stack.add(VAULT, "vault");
    if (lock !== undefined) stack.add(LOCK, "lock", { backupVaultName: id(vault), ...lock });
    return stack.add(PLAN, "daily", { rules: [{ targetVaultName: id(vault), lifecycle: { deleteAfter } }] });
  };
}

function lock(inputs: Inputs): Given {
  return (stack) => stack.add(LOCK, "lock", { backupVaultName: id(stack.add(VAULT, "vault")), ...inputs });
}

const MONTH = { minRetentionDays: 30, maxRetentionDays: 90 };

export const cases: RuleCases = {
  rule,
  pass: {
    "within the lock": plan(MONTH, 35),
    "within the lock, not made yet": { given: plan(MONTH, "35"), known: false },
    "of a lock that can still be changed": lock({ ...MONTH, changeableForDays: 3 }),
  },
  fail: {
    "kept too short": { given: plan(MONTH, 7), says: /keeps 7 days, and lock asks for 30 days or more/ },
    "kept too long, not made yet": { given: plan(MONTH, 365), known: false, says: /keeps 365 days, and lock allows 90 days/ },
    "of a lock upside down": {
      given: lock({ minRetentionDays: 90, maxRetentionDays: 30 }),
      says: /minRetentionDays 90 is above maxRetentionDays 30/,
    },
    "of a lock that closes at once": { given: lock({ ...MONTH, changeableForDays: 1 }), says: /changeableForDays is 1; it can be 3/ },
  },
  absent: {
    "without a lock": { given: plan(undefined, 7), says: "nothing" },
    "kept for ever": { given: plan(MONTH, null), says: /keeps for ever, and lock allows 90 days/ },
    "of a lock without bounds": { given: lock({}), says: "pass" },
  },
  unknown: {
    "while the rules are not known and a vault is locked": (stack) => {
      lock(MONTH)(stack);
      return stack.add(PLAN, "daily", { rules: UNKNOWN });
    },
    "while the vault is not known and one is locked": (stack) => {
      lock(MONTH)(stack);
      return stack.add(PLAN, "daily", { rules: [{ targetVaultName: UNKNOWN, lifecycle: { deleteAfter: 35 } }] });
    },
    "while the days are not known": plan(MONTH, UNKNOWN),
    "while the lock is not known": plan({ minRetentionDays: UNKNOWN }, 35),
  },
  mutations: {
    "a vault is locked for longer than its plan keeps": (stack) => {
      const vault = stack.one(VAULT, "backups");
      stack.add(LOCK, "backups", { backupVaultName: id(vault), minRetentionDays: 60 });
    },
  },
};
