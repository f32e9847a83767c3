import { z } from "zod";
import { notKnown } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import { EKS_CLUSTER } from "../../../lib/network/eks";
import { elements, read, type Resource, text } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";

const property = "enabledClusterLogTypes";
/** Every log of a control plane. Source: EKS user guide, "Send control plane logs to CloudWatch Logs" (2026-11). */
const TYPES = ["api", "audit", "authenticator", "controllerManager", "scheduler"] as const;

const config = z.strictObject({
  types: z
    .array(z.enum(TYPES))
    .min(1)
    .default([...TYPES])
    .describe("Logs that a control plane must write. Default: all five."),
});

export const controlPlaneIsLogged = resourceRule({
  id: "control-plane-is-logged",
  title: "Every cluster logs what its control plane does",
  severity: "medium",
  why: "Only these logs say who asked the Kubernetes API for what: without them an intruder leaves no trace, and a failed start no cause.",
  fix: "Set enabledClusterLogTypes to api, audit, authenticator, controllerManager and scheduler.",
  links: ["https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html"],
  frameworks: [
    { name: "FSBP", id: "EKS.8" },
    { name: "Checkov", id: "CKV_AWS_37" },
    { name: "AwsSolutions", id: "EKS2" },
  ],
  types: [EKS_CLUSTER],
  config,
  check: (cluster, { types }) => [judge(cluster, `${cluster.name} does not log its whole control plane`, missing(cluster, types))],
});

function missing(cluster: Resource, types: readonly string[]): Finding[] {
  const enabled = elements(read(cluster, property));
  const names = new Set(enabled.map(text));
  const absent = types.filter((type) => !names.has(type));
  if (absent.length === 0) return [];
  return enabled.some(({ state }) => state === "unknown") ? [notKnown(property)] : [{ what: `${absent.join(", ")} is left out`, property }];
}
