import { z } from "zod";
import { DATABASE_LOGS } from "../../../../facts/database-logs";
import { notKnown, unlessListed } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { type StackResource, text } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";
import { engineOf } from "../../../lib/stores/engine";
import * as stores from "../../../lib/stores/store-rule";

const config = z.strictObject({
  everyLog: z
    .boolean()
    .default(false)
    .describe("True to ask for every log an engine has, as RDS.9 and RDS16 do: the general log writes down every statement."),
});

/** Asks for what the engine needs to be understood afterwards; every log of every engine only where the settings say so. */
export const databaseExportsLogs = stackRule({
  id: "database-exports-logs",
  title: "Every database sends its logs to CloudWatch",
  severity: "medium",
  why: "Logs on the disk of a database go after days, or with it, and are out of reach just when it is: nobody can say what failed, or who did what.",
  fix: "List the logs of the engine in enabledCloudwatchLogsExports (enableCloudwatchLogsExports of Neptune).",
  links: ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.html"],
  frameworks: [
    { name: "FSBP", id: "RDS.9" },
    { name: "FSBP", id: "RDS.34" },
    { name: "FSBP", id: "RDS.36" },
    { name: "FSBP", id: "RDS.37" },
    { name: "FSBP", id: "RDS.40" },
    { name: "FSBP", id: "RDS.42" },
    { name: "FSBP", id: "DocumentDB.4" },
    { name: "FSBP", id: "Neptune.2" },
    { name: "Checkov", id: "CKV_AWS_85" },
    { name: "Checkov", id: "CKV_AWS_101" },
    { name: "Checkov", id: "CKV_AWS_129" },
    { name: "Checkov", id: "CKV_AWS_324" },
    { name: "Checkov", id: "CKV_AWS_325" },
    { name: "AwsSolutions", id: "RDS16" },
  ],
  config,
  check: (stack, { everyLog }) =>
    stores.storeVerdicts(
      stack,
      [{ types: [stores.DB_INSTANCE, ...stores.DB_CLUSTERS], findings: (database, graph) => findings(database, graph, everyLog) }],
      "keeps its logs to itself",
    ),
});

function findings(database: StackResource, graph: StackGraph, everyLog: boolean): Finding[] {
  const engine = text(engineOf(database, graph));
  if (engine === undefined) return [notKnown("engine")];
  const logs = DATABASE_LOGS[engine];
  // An engine that nobody here knows, such as one of RDS Custom, has nothing to ask for.
  if (logs === undefined) return [];
  const property = engine === "neptune" ? "enableCloudwatchLogsExports" : "enabledCloudwatchLogsExports";
  return unlessListed(database, property, everyLog ? logs.every : logs.needed, (lacking) => `${property} lacks ${lacking}`);
}
