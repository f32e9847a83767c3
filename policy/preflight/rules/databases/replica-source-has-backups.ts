import type { Finding } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { read, type StackResource } from "../../../lib/resource";
import { notEvaluated, stackRule, type Verdict } from "../../../lib/rule";
import { amount } from "../../../lib/settings/amounts";
import { refused } from "../../../lib/settings/refused";
import { DB_INSTANCE } from "../../../lib/stores/store-rule";

const SOURCE = "replicateSourceDb";
const DAYS = "backupRetentionPeriod";

/** Looks at the whole stack, which has the database that is copied; one from outside is not asked. Left out, the provider keeps backups for 0 days. */
export const replicaSourceHasBackups = stackRule({
  id: "replica-source-has-backups",
  title: "Every database that a read replica copies keeps automatic backups",
  severity: "high",
  why: "A replica starts from a backup and follows the log that backups keep; without them RDS refuses it, after the source took its twenty minutes.",
  fix: `Set ${DAYS} of the source to 1 day or more.`,
  links: ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.Create.html"],
  frameworks: [],
  check: (stack) => stack.ofType(DB_INSTANCE).flatMap((replica) => verdicts(replica, stack)),
});

function verdicts(replica: StackResource, stack: StackGraph): Verdict[] {
  const source = stack.reference(replica, SOURCE, [DB_INSTANCE]);
  if (source === undefined || source.kind === "external") return [];
  if (source.kind === "unknown") return [notEvaluated(replica.urn, "which database it copies is not known yet", SOURCE)];
  return [refused(replica, findings(source.resource))];
}

function findings(source: StackResource): Finding[] {
  const reading = read(source, DAYS);
  const days = reading.state === "absent" ? 0 : amount(reading);
  if (days === undefined) return [{ what: `${DAYS} of ${source.name} is not known yet`, property: SOURCE, unknown: true }];
  return days > 0 ? [] : [{ what: `it copies ${source.name}, whose ${DAYS} is 0`, property: SOURCE }];
}
