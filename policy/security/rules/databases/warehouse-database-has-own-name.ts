import { WAREHOUSE_DEFAULTS } from "../../../../facts/database-names";
import { type Finding } from "../../../lib/finding";
import { notKnown } from "../../../lib/expect";
import { read, type StackResource } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";
import { asItsSource, SERVERLESS_NAMESPACE, sourceOf, storeVerdicts, WAREHOUSE } from "../../../lib/stores/store-rule";

export const warehouseDatabaseHasOwnName = stackRule({
  id: "warehouse-database-has-own-name",
  title: "No warehouse keeps its data in a database of the default name",
  severity: "low",
  why: "A database called dev says nothing of what is in it, grants and scripts meant for a trial hit it, and whoever guesses begins there.",
  fix: "Name the first database: databaseName of a cluster, dbName of a namespace. Changing it later makes a new warehouse.",
  links: ["https://docs.aws.amazon.com/securityhub/latest/userguide/redshift-controls.html#redshift-9"],
  frameworks: [
    { name: "FSBP", id: "Redshift.9" },
    { name: "FSBP", id: "RedshiftServerless.7" },
    { name: "Checkov", id: "CKV_AWS_320" },
  ],
  check: (stack) =>
    storeVerdicts(
      stack,
      [
        { types: [WAREHOUSE], findings: (cluster) => findings(cluster, "databaseName") },
        { types: [SERVERLESS_NAMESPACE], findings: (namespace) => findings(namespace, "dbName") },
      ],
      "has a database of the default name",
    ),
});

function findings(warehouse: StackResource, property: string): Finding[] {
  const reading = read(warehouse, property);
  if (reading.state === "unknown") return [notKnown(property)];
  const source = sourceOf(warehouse);
  if (reading.state === "absent" && source !== undefined) return asItsSource(source, "its name is that of");
  const name = reading.state === "absent" ? WAREHOUSE_DEFAULTS.database : reading.value;
  if (name !== WAREHOUSE_DEFAULTS.database) return [];
  return [{ what: reading.state === "absent" ? `without a ${property} it is ${name}` : `${property} is ${name}`, property }];
}
