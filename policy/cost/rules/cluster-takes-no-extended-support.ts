import { unless } from "../../lib/expect";
import { judge } from "../../lib/finding";
import { EKS_CLUSTER } from "../../lib/network/eks";
import { resourceRule } from "../../lib/rule";

const property = "upgradePolicy.supportType";

export const clusterTakesNoExtendedSupport = resourceRule({
  id: "cluster-takes-no-extended-support",
  title: "No EKS cluster slides into extended support",
  severity: "low",
  why: "By default a cluster whose version leaves standard support stays on it at 0.60 $ an hour in the place of 0.10 $, until somebody notices the bill.",
  fix: "Set upgradePolicy.supportType to STANDARD: EKS then upgrades the control plane in the place of charging more.",
  links: ["https://docs.aws.amazon.com/eks/latest/userguide/disable-extended-support.html"],
  frameworks: [],
  types: [EKS_CLUSTER],
  check: (cluster) => [
    judge(
      cluster,
      `${cluster.name} stays on its version when standard support ends`,
      // Source: `upgradePolicy.supportType` of aws.eks.Cluster, default EXTENDED (2026-11).
      unless(cluster, property, { accepts: (value) => value === "STANDARD", absent: "wrong", what: `${property} is not STANDARD` }),
    ),
  ],
});
