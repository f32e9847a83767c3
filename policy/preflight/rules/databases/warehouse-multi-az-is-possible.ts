import { REDSHIFT_MULTI_AZ_NODES } from "../../../../facts/redshift";
import { notKnown, unlessOff, unlessOn } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import { read, readFlag, type Resource, text } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { isSet, unlessWithin } from "../../../lib/settings/amounts";
import { refused } from "../../../lib/settings/refused";
import { WAREHOUSE } from "../../../lib/stores/store-rule";

const TYPE = "nodeType";
const NODES = "numberOfNodes";

/** Of clusters in several zones. Left out, a cluster stands in one, has one node and is encrypted. */
export const warehouseMultiAzIsPossible = resourceRule({
  id: "warehouse-multi-az-is-possible",
  title: "A warehouse in several zones has RA3 nodes, two or more of them, and is encrypted",
  severity: "high",
  why: "Only RA3 nodes keep their data where another zone can read it; Redshift refuses Multi-AZ for other nodes, for one node, and unencrypted.",
  fix: `Set ${TYPE} to an RA3 type, ${NODES} to 2 or more and encrypted to true, leave availabilityZone out, or turn multiAz off.`,
  links: ["https://docs.aws.amazon.com/redshift/latest/mgmt/managing-cluster-multi-az.html"],
  frameworks: [],
  types: [WAREHOUSE],
  check: (warehouse) => {
    const multiAz = readFlag(warehouse, "multiAz", false);
    if (multiAz === false) return [];
    const found = findings(warehouse);
    return [refused(warehouse, multiAz === undefined && found.length > 0 ? [notKnown("multiAz")] : found)];
  },
});

function findings(warehouse: Resource): Finding[] {
  const type = read(warehouse, TYPE);
  const least = REDSHIFT_MULTI_AZ_NODES.minimum;
  const single = isSet(warehouse, NODES)
    ? unlessWithin(warehouse, NODES, { least, most: Number.POSITIVE_INFINITY }, "nodes")
    : [{ what: `multiAz is on and ${NODES} is absent, which is one`, property: NODES }];
  const kind =
    type.state === "unknown"
      ? [notKnown(TYPE)]
      : text(type)?.startsWith("ra3.") === true
        ? []
        : [{ what: `multiAz is on and ${TYPE} is ${text(type)}, which is no RA3`, property: TYPE }];
  const zone = isSet(warehouse, "availabilityZone")
    ? [{ what: "multiAz is on and availabilityZone is set", property: "availabilityZone" }]
    : [];
  return [
    ...kind,
    ...single,
    ...zone,
    ...unlessOn(warehouse, "encrypted", true, "multiAz is on and encrypted is off"),
    ...unlessOff(warehouse, "availabilityZoneRelocationEnabled", false, "multiAz and availabilityZoneRelocationEnabled are both on"),
  ];
}
