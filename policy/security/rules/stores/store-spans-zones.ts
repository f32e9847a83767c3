import { z } from "zod";
import { DURABLE_CONFIG } from "../../../lib/durable";
import { stackRule } from "../../../lib/rule";
import { SPREADS } from "../../../lib/stores/spread";
import { durableStoreVerdicts, isOriginal } from "../../../lib/stores/store-rule";

const config = z.strictObject(DURABLE_CONFIG);

/** Of durable environments. A read replica is left out: the one it copies is asked. */
export const storeSpansZones = stackRule({
  id: "store-spans-zones",
  title: "Every durable store spans several zones",
  severity: "high",
  why: "A zone fails as a whole; a store that stands in one is away as long as it is, with every service that needs it.",
  fix: "Turn Multi-AZ on, add a reader or replica in another zone, or give the store subnets of several zones.",
  links: ["https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_fault_isolation_multiaz_region_system.html"],
  frameworks: [
    { name: "FSBP", id: "RDS.5" },
    { name: "FSBP", id: "RDS.15" },
    { name: "FSBP", id: "ElastiCache.3" },
    { name: "FSBP", id: "Redshift.18" },
    { name: "Checkov", id: "CKV_AWS_157" },
    { name: "Checkov", id: "CKV2_AWS_50" },
    { name: "AwsSolutions", id: "RDS3" },
    { name: "AwsSolutions", id: "AEC4" },
    { name: "AwsSolutions", id: "N1" },
    { name: "AwsSolutions", id: "OS7" },
  ],
  config,
  check: (stack, { durable }) =>
    durableStoreVerdicts(
      stack,
      SPREADS.map(({ types, zonal }) => ({ types, applies: isOriginal, findings: zonal })),
      "does not span zones",
      durable,
    ),
});
