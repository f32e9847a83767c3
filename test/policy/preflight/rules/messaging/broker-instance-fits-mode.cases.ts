import { UNKNOWN } from "../../../../../policy/lib/resource";
import { brokerInstanceFitsMode as rule } from "../../../../../policy/preflight/rules/messaging/broker-instance-fits-mode";
import { type RuleCases } from "../../../cases";
import { like } from "../../given";

const BROKER = "aws:mq/broker:Broker";
const broker = like(BROKER, {
  engineType: "RabbitMQ",
  engineVersion: "3.13",
  deploymentMode: "CLUSTER_MULTI_AZ",
  hostInstanceType: "mq.m5.large",
});

export const cases: RuleCases = {
  rule,
  pass: {
    "of a cluster": broker(),
    "of RabbitMQ 4": broker({ engineVersion: "4.2", hostInstanceType: "mq.m7g.large" }),
    "of one small ActiveMQ": broker({ engineType: "ActiveMQ", deploymentMode: "SINGLE_INSTANCE", hostInstanceType: "mq.t3.micro" }),
  },
  fail: {
    "of a cluster on burstable instances": {
      given: broker({ hostInstanceType: "mq.t3.micro" }),
      says: /mq\.t3\.micro, which carries no cluster/,
    },
    "of RabbitMQ 4 on another family": {
      given: broker({ engineVersion: "4.2" }),
      says: /mq\.m5\.large, which RabbitMQ 4\.2 does not run on/,
    },
    "of EC2": { given: broker({ hostInstanceType: "m5.large" }), says: /"m5\.large", which is no type of a broker/ },
  },
  absent: {
    "without a type": { given: broker({ hostInstanceType: null }), says: /hostInstanceType is absent/ },
    "without a way, which is one instance": { given: broker({ deploymentMode: null, hostInstanceType: "mq.t3.micro" }), says: "pass" },
  },
  unknown: {
    "while the type is not known": broker({ hostInstanceType: UNKNOWN }),
    "while the way is not known": broker({ deploymentMode: UNKNOWN, hostInstanceType: "mq.t3.micro" }),
    "while the version is not known": broker({ engineVersion: UNKNOWN }),
  },
  mutations: {
    "the broker runs on an instance of EC2": (stack) => stack.set(stack.one(BROKER), "hostInstanceType", "m5.large"),
  },
};
