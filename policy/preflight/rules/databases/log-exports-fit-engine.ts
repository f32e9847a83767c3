import { notKnown } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import { elements, read, type Resource, text } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { isSet } from "../../../lib/settings/amounts";
import { refused } from "../../../lib/settings/refused";
import { byEngine, DB_CLUSTER } from "../../../lib/stores/databases";
import { DB_INSTANCE } from "../../../lib/stores/store-rule";

const PROPERTY = "enabledCloudwatchLogsExports";

/** Of databases that send logs; that they do is for other rules to ask. */
export const logExportsFitEngine = resourceRule({
  id: "log-exports-fit-engine",
  title: "The logs that a database sends are logs that its engine has",
  severity: "medium",
  why: "Each engine has log types of its own; RDS refuses the database that names another engine's, such as slowquery on PostgreSQL.",
  fix: `Set ${PROPERTY} to types of the engine: postgresql and upgrade; audit, error, general and slowquery; alert, audit, listener and trace; or agent and error.`,
  links: ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.Procedural.UploadtoCloudWatch.html"],
  frameworks: [],
  types: [DB_INSTANCE, DB_CLUSTER],
  check: (database) => (isSet(database, PROPERTY) ? [refused(database, findings(database))] : []),
});

function findings(database: Resource): readonly Finding[] {
  return byEngine(database, ({ logs }, engine) =>
    elements(read(database, PROPERTY)).flatMap((element): Finding[] => {
      if (element.state === "unknown") return [notKnown(PROPERTY)];
      const log = text(element) ?? "";
      return logs.includes(log) ? [] : [{ what: `${engine} has no log ${log}; it has ${logs.join(", ")}`, property: PROPERTY }];
    }),
  );
}
