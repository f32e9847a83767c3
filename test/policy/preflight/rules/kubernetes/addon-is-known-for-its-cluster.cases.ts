import { addonIsKnownForItsCluster as rule } from "../../../../../policy/preflight/rules/kubernetes/addon-is-known-for-its-cluster";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { id, type Inputs, type TestStack } from "../../../stack";

const ADDON = "aws:eks/addon:Addon";

function addon(inputs: Inputs, cluster: Inputs = { version: "1.36" }): Given {
  return (stack: TestStack) =>
    stack.add(ADDON, "metrics", { clusterName: id(stack.add("aws:eks/cluster:Cluster", "main", cluster)), ...inputs });
}

export const cases: RuleCases = {
  rule,
  pass: {
    "without a version": addon({ addonName: "vpc-cni" }),
    "with one": addon({ addonName: "vpc-cni", addonVersion: "v1.20.1-eksbuild.3" }),
    "of the Marketplace": addon({ addonName: "datadog_operator", addonVersion: "v1.0" }),
    "that the settings know": { given: addon({ addonName: "brand-new" }), config: { more: ["brand-new"] } },
    "kube-proxy of the cluster's version, before it is made": {
      given: addon({ addonName: "kube-proxy", addonVersion: "v1.36.0-eksbuild.2" }),
      known: false,
    },
  },
  fail: {
    "that there is not": { given: addon({ addonName: "vpc-cnii" }), says: /EKS refuses metrics: there is no add-on "vpc-cnii"/ },
    "with a version of another form": {
      given: addon({ addonName: "vpc-cni", addonVersion: "1.20.1" }),
      says: /"1\.20\.1" is not written as/,
    },
    "kube-proxy that is newer than its cluster": {
      given: addon({ addonName: "kube-proxy", addonVersion: "v1.36.0-eksbuild.2" }, { version: "1.35" }),
      known: false,
      says: /does not go with Kubernetes 1\.35 of main/,
    },
    "kube-proxy that is much older": {
      given: addon({ addonName: "kube-proxy", addonVersion: "v1.32.0-eksbuild.2" }),
      says: /does not go with/,
    },
  },
  absent: {
    "of the cluster's version, which is then the newest": {
      given: addon({ addonName: "kube-proxy", addonVersion: "v1.36.0-eksbuild.2" }, {}),
      says: "pass",
    },
    "of a name": { given: addon({}), says: /there is no add-on ""/ },
  },
  unknown: {
    "while its name is not known": addon({ addonName: UNKNOWN }),
    "while its version is not known": addon({ addonName: "vpc-cni", addonVersion: UNKNOWN }),
  },
  mutations: {
    "an add-on is called otherwise": (stack) => stack.set(stack.one(ADDON), "addonName", "metric-server"),
    "an add-on has a version without v": (stack) => stack.set(stack.one(ADDON), "addonVersion", "0.8.0"),
  },
};
