import { REDSHIFT_NAMES } from "../../../../facts/redshift";
import type { Finding } from "../../../lib/finding";
import type { Resource } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { isSet, unlessLike } from "../../../lib/settings/amounts";
import { refused } from "../../../lib/settings/refused";
import { byEngine, DB_CLUSTER, isMadeFromAnother } from "../../../lib/stores/databases";
import { DB_INSTANCE, SERVERLESS_NAMESPACE, WAREHOUSE } from "../../../lib/stores/store-rule";

const NAMES: Readonly<Record<string, string>> = {
  [DB_INSTANCE]: "dbName",
  [DB_CLUSTER]: "databaseName",
  [WAREHOUSE]: "databaseName",
  [SERVERLESS_NAMESPACE]: "dbName",
};
const REDSHIFT = [WAREHOUSE, SERVERLESS_NAMESPACE];

/** Of databases that name their first database; left out, AWS makes none, or one of a name it has for it. */
export const databaseNameFitsEngine = resourceRule({
  id: "database-name-fits-engine",
  title: "The first database of every server has a name that its engine accepts",
  severity: "medium",
  why: "A hyphen, a digit in front, more than eight characters on Oracle or any name on SQL Server: RDS refuses the whole server.",
  fix: "Use letters, digits and underscores, a letter first; up to 8 letters and digits on Oracle, small letters on Redshift, and no dbName on SQL Server.",
  links: ["https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html"],
  frameworks: [],
  types: Object.keys(NAMES),
  check: (database) => {
    const property = NAMES[database.type];
    return property === undefined || !isSet(database, property) ? [] : [refused(database, findings(database, property))];
  },
});

function findings(database: Resource, property: string): readonly Finding[] {
  if (REDSHIFT.includes(database.type)) {
    return unlessLike(
      database,
      property,
      (name) => REDSHIFT_NAMES.database.test(name),
      "small letters, digits and underscores, no digit first",
    );
  }
  return byEngine(database, ({ databaseName }, engine) => {
    if (databaseName !== undefined)
      return unlessLike(database, property, (name) => databaseName.test(name), `as ${engine} names databases: ${shape(engine)}`);
    // A restored server is told apart by other rules of RDS.
    return isMadeFromAnother(database) ? [] : [{ what: `${property} is set, and ${engine} takes none`, property }];
  });
}

function shape(engine: string): string {
  return /^(oracle|db2)-/.test(engine)
    ? "up to 8 letters and digits, a letter first"
    : "letters, digits and underscores, a letter first, up to 63 characters (64 on MySQL)";
}
