import { z } from "zod";
import { DURABLE_CONFIG } from "../../../lib/durable";
import { notKnown, unlessOn } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import { number, read, type StackResource } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";
import { durableStoreVerdicts, SEARCH_DOMAINS } from "../../../lib/stores/store-rule";

const COUNT = "clusterConfig.dedicatedMasterCount";

const config = z.strictObject(DURABLE_CONFIG);

/** Of durable environments: two masters can't agree on who leads when one is away. */
export const searchHasDedicatedMasters = stackRule({
  id: "search-has-dedicated-masters",
  title: "Every durable search domain has three nodes that only lead it",
  severity: "medium",
  why: "A data node that also leads the cluster falls under a heavy query and takes the whole domain with it; two leaders can't outvote a third that is away.",
  fix: "Set clusterConfig.dedicatedMasterEnabled to true, with dedicatedMasterCount 3 and a dedicatedMasterType.",
  links: ["https://docs.aws.amazon.com/opensearch-service/latest/developerguide/managedomains-dedicatedmasternodes.html"],
  frameworks: [
    { name: "FSBP", id: "Opensearch.11" },
    { name: "FSBP", id: "ES.7" },
    { name: "Checkov", id: "CKV2_AWS_59" },
    { name: "Checkov", id: "CKV_AWS_318" },
    { name: "AwsSolutions", id: "OS4" },
  ],
  config,
  check: (stack, { durable }) =>
    durableStoreVerdicts(stack, [{ types: SEARCH_DOMAINS, findings }], "has nobody who only leads it", durable),
});

function findings(domain: StackResource): Finding[] {
  const off = unlessOn(domain, "clusterConfig.dedicatedMasterEnabled", false, "dedicatedMasterEnabled is off");
  if (off.length > 0) return off;
  const reading = read(domain, COUNT);
  const count = number(reading);
  if (reading.state === "unknown") return [notKnown(COUNT)];
  return count !== undefined && count >= 3
    ? []
    : [{ what: `dedicatedMasterCount is ${count ?? "absent"}, not 3 or more`, property: COUNT }];
}
