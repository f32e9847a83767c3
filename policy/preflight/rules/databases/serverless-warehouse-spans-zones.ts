import { REDSHIFT_SERVERLESS_ZONES } from "../../../../facts/redshift";
import { unlessInZones } from "../../../lib/network/in-zones";
import { stackRule } from "../../../lib/rule";
import { isSet } from "../../../lib/settings/amounts";
import { refused } from "../../../lib/settings/refused";
import { SERVERLESS_WORKGROUP } from "../../../lib/stores/store-rule";

/** Looks at the whole stack, which has the subnets. Left out, they are those of the default VPC, which nobody here knows: nothing is said. */
export const serverlessWarehouseSpansZones = stackRule({
  id: "serverless-warehouse-spans-zones",
  title: "Every serverless warehouse has subnets in three zones",
  severity: "high",
  why: "Redshift Serverless refuses a workgroup whose subnets stand in fewer than three zones, after its namespace has been made.",
  fix: "Give subnetIds of the workgroup subnets of three availability zones.",
  links: ["https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-usage-considerations.html"],
  frameworks: [],
  check: (stack) =>
    stack
      .ofType(SERVERLESS_WORKGROUP)
      .filter((workgroup) => isSet(workgroup, "subnetIds"))
      .map((workgroup) => refused(workgroup, unlessInZones(workgroup, "subnetIds[*]", stack, REDSHIFT_SERVERLESS_ZONES.minimum))),
});
