import { RDS_IDENTIFIER } from "../../../../facts/rds-engines";
import { notKnown } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import { not, readFlag, type Resource } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { isSet, unlessLike } from "../../../lib/settings/amounts";
import { where } from "../../../lib/settings/conditions";
import { refused } from "../../../lib/settings/refused";
import { DB_CLUSTERS, DB_INSTANCE, WAREHOUSE } from "../../../lib/stores/store-rule";

const SKIP = "skipFinalSnapshot";
const NAME = "finalSnapshotIdentifier";
const WANTED = `letters, digits and single hyphens, a letter first and no hyphen last, up to ${RDS_IDENTIFIER.snapshotLength} characters`;

/** Of every environment, durable or not: what can't be deleted blocks a teardown and a replacement alike. Left out, the snapshot is taken. */
export const finalSnapshotCanBeTaken = resourceRule({
  id: "final-snapshot-can-be-taken",
  title: "A database that takes a last snapshot has a name for it that RDS accepts, and one that doesn't says so",
  severity: "high",
  why: "The fault shows on the day the database is deleted or replaced: the deletion is refused, in the middle of an update that has begun.",
  fix: `Give ${NAME} a name of ${WANTED}, or set ${SKIP} to true where nothing of the data is worth keeping.`,
  links: ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html"],
  frameworks: [],
  types: [...DB_CLUSTERS, DB_INSTANCE, WAREHOUSE],
  check: (database) => [refused(database, isReplica(database) ? ofReplica(database) : findings(database))],
});

function isReplica(database: Resource): boolean {
  return database.type === DB_INSTANCE && isSet(database, "replicateSourceDb");
}

/** A read replica takes no snapshot when it is deleted. */
function ofReplica(database: Resource): Finding[] {
  const skipped = readFlag(database, SKIP, false);
  if (skipped === undefined) return [notKnown(SKIP)];
  return skipped ? [] : [{ what: `it is a read replica, which takes no last snapshot, and ${SKIP} is off`, property: SKIP }];
}

function findings(database: Resource): readonly Finding[] {
  const fits = (name: string): boolean => name.length <= RDS_IDENTIFIER.snapshotLength && RDS_IDENTIFIER.pattern.test(name);
  const found = isSet(database, NAME)
    ? unlessLike(database, NAME, fits, WANTED)
    : [{ what: `${SKIP} is off and ${NAME} is absent`, property: NAME }];
  return where(not(readFlag(database, SKIP, false)), SKIP, found);
}
