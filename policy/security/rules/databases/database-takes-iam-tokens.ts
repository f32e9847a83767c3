import { notKnown, unlessOn } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { type StackResource, text } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";
import { engineOf } from "../../../lib/stores/engine";
import * as stores from "../../../lib/stores/store-rule";

/** Engines that take a token of IAM for a password. Source: Amazon RDS user guide, "IAM database authentication" (2026-11). */
const ENGINES = ["postgres", "mysql", "mariadb", "aurora-postgresql", "aurora-mysql", "neptune"];

/** Of the engines that have it: Oracle, SQL Server and DocumentDB sign nobody in by this setting. */
export const databaseTakesIamTokens = stackRule({
  id: "database-takes-iam-tokens",
  title: "Every database that can sign users in by IAM does",
  severity: "medium",
  why: "Without it every user has a password that must be kept, handed out and changed; a token lasts 15 minutes and goes with the role.",
  fix: "Set iamDatabaseAuthenticationEnabled to true and grant rds-db:connect to the roles that may sign in.",
  links: ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.html"],
  frameworks: [
    { name: "FSBP", id: "RDS.10" },
    { name: "FSBP", id: "RDS.12" },
    { name: "FSBP", id: "Neptune.7" },
    { name: "Checkov", id: "CKV_AWS_161" },
    { name: "Checkov", id: "CKV_AWS_162" },
    { name: "Checkov", id: "CKV_AWS_359" },
    { name: "AwsSolutions", id: "RDS6" },
    { name: "AwsSolutions", id: "N5" },
  ],
  check: (stack) =>
    stores.storeVerdicts(
      stack,
      [{ types: [stores.DB_INSTANCE, ...stores.DB_CLUSTERS], applies: (database) => canSignIn(database, stack), findings }],
      "takes no tokens of IAM",
    ),
});

/** Also true while the engine is not known yet. */
function canSignIn(database: StackResource, graph: StackGraph): boolean {
  const engine = text(engineOf(database, graph));
  return engine === undefined || ENGINES.includes(engine);
}

function findings(database: StackResource, graph: StackGraph): Finding[] {
  const off = unlessOn(database, "iamDatabaseAuthenticationEnabled", false, "iamDatabaseAuthenticationEnabled is off");
  return off.length > 0 && text(engineOf(database, graph)) === undefined ? [notKnown("engine")] : off;
}
