import { z } from "zod";
import { DURABLE_CONFIG } from "../../../lib/durable";
import { notKnown } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import { durableFunctionVerdicts } from "../../../lib/functions/functions";
import type { StackGraph } from "../../../lib/graph";
import { SUBNET } from "../../../lib/network/subnets";
import { zoneOf } from "../../../lib/network/zones";
import { readAll, type StackResource } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";

const property = "vpcConfig.subnetIds";

/** Of durable environments, and of functions in a VPC: Lambda spreads the others by itself. */
export const functionSpansZones = stackRule({
  id: "function-spans-zones",
  title: "Every durable function in a VPC has subnets in several zones",
  severity: "medium",
  why: "A function whose subnets are in one zone stops when that zone fails, with every service that calls it.",
  fix: "Give vpcConfig.subnetIds subnets of at least two zones.",
  links: ["https://docs.aws.amazon.com/securityhub/latest/userguide/lambda-controls.html#lambda-5"],
  frameworks: [{ name: "FSBP", id: "Lambda.5" }],
  config: z.strictObject(DURABLE_CONFIG),
  check: (stack, { durable }) => durableFunctionVerdicts(stack, isInVpc, inOneZone, "does not span zones", durable),
});

function isInVpc(called: StackResource): boolean {
  return readAll(called, `${property}[*]`).length > 0;
}

function inOneZone(called: StackResource, stack: StackGraph): Finding[] {
  const subnets = stack.references(called, `${property}[*]`, [SUBNET]);
  const known = subnets.flatMap((subnet) => (subnet.kind === "resource" ? [subnet.resource] : []));
  const zones = new Set(known.flatMap((subnet) => zoneOf(subnet) ?? []));
  if (zones.size > 1) return [];
  if (subnets.some(({ kind }) => kind === "unknown")) return [notKnown(property)];
  if (subnets.length === 1) return [{ what: `its only subnet is ${known[0]?.name ?? "one of another stack"}`, property }];
  // A subnet of another stack stands in a zone that this one does not tell.
  if (known.length < subnets.length || known.some((subnet) => zoneOf(subnet) === undefined))
    return [{ what: "the zone of one of its subnets is not known", property, unknown: true }];
  return [{ what: `all its subnets stand in ${[...zones].join()}`, property }];
}
