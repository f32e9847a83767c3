import { NAME_LIMITS } from "../../../../facts/limits-rds";
import { RDS_USER } from "../../../../facts/rds-engines";
import { REDSHIFT_NAMES } from "../../../../facts/redshift";
import type { Finding } from "../../../lib/finding";
import { isSecret, read, type Resource, text } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { refused } from "../../../lib/settings/refused";
import { byEngine, DB_CLUSTER, isMadeFromAnother } from "../../../lib/stores/databases";
import { DB_INSTANCE, WAREHOUSE } from "../../../lib/stores/store-rule";

const NAMES: Readonly<Record<string, string>> = {
  [DB_INSTANCE]: "username",
  [DB_CLUSTER]: "masterUsername",
  [WAREHOUSE]: "masterUsername",
};

/** A replica or a restored database has the user of the one it comes from. A serverless warehouse's name is a secret, so it is not asked. */
export const databaseUsernameIsAccepted = resourceRule({
  id: "database-username-is-accepted",
  title: "The master user of every database has a name that its engine accepts",
  severity: "medium",
  why: "Each engine keeps names for itself (admin on PostgreSQL, sa on SQL Server) and refuses the database that asks for one of them.",
  fix: "Set username (masterUsername of a cluster) to letters, digits and underscores, a letter first, and to no name of the engine's own.",
  links: ["https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html"],
  frameworks: [],
  types: Object.keys(NAMES),
  check: (database) => {
    const property = NAMES[database.type];
    return property === undefined ? [] : [refused(database, findings(database, property))];
  },
});

function findings(database: Resource, property: string): readonly Finding[] {
  const reading = read(database, property);
  if (reading.state === "absent") {
    return isMadeFromAnother(database) ? [] : [{ what: `it has no master user: ${property} is absent`, property }];
  }
  const name = text(reading);
  if (name === undefined) {
    return [{ what: `${property} is ${isSecret(reading) ? "a secret, which is not read" : "not known yet"}`, property, unknown: true }];
  }
  return database.type === WAREHOUSE ? ofWarehouse(name, property) : ofDatabase(database, name, property);
}

function ofWarehouse(name: string, property: string): Finding[] {
  const reserved: readonly string[] = REDSHIFT_NAMES.reservedUsers;
  if (reserved.includes(name.toLowerCase())) return [{ what: `${property} is ${name}, which Redshift keeps for itself`, property }];
  return REDSHIFT_NAMES.user.test(name)
    ? []
    : [{ what: `${property} is "${name}", which has characters that Redshift does not take`, property }];
}

function ofDatabase(database: Resource, name: string, property: string): readonly Finding[] {
  const shape = RDS_USER.pattern.test(name)
    ? []
    : [{ what: `${property} is "${name}"; it can have letters, digits and underscores, a letter first`, property }];
  const byItsEngine = byEngine(database, ({ reservedUsers }, engine) => {
    const reserved = reservedUsers.includes(name.toLowerCase())
      ? [{ what: `${property} is ${name}, which ${engine} keeps for itself`, property }]
      : [];
    const most = (NAME_LIMITS as Readonly<Record<string, { readonly user: number } | undefined>>)[engine]?.user;
    const long =
      most !== undefined && name.length > most
        ? [{ what: `${property} has ${name.length} characters, and ${engine} takes ${most}`, property }]
        : [];
    return [...reserved, ...long];
  });
  return [...shape, ...byItsEngine];
}
