import { stackRule } from "../../../lib/rule";
import { refused } from "../../../lib/settings/refused";
import { unlessInZones } from "../../../lib/network/in-zones";

/** Zones that a subnet group covers; the user guide of each service, "Working with DB subnet groups" (2026-11). */
const LEAST = 2;

const GROUPS = [
  "aws:rds/subnetGroup:SubnetGroup",
  "aws:docdb/subnetGroup:SubnetGroup",
  "aws:neptune/subnetGroup:SubnetGroup",
  "aws:dms/replicationSubnetGroup:ReplicationSubnetGroup",
];

/** Of single-zone databases too: RDS asks it of the group. Looks at the whole stack, which has the subnets and their zones. */
export const subnetGroupSpansZones = stackRule({
  id: "subnet-group-spans-zones",
  title: "Every database subnet group has subnets in two zones",
  severity: "high",
  why: "RDS refuses a group whose subnets stand in one zone, also for a database that needs only one.",
  fix: "Give the group's subnetIds subnets of at least two availability zones of the same VPC.",
  links: ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html"],
  frameworks: [],
  check: (stack) => stack.ofType(...GROUPS).map((group) => refused(group, unlessInZones(group, "subnetIds[*]", stack, LEAST))),
});
