import { unless } from "../../../lib/expect";
import { judge } from "../../../lib/finding";
import { EKS_CLUSTER } from "../../../lib/network/eks";
import { resourceRule } from "../../../lib/rule";

const MODE = "accessConfig.authenticationMode";

export const kubernetesAccessIsByEntries = resourceRule({
  id: "kubernetes-access-is-by-entries",
  title: "Who may enter a cluster is said by access entries alone",
  severity: "medium",
  why: "The ConfigMap aws-auth makes anyone who can edit it an administrator, shows up nowhere in AWS, and one mistake in it locks everybody out.",
  fix: "Set accessConfig.authenticationMode to API (from CONFIG_MAP by way of API_AND_CONFIG_MAP) and make an access entry for every role.",
  links: ["https://docs.aws.amazon.com/eks/latest/userguide/grant-k8s-access.html"],
  frameworks: [],
  types: [EKS_CLUSTER],
  check: (cluster) => [
    judge(
      cluster,
      `${cluster.name} lets the ConfigMap aws-auth say who may enter`,
      // EKS takes CONFIG_MAP where nothing is said.
      unless(cluster, MODE, { accepts: (value) => value === "API", absent: "wrong", what: "authenticationMode is not API" }),
    ),
  ],
});
