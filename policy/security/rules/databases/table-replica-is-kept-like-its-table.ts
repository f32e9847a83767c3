import { z } from "zod";
import { DURABLE_CONFIG } from "../../../lib/durable";
import type { Finding } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { elements, read, type Reading, readPath, type StackResource } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";
import { isCustomerKey } from "../../../lib/keys";
import { durableStoreVerdicts, TABLE } from "../../../lib/stores/store-rule";

const REPLICA = "aws:dynamodb/tableReplica:TableReplica";

const config = z.strictObject(DURABLE_CONFIG);

/** Of durable environments: what DynamoDB does not copy from a table to its replicas, so that each must say it again. */
export const tableReplicaIsKeptLikeItsTable = stackRule({
  id: "table-replica-is-kept-like-its-table",
  title: "Every durable replica of a table has recovery and a customer key of its own",
  severity: "medium",
  why: "Neither point-in-time recovery nor the key follow a table to its replicas: in the region one fails over to, data stands under a key of AWS and a wrong write stays.",
  fix: "Set pointInTimeRecovery to true and kmsKeyArn to a key of that region in each of replicas, or in the TableReplica.",
  links: ["https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/globaltables-security.html"],
  frameworks: [
    { name: "Checkov", id: "CKV_AWS_165" },
    { name: "Checkov", id: "CKV_AWS_271" },
  ],
  config,
  check: (stack, { durable }) =>
    durableStoreVerdicts(
      stack,
      [
        { types: [REPLICA], findings: (replica, graph) => lacks(replica, { state: "known", value: replica.inputs }, "", graph) },
        { types: [TABLE], applies: (table) => replicasOf(table).length > 0, findings: tableFindings },
      ],
      "is kept worse than its table",
      durable,
    ),
});

function replicasOf(table: StackResource): Reading[] {
  return elements(read(table, "replicas"));
}

function tableFindings(table: StackResource, graph: StackGraph): Finding[] {
  return replicasOf(table).flatMap((replica, index) => lacks(table, replica, `replicas[${index}].`, graph));
}

function lacks(holder: StackResource, replica: Reading, at: string, graph: StackGraph): Finding[] {
  if (replica.state !== "known") return [unknown("replicas are not known yet", "replicas")];
  const found: Finding[] = [];
  const recovery = readPath(replica.value, "pointInTimeRecovery");
  // Absent is off.
  if (recovery.state === "unknown") found.push(unknown(`${at}pointInTimeRecovery is not known yet`, `${at}pointInTimeRecovery`));
  else if (recovery.state === "absent" || (recovery.value !== true && recovery.value !== "true"))
    found.push({ what: `${at}pointInTimeRecovery is off`, property: `${at}pointInTimeRecovery` });
  const path = `${at}kmsKeyArn`;
  const isCustomers = isCustomerKey(holder, path, readPath(replica.value, "kmsKeyArn"), graph);
  if (isCustomers === undefined) found.push(unknown(`whether ${path} is a customer key is not known yet`, path));
  if (isCustomers === false) found.push({ what: `${path} names no customer key`, property: path });
  return found;
}

function unknown(what: string, property: string): Finding {
  return { what, property, unknown: true };
}
