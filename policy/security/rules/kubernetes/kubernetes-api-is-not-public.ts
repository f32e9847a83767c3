import { z } from "zod";
import { notKnown } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import { EKS_CLUSTER } from "../../../lib/network/eks";
import { elements, read, readFlag, type Resource, text } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";

const PUBLIC = "vpcConfig.endpointPublicAccess";
const CIDRS = "vpcConfig.publicAccessCidrs";

const config = z.strictObject({
  publicCidrs: z
    .array(z.string().min(1))
    .default([])
    .describe("Ranges of the internet, as publicAccessCidrs writes them, that may reach the Kubernetes API. Default: none."),
});

export const kubernetesApiIsNotPublic = resourceRule({
  id: "kubernetes-api-is-not-public",
  title: "The Kubernetes API of no cluster is reached from the internet",
  severity: "high",
  why: "Everyone can try stolen credentials on a public API, and the next hole in its authentication, on the one thing that controls everything in the cluster.",
  fix: "Set endpointPublicAccess to false and endpointPrivateAccess to true, and deploy from inside the VPC; name ranges that must get in as publicCidrs of this rule.",
  links: ["https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html"],
  frameworks: [
    { name: "FSBP", id: "EKS.1" },
    { name: "Checkov", id: "CKV_AWS_38" },
    { name: "Checkov", id: "CKV_AWS_39" },
    { name: "AwsSolutions", id: "EKS1" },
  ],
  types: [EKS_CLUSTER],
  config,
  check: (cluster, { publicCidrs }) => [judge(cluster, `the Kubernetes API of ${cluster.name} is public`, findings(cluster, publicCidrs))],
});

/** EKS makes an API public, to everyone, unless it is told otherwise. */
function findings(cluster: Resource, allowed: readonly string[]): Finding[] {
  const isPublic = readFlag(cluster, PUBLIC, true);
  if (isPublic === false) return [];
  const cidrs = elements(read(cluster, CIDRS));
  if (isPublic === undefined) return [notKnown(PUBLIC)];
  if (cidrs.length === 0) return [{ what: "endpointPublicAccess is on, for 0.0.0.0/0", property: PUBLIC }];
  return cidrs.flatMap((cidr): Finding[] => {
    if (cidr.state === "unknown") return [notKnown(CIDRS)];
    const range = text(cidr) ?? "";
    return allowed.includes(range) ? [] : [{ what: `endpointPublicAccess is on, for ${range}`, property: CIDRS }];
  });
}
