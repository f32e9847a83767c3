import { VAULT_LOCK } from "../../../../facts/limits-backup";
import { notKnown } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { read, type StackResource } from "../../../lib/resource";
import { stackRule, type Verdict } from "../../../lib/rule";
import { amount, inEach, unlessWithin } from "../../../lib/settings/amounts";
import { refused } from "../../../lib/settings/refused";

const PLAN = "aws:backup/plan:Plan";
const VAULT = "aws:backup/vault:Vault";
const LOCK = "aws:backup/vaultLockConfiguration:VaultLockConfiguration";
const [LEAST, MOST] = ["minRetentionDays", "maxRetentionDays"] as const;

/** Looks at the whole stack, which has the locks of the vaults. Left out, a recovery point is kept for ever, and a lock has no bound. */
export const backupFitsVaultLock = stackRule({
  id: "backup-fits-vault-lock",
  title: "Every plan keeps its recovery points as long as the lock of their vault asks, and the lock is one that AWS Backup takes",
  severity: "critical",
  why: "The plan is made without a word, and every night its backups fail, because the vault refuses what is kept too short or too long.",
  fix: `Set lifecycle.deleteAfter of the plan between ${LEAST} and ${MOST} of the lock, and ${LEAST} not above ${MOST}.`,
  links: ["https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html"],
  frameworks: [],
  check: (stack) => [
    ...stack.ofType(LOCK).map((lock) => refused(lock, ofLock(lock))),
    ...stack.ofType(PLAN).flatMap((plan) => ofPlan(plan, stack)),
  ],
});

function ofLock(lock: StackResource): Finding[] {
  const range = { least: 1, most: VAULT_LOCK.mostDays };
  const [least, most] = [amount(read(lock, LEAST)), amount(read(lock, MOST))];
  return [
    ...unlessWithin(lock, LEAST, range, "days"),
    ...unlessWithin(lock, MOST, range, "days"),
    ...unlessWithin(lock, "changeableForDays", { least: VAULT_LOCK.leastChangeableDays, most: VAULT_LOCK.mostDays }, "days"),
    ...(least !== undefined && most !== undefined && least > most
      ? [{ what: `${LEAST} ${least} is above ${MOST} ${most}`, property: LEAST }]
      : []),
  ];
}

/** A plan whose vaults have no lock is not asked; one of which not all vaults are known is, where the stack has locks. */
function ofPlan(plan: StackResource, stack: StackGraph): Verdict[] {
  const hasLocks = stack.ofType(LOCK).length > 0;
  let locked = false;
  const kept = (vault: string, days: string): Finding[] => {
    const references = stack.references(plan, vault, [VAULT]);
    if (hasLocks && references.some((found) => found.kind === "unknown" && found.candidates.length === 0)) return [notKnown(vault)];
    const locks = references.flatMap((reference) => {
      const vaults = reference.kind === "resource" ? [reference.resource] : reference.kind === "unknown" ? reference.candidates : [];
      const certain = reference.kind === "resource";
      return vaults.flatMap((found) => stack.referring(found, "backupVaultName", [LOCK]).map((lock) => ({ lock, certain })));
    });
    locked ||= locks.length > 0;
    return locks.flatMap(({ lock, certain }) => {
      const found = against(plan, days, lock);
      return certain || found.length === 0 ? found : [notKnown(vault)];
    });
  };
  const findings = inEach(plan, "rules", (rule) => [
    ...kept(`${rule}.targetVaultName`, `${rule}.lifecycle.deleteAfter`),
    ...inEach(plan, `${rule}.copyActions`, (copy) => kept(`${copy}.destinationVaultArn`, `${copy}.lifecycle.deleteAfter`)),
  ]);
  const open = hasLocks && findings.some(({ unknown }) => unknown === true);
  return locked || open ? [refused(plan, findings)] : [];
}

function against(plan: StackResource, property: string, lock: StackResource): Finding[] {
  const reading = read(plan, property);
  if (reading.state === "unknown") return [notKnown(property)];
  const days = amount(reading) ?? Number.POSITIVE_INFINITY;
  const kept = Number.isFinite(days) ? `${days} days` : "for ever";
  const bounds = [LEAST, MOST].map((bound) => read(lock, bound));
  if (bounds.some(({ state }) => state === "unknown"))
    return [{ what: `what ${lock.name} asks for is not known yet`, property, unknown: true }];
  const [least = 0, most = Number.POSITIVE_INFINITY] = bounds.map(amount);
  if (days < least) return [{ what: `${property} keeps ${kept}, and ${lock.name} asks for ${least} days or more`, property }];
  return days > most ? [{ what: `${property} keeps ${kept}, and ${lock.name} allows ${most} days`, property }] : [];
}
