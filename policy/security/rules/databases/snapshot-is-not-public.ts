import { notKnown } from "../../../lib/expect";
import { judge } from "../../../lib/finding";
import { readAll, some } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";

const PROPERTY = "sharedAccounts";

export const snapshotIsNotPublic = resourceRule({
  id: "snapshot-is-not-public",
  title: "No snapshot of a database is shared with everybody",
  severity: "critical",
  why: "Anybody with an AWS account can restore a public snapshot and read all that was in the database; scanners find one within hours.",
  fix: "List the accounts that need it in sharedAccounts, never all.",
  links: ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ShareSnapshot.html"],
  frameworks: [
    { name: "FSBP", id: "RDS.1" },
    { name: "Checkov", id: "CKV_AWS_302" },
  ],
  types: [
    "aws:rds/snapshot:Snapshot",
    "aws:rds/snapshotCopy:SnapshotCopy",
    "aws:rds/clusterSnapshot:ClusterSnapshot",
    "aws:rds/clusterSnapshotCopy:ClusterSnapshotCopy",
  ],
  check: (snapshot) => {
    const all = some(
      readAll(snapshot, `${PROPERTY}[*]`).map((account) => (account.state === "known" ? account.value === "all" : undefined)),
    );
    const found = all === undefined ? [notKnown(PROPERTY)] : all ? [{ what: `${PROPERTY} has all`, property: PROPERTY }] : [];
    return [judge(snapshot, `${snapshot.name} is open to everybody`, found)];
  },
});
