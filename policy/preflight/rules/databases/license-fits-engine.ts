import type { Finding } from "../../../lib/finding";
import type { Resource } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { isSet, unlessOneOf } from "../../../lib/settings/amounts";
import { refused } from "../../../lib/settings/refused";
import { byEngine } from "../../../lib/stores/databases";
import { DB_INSTANCE } from "../../../lib/stores/store-rule";

const PROPERTY = "licenseModel";

/** Of databases that name a license model; left out, RDS takes the one of the engine. */
export const licenseFitsEngine = resourceRule({
  id: "license-fits-engine",
  title: "The license model of every database is one that its engine has",
  severity: "medium",
  why: "Oracle Enterprise comes only with your own license, SQL Server only with one of AWS; RDS refuses a model that the edition does not have.",
  fix: `Set ${PROPERTY} to license-included for SQL Server and Oracle SE2, to bring-your-own-license for Oracle EE and Db2, or leave it out.`,
  links: ["https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html"],
  frameworks: [],
  types: [DB_INSTANCE],
  check: (database) => (isSet(database, PROPERTY) ? [refused(database, findings(database))] : []),
});

function findings(database: Resource): readonly Finding[] {
  return byEngine(database, ({ licenses }) => unlessOneOf(database, PROPERTY, licenses));
}
