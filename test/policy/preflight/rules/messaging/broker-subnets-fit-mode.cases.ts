import { UNKNOWN } from "../../../../../policy/lib/resource";
import { brokerSubnetsFitMode as rule } from "../../../../../policy/preflight/rules/messaging/broker-subnets-fit-mode";
import { type Given, type RuleCases } from "../../../cases";
import type { Inputs } from "../../../stack";
import { subnetIds } from "../../given";

const BROKER = "aws:mq/broker:Broker";

function broker(inputs: Inputs, zones?: string): Given {
  return (stack) =>
    stack.add(BROKER, "orders", { engineType: "ActiveMQ", ...inputs, ...(zones !== undefined && { subnetIds: subnetIds(stack, zones) }) });
}

const standby = { deploymentMode: "ACTIVE_STANDBY_MULTI_AZ" };
const cluster = { engineType: "RabbitMQ", deploymentMode: "CLUSTER_MULTI_AZ" };

export const cases: RuleCases = {
  rule,
  pass: {
    "of one instance with one subnet": broker({ deploymentMode: "SINGLE_INSTANCE" }, "a"),
    "with a standby in two zones, not made yet": { given: broker(standby, "ab"), known: false },
    "of a cluster in three": broker(cluster, "abc"),
    "in other capitals": broker({ ...cluster, engineType: "RABBITMQ" }),
  },
  fail: {
    "with a standby and three subnets": { given: broker(standby, "abc"), says: /it has 3 subnets, and ACTIVE_STANDBY_MULTI_AZ takes 2/ },
    "with a standby and two subnets in one zone": { given: broker(standby, "aa"), known: false, says: /stand in eu-west-1a/ },
    "of RabbitMQ with a standby": { given: broker({ ...standby, engineType: "RabbitMQ" }), says: /which RabbitMQ does not have/ },
    "of ActiveMQ as a cluster": { given: broker({ deploymentMode: "CLUSTER_MULTI_AZ" }), says: /which ActiveMQ does not have/ },
    "in a way that there is not": { given: broker({ deploymentMode: "MULTI_AZ" }), says: /deploymentMode is "MULTI_AZ"/ },
  },
  absent: {
    "without a way, which is one instance": { given: broker({}, "ab"), says: /it has 2 subnets, and SINGLE_INSTANCE takes 1/ },
    "without subnets": { given: broker(standby), says: "pass" },
  },
  unknown: {
    "while the subnets are not known": broker({ ...standby, subnetIds: UNKNOWN }),
    "while the zones are not known": broker(standby, "a."),
    "while the engine is not known": broker({ ...standby, engineType: UNKNOWN }),
    "while the way is not known": broker({ deploymentMode: UNKNOWN }),
  },
  mutations: {
    "the broker is given a third subnet": (stack) => {
      const changed = stack.one(BROKER);
      const ids = changed.inputs["subnetIds"];
      const third = stack.one("aws:ec2/subnet:Subnet", "private-3").outputs?.["id"] ?? null;
      stack.set(changed, "subnetIds", [...(Array.isArray(ids) ? ids : []), third]);
    },
  },
};
