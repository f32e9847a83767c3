import { read, type StackResource } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";
import { commonAdministrator } from "../../../lib/stores/administrators";
import * as stores from "../../../lib/stores/store-rule";

const PROPERTIES: Readonly<Record<string, string>> = {
  [stores.DB_INSTANCE]: "username",
  [stores.RDS_CLUSTER]: "masterUsername",
  "aws:docdb/cluster:Cluster": "masterUsername",
};

/** A copy has the administrator of its original, as has a further cluster of a global database: they are not asked. */
export const databaseAdministratorHasOwnName = stackRule({
  id: "database-administrator-has-own-name",
  title: "No database has an administrator of a common name",
  severity: "medium",
  why: "Whoever guesses passwords begins with admin, postgres and root; with the name known, half of the sign-in is.",
  fix: "Choose another username (masterUsername of a cluster). It can't be changed later: make a new database and move the data.",
  links: ["https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-25"],
  frameworks: [
    { name: "FSBP", id: "RDS.24" },
    { name: "FSBP", id: "RDS.25" },
  ],
  check: (stack) =>
    stores.storeVerdicts(
      stack,
      Object.entries(PROPERTIES).map(([type, property]): stores.StoreKind => ({
        types: [type],
        applies: (database) => hasAdministrator(database, property),
        findings: (database) => commonAdministrator(database, property),
      })),
      "has an administrator whose name is guessed first",
    ),
});

function hasAdministrator(database: StackResource, property: string): boolean {
  if (read(database, property).state !== "absent") return true;
  return stores.isOriginal(database) && stores.sourceOf(database) !== undefined;
}
