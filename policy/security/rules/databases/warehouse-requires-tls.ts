import type { StackGraph } from "../../../lib/graph";
import type { Finding } from "../../../lib/finding";
import { type Reading, type StackResource, text, type Tri } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";
import { SERVERLESS_WORKGROUP, storeVerdicts, WAREHOUSE } from "../../../lib/stores/store-rule";
import { unlessParameterOn } from "../../../lib/stores/warehouses";

/**
 * Since January 2025 a new cluster that names no parameter group, and a new workgroup, require TLS by themselves; parameter groups of the
 * older family don't. Source: Amazon Redshift management guide, "Behavior changes" (2026-11).
 */
export const warehouseRequiresTls = stackRule({
  id: "warehouse-requires-tls",
  title: "Every warehouse refuses connections in the clear",
  severity: "high",
  why: "A client that is set up carelessly falls back to plain text, and whole result sets cross the network for all to read.",
  fix: "Set require_ssl to true in the parameter group of the cluster, or in configParameters of the workgroup.",
  links: ["https://docs.aws.amazon.com/redshift/latest/mgmt/connecting-ssl-support.html"],
  frameworks: [
    { name: "FSBP", id: "Redshift.2" },
    { name: "FSBP", id: "RedshiftServerless.2" },
    { name: "Checkov", id: "CKV_AWS_105" },
    { name: "AwsSolutions", id: "RS1" },
  ],
  check: (stack) => storeVerdicts(stack, [{ types: [WAREHOUSE, SERVERLESS_WORKGROUP], findings }], "takes connections in the clear"),
});

function findings(warehouse: StackResource, graph: StackGraph): Finding[] {
  const byDefault = (family: Reading): Tri => (family.state === "unknown" ? undefined : text(family) !== "redshift-1.0");
  return unlessParameterOn(warehouse, "require_ssl", byDefault, graph);
}
