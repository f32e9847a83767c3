import { UNKNOWN } from "../../../../../policy/lib/resource";
import { kafkaBrokersFitZones as rule } from "../../../../../policy/preflight/rules/messaging/kafka-brokers-fit-zones";
import { type Given, type RuleCases } from "../../../cases";
import { type Input } from "../../../stack";
import { subnetIds } from "../../given";

const CLUSTER = "aws:msk/cluster:Cluster";

function cluster(numberOfBrokerNodes: Input, zones: string, instanceType = "kafka.m7g.large"): Given {
  return (stack) =>
    stack.add(CLUSTER, "orders", { numberOfBrokerNodes, brokerNodeGroupInfo: { instanceType, clientSubnets: subnetIds(stack, zones) } });
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with three brokers in three zones": cluster(3, "abc"),
    "with four in two, not made yet": { given: cluster("4", "ab"), known: false },
    "with Express ones in three": cluster(6, "abc", "express.m7g.large"),
  },
  fail: {
    "with four brokers in three zones": { given: cluster(4, "abc"), says: /it has 4 brokers on 3 subnets/ },
    "with two subnets in one zone": { given: cluster(2, "aa"), known: false, says: /its 2 subnets stand in eu-west-1a only/ },
    "with one subnet": { given: cluster(2, "a"), says: /it has 1 subnets, and 2 or 3 are taken/ },
    "with Express ones in two": { given: cluster(2, "ab", "express.m7g.large"), says: /it has 2 subnets, and 3 are taken/ },
  },
  absent: {
    "with no subnets": { given: cluster(3, ""), says: /it has 0 subnets/ },
  },
  unknown: {
    "while the brokers are not known": cluster(UNKNOWN, "abc"),
    "while the zones are not known": cluster(3, "ab."),
    "while the subnets are not known": (stack) =>
      stack.add(CLUSTER, "orders", {
        numberOfBrokerNodes: 3,
        brokerNodeGroupInfo: { instanceType: "kafka.m7g.large", clientSubnets: UNKNOWN },
      }),
    "while the type of two is not known": cluster(2, "ab", UNKNOWN),
  },
  mutations: {
    "a fourth broker is added": (stack) => stack.set(stack.one(CLUSTER), "numberOfBrokerNodes", 4),
    "a subnet is named twice": (stack) => {
      const changed = stack.one(CLUSTER);
      const subnets = changed.outputs?.["brokerNodeGroupInfo"];
      const list = typeof subnets === "object" && subnets !== null && !Array.isArray(subnets) ? subnets["clientSubnets"] : undefined;
      const [first = "", second = ""] = Array.isArray(list) ? list : [];
      stack.set(changed, ["brokerNodeGroupInfo", "clientSubnets"], [first, second, first]);
    },
  },
};
