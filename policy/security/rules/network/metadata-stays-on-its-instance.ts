import { z } from "zod";
import { notKnown } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import { ifServed, INSTANCE_TYPES } from "../../../lib/network/instances";
import { hasReason, REASON_CONFIG } from "../../../lib/reason";
import { number, read, type Resource } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";

/**
 * A container with a network of its own is one hop away from its instance. Some agents in containers need a second hop, and give a reason.
 * Left out, the limit is the image's, which is 1 for most of them.
 */
export const metadataStaysOnItsInstance = resourceRule({
  id: "metadata-stays-on-its-instance",
  title: "No container reaches the metadata service of its instance without a reason",
  severity: "medium",
  why: "With a second hop every container on the instance can take the role of the instance, whatever role of its own it was given.",
  fix: "Set metadataOptions.httpPutResponseHopLimit to 1, and give containers roles of their own (task roles, Pod Identity); or give the reason in the tag strata:because.",
  links: [
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html",
    "https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html",
  ],
  frameworks: [
    { name: "FSBP", id: "AutoScaling.4" },
    { name: "Checkov", id: "CKV_AWS_341" },
  ],
  types: INSTANCE_TYPES,
  config: z.strictObject({ reasonTag: REASON_CONFIG.reasonTag }),
  check: (instance, names) => {
    const excuse = { given: hasReason(instance, names), what: "whether it gives a reason", property: "tags" };
    return [judge(instance, `the metadata of ${instance.name} leaves it`, ifServed(instance, findings(instance)), excuse)];
  },
});

function findings(instance: Resource): Finding[] {
  const property = "metadataOptions.httpPutResponseHopLimit";
  const limit = read(instance, property);
  if (limit.state === "absent") return [];
  const hops = number(limit);
  if (hops === undefined) return [notKnown(property)];
  return hops > 1 ? [{ what: `${property} is ${hops}`, property }] : [];
}
