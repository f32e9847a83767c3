import { REDSHIFT_NODES, REDSHIFT_RETIRED } from "../../../../facts/redshift";
import { notKnown } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import { read, type Resource, text } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { amount } from "../../../lib/settings/amounts";
import { refused } from "../../../lib/settings/refused";
import { WAREHOUSE } from "../../../lib/stores/store-rule";

const TYPE = "nodeType";
const NODES = "numberOfNodes";
const KIND = "clusterType";

/** Left out, a cluster has one node. */
export const warehouseNodesFitType = resourceRule({
  id: "warehouse-nodes-fit-type",
  title: "Every provisioned warehouse has a number of nodes that its node type takes",
  severity: "high",
  why: "Large nodes come in twos or more, small ones only up to a number, and the older families not at all; Redshift refuses the cluster.",
  fix: `Set ${NODES} to what the type takes (2 or more of ra3.4xlarge), ${TYPE} to an RA3 type, and ${KIND} to multi-node or leave it out.`,
  links: ["https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-clusters.html"],
  frameworks: [],
  types: [WAREHOUSE],
  check: (warehouse) => [refused(warehouse, findings(warehouse))],
});

function findings(warehouse: Resource): Finding[] {
  const reading = read(warehouse, NODES);
  const nodes = reading.state === "absent" ? 1 : amount(reading);
  if (nodes === undefined) return [notKnown(NODES)];
  return [...ofType(warehouse, nodes), ...ofKind(warehouse, nodes)];
}

function ofType(warehouse: Resource, nodes: number): Finding[] {
  const type = text(read(warehouse, TYPE));
  if (type === undefined) return [notKnown(TYPE)];
  if (REDSHIFT_RETIRED.families.test(type)) return [{ what: `${TYPE} is ${type}, which new clusters cannot have`, property: TYPE }];
  const range = REDSHIFT_NODES[type];
  if (range === undefined || (nodes >= range.least && nodes <= range.most)) return [];
  return [{ what: `it has ${nodes} of ${type}, which comes in ${range.least} to ${range.most}`, property: NODES }];
}

function ofKind(warehouse: Resource, nodes: number): Finding[] {
  const reading = read(warehouse, KIND);
  // One of the two kinds doesn't go with any number.
  if (reading.state === "unknown") return [notKnown(KIND)];
  const kind = text(reading);
  const wrong = (kind === "single-node" && nodes > 1) || (kind === "multi-node" && nodes < 2);
  return wrong ? [{ what: `${KIND} is ${kind} and ${NODES} is ${nodes}`, property: KIND }] : [];
}
