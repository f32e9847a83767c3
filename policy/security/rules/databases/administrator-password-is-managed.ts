import { unlessOn } from "../../../lib/expect";
import { read, type StackResource } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";
import * as stores from "../../../lib/stores/store-rule";

/** What tells AWS to make the password, keep it in Secrets Manager and change it. */
const SWITCHES: Readonly<Record<string, string>> = {
  [stores.DB_INSTANCE]: "manageMasterUserPassword",
  [stores.RDS_CLUSTER]: "manageMasterUserPassword",
  "aws:docdb/cluster:Cluster": "manageMasterUserPassword",
  [stores.WAREHOUSE]: "manageMasterPassword",
  [stores.SERVERLESS_NAMESPACE]: "manageAdminPassword",
};

/** A copy has the password of its original; the clusters of a global database can't have it managed. */
export const administratorPasswordIsManaged = stackRule({
  id: "administrator-password-is-managed",
  title: "AWS makes and changes the password of every database administrator",
  severity: "high",
  why: "A password that the program gives is in its state and in whatever made it, and stays the same until somebody deploys another.",
  fix: "Set manageMasterUserPassword (manageMasterPassword of Redshift, manageAdminPassword of Redshift Serverless) and take the password property out.",
  links: ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html"],
  frameworks: [],
  check: (stack) =>
    stores.storeVerdicts(
      stack,
      Object.entries(SWITCHES).map(([type, property]): stores.StoreKind => ({
        types: [type],
        applies: hasOwnPassword,
        findings: (store) => unlessOn(store, property, false, `${property} is off`),
      })),
      "has a password that AWS does not look after",
    ),
});

function hasOwnPassword(store: StackResource): boolean {
  return stores.isOriginal(store) && read(store, "globalClusterIdentifier").state === "absent";
}
