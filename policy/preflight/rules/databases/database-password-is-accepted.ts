import { RDS_ENGINE_RULES, RDS_PASSWORD } from "../../../../facts/rds-engines";
import { REDSHIFT_NAMES } from "../../../../facts/redshift";
import { notKnown } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import { isSecret, read, readFlag, type Resource, text } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { isSet } from "../../../lib/settings/amounts";
import { refused } from "../../../lib/settings/refused";
import { DB_CLUSTER, isMadeFromAnother } from "../../../lib/stores/databases";
import { DB_INSTANCE, WAREHOUSE } from "../../../lib/stores/store-rule";

/** Where a type has its password, and the switch by which AWS makes and keeps it. */
interface Passwords {
  readonly given: readonly string[];
  readonly managed: string;
}

const PASSWORDS: Readonly<Record<string, Passwords>> = {
  [DB_INSTANCE]: { given: ["password", "passwordWo"], managed: "manageMasterUserPassword" },
  [DB_CLUSTER]: { given: ["masterPassword", "masterPasswordWo"], managed: "manageMasterUserPassword" },
  [WAREHOUSE]: { given: ["masterPassword", "masterPasswordWo"], managed: "manageMasterPassword" },
};

/** Characters that every engine takes. */
const STRICTEST = Math.min(...Object.values(RDS_ENGINE_RULES).map((rules) => rules?.password ?? Number.POSITIVE_INFINITY));

/** A replica or a restored database has the password of the one it comes from. */
export const databasePasswordIsAccepted = resourceRule({
  id: "database-password-is-accepted",
  title: "Every database has one password, managed or given, that its engine accepts",
  severity: "medium",
  why: "AWS looks at the password when the database is made: too short, with a slash, a quote or an @ in it, or given twice, and nothing is made.",
  fix: 'Let AWS make and keep it with manageMasterUserPassword and no password; or give one of printable characters without / " @ and spaces.',
  links: ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html#RDS_Limits.Constraints"],
  frameworks: [],
  types: Object.keys(PASSWORDS),
  check: (database) => {
    const passwords = PASSWORDS[database.type];
    return passwords === undefined ? [] : [refused(database, findings(database, passwords))];
  },
});

function findings(database: Resource, { given, managed }: Passwords): Finding[] {
  const [property] = given.filter((name) => isSet(database, name));
  const isManaged = readFlag(database, managed, false);
  if (property === undefined) {
    if (isManaged === true || isMadeFromAnother(database)) return [];
    if (isManaged === undefined) return [notKnown(managed)];
    return [{ what: `it has no password: ${given[0]} is absent and ${managed} is off`, property: managed }];
  }
  if (isManaged === true) return [{ what: `${managed} is on and ${property} is set`, property }];
  return [...(isManaged === undefined ? [notKnown(managed)] : []), ...characters(database, property)];
}

function characters(database: Resource, property: string): Finding[] {
  const reading = read(database, property);
  const password = text(reading);
  if (password === undefined) {
    return [
      { what: isSecret(reading) ? `${property} is a secret, which is not read` : `${property} is not known yet`, property, unknown: true },
    ];
  }
  const { least, most, forbidden } = limits(database);
  const outside = password.length < least || password.length > (most ?? Number.POSITIVE_INFINITY);
  const length = outside ? [`has ${password.length} characters, and ${least} to ${most ?? STRICTEST} are taken`] : [];
  const wrong = forbidden.test(password) ? [`has a character that is not taken, such as / " @ or a space`] : [];
  const kinds =
    database.type === WAREHOUSE && ![/[a-z]/, /[A-Z]/, /\d/].every((kind) => kind.test(password))
      ? ["needs a small letter, a capital and a digit"]
      : [];
  const open = most === undefined && password.length > STRICTEST ? [notKnown("engine")] : [];
  return [...[...length, ...wrong, ...kinds].map((what) => ({ what: `${property} ${what}`, property })), ...open];
}

/** `most` is undefined while the engine is not known. */
function limits(database: Resource): { least: number; most: number | undefined; forbidden: RegExp } {
  if (database.type === WAREHOUSE) return REDSHIFT_NAMES.password;
  const engine = read(database, "engine");
  if (engine.state === "unknown") return { least: RDS_PASSWORD.least, most: undefined, forbidden: RDS_PASSWORD.forbidden };
  const rules = RDS_ENGINE_RULES[text(engine) ?? ""];
  return { least: RDS_PASSWORD.least, most: rules?.password ?? Number.POSITIVE_INFINITY, forbidden: RDS_PASSWORD.forbidden };
}
