import { unlessOn } from "../../../lib/expect";
import { judge } from "../../../lib/finding";
import { resourceRule } from "../../../lib/rule";
import { DB_INSTANCE, RDS_CLUSTER } from "../../../lib/stores/store-rule";

const PROPERTY = "copyTagsToSnapshot";

/** Instances of a cluster are not asked: the snapshots are the cluster's. */
export const databaseCopiesTagsToSnapshots = resourceRule({
  id: "database-copies-tags-to-snapshots",
  title: "Every database copies its tags to its snapshots",
  severity: "low",
  why: "A snapshot without tags belongs to nobody: no rule that goes by tags lets the right people read it, backs it up, bills it or clears it away.",
  fix: "Set copyTagsToSnapshot to true.",
  links: ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Tagging.html"],
  frameworks: [
    { name: "FSBP", id: "RDS.16" },
    { name: "FSBP", id: "RDS.17" },
    { name: "FSBP", id: "RDS.47" },
    { name: "FSBP", id: "RDS.48" },
    { name: "FSBP", id: "Neptune.8" },
    { name: "Checkov", id: "CKV_AWS_313" },
    { name: "Checkov", id: "CKV_AWS_362" },
    { name: "Checkov", id: "CKV2_AWS_60" },
  ],
  types: [DB_INSTANCE, RDS_CLUSTER, "aws:neptune/cluster:Cluster"],
  check: (database) => [
    judge(database, `${database.name} takes snapshots without tags`, unlessOn(database, PROPERTY, false, `${PROPERTY} is off`)),
  ],
  remediate: () => ({ [PROPERTY]: true }),
});
