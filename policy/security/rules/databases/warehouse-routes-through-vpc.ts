import { unlessOn } from "../../../lib/expect";
import { judge } from "../../../lib/finding";
import { resourceRule } from "../../../lib/rule";
import { SERVERLESS_WORKGROUP, WAREHOUSE } from "../../../lib/stores/store-rule";

const PROPERTY = "enhancedVpcRouting";

export const warehouseRoutesThroughVpc = resourceRule({
  id: "warehouse-routes-through-vpc",
  title: "Every warehouse sends what it copies and unloads through its VPC",
  severity: "medium",
  why: "Without it COPY and UNLOAD go past security groups, endpoint policies and flow logs: a stolen session unloads to any bucket, and nothing sees it.",
  fix: "Set enhancedVpcRouting to true, and give the VPC an endpoint of S3.",
  links: ["https://docs.aws.amazon.com/redshift/latest/mgmt/enhanced-vpc-routing.html"],
  frameworks: [
    { name: "FSBP", id: "Redshift.7" },
    { name: "FSBP", id: "RedshiftServerless.1" },
    { name: "Checkov", id: "CKV_AWS_321" },
  ],
  types: [WAREHOUSE, SERVERLESS_WORKGROUP],
  check: (warehouse) => [
    judge(warehouse, `${warehouse.name} sends data past its VPC`, unlessOn(warehouse, PROPERTY, false, `${PROPERTY} is off`)),
  ],
});
