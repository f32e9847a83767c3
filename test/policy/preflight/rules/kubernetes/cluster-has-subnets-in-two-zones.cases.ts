import { clusterHasSubnetsInTwoZones as rule } from "../../../../../policy/preflight/rules/kubernetes/cluster-has-subnets-in-two-zones";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { id, type TestStack } from "../../../stack";

const CLUSTER = "aws:eks/cluster:Cluster";
const SUBNET = "aws:ec2/subnet:Subnet";

function cluster(...zones: readonly string[]): Given {
  return (stack: TestStack) => {
    const subnets = zones.map((availabilityZone, index) => stack.add(SUBNET, `private-${index}`, { availabilityZone }));
    return stack.add(CLUSTER, "main", { vpcConfig: { subnetIds: subnets.map(id) } });
  };
}

function outside(...subnetIds: readonly string[]): Given {
  return (stack) => stack.add(CLUSTER, "main", { vpcConfig: { subnetIds } });
}

export const cases: RuleCases = {
  rule,
  pass: {
    "of two zones": cluster("a", "b"),
    "of two zones that are not made yet": { given: cluster("a", "a", "b"), known: false },
    "from outside the stack": outside("subnet-1", "subnet-2"),
  },
  fail: {
    "of one zone": { given: cluster("a", "a"), says: /EKS refuses the subnets of main: all are in a/ },
    "of one zone that are not made yet": { given: cluster("a", "a"), known: false, says: /all are in a/ },
    "of which there is one": { given: outside("subnet-1"), says: /there are 1 of at least 2/ },
  },
  absent: { "of any": { given: (stack) => stack.add(CLUSTER, "main", { vpcConfig: {} }), says: /there are 0 of at least 2/ } },
  unknown: {
    "while they are not known": (stack) => stack.add(CLUSTER, "main", { vpcConfig: { subnetIds: UNKNOWN } }),
    "while their zones are not known": cluster("a", UNKNOWN),
  },
  mutations: {
    "the cluster has a subnet of one zone": (stack) => {
      const [first] = stack.all(SUBNET, "private-1");
      stack.set(stack.one(CLUSTER), ["vpcConfig", "subnetIds"], [first?.outputs?.["id"] ?? ""]);
    },
  },
};
