import { UNKNOWN } from "../../../../../policy/lib/resource";
import { kafkaSecretIsAccepted as rule } from "../../../../../policy/preflight/rules/messaging/kafka-secret-is-accepted";
import { type Given, type RuleCases } from "../../../cases";
import { arn, id, type Inputs } from "../../../stack";

const SECRET = "aws:secretsmanager/secret:Secret";
const SINGLE = "aws:msk/singleScramSecretAssociation:SingleScramSecretAssociation";
const LIST = "aws:msk/scramSecretAssociation:ScramSecretAssociation";
const KEY = "arn:aws:kms:eu-west-1:1:key/a";

function secret(inputs: Inputs, name = "orders"): Given {
  return (stack) => stack.add(SINGLE, "orders", { secretArn: arn(stack.add(SECRET, name, inputs)) });
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with the prefix and a key": secret({ name: "AmazonMSK_orders", kmsKeyId: KEY }),
    "with the prefix and a key that is not made yet": {
      given: (stack) => secret({ namePrefix: "AmazonMSK_", kmsKeyId: arn(stack.add("aws:kms/key:Key", "orders")) })(stack),
      known: false,
    },
    "of a resource that is named so": secret({ kmsKeyId: KEY }, "AmazonMSK_orders"),
    "of another stack, which is named so": (stack) =>
      stack.add(LIST, "orders", { secretArnLists: ["arn:aws:secretsmanager:eu-west-1:1:secret:AmazonMSK_a-AbCdEf"] }),
  },
  fail: {
    "without the prefix": { given: secret({ name: "orders", kmsKeyId: KEY }), says: /the secret orders does not begin with AmazonMSK_/ },
    "with the default key by its alias": {
      given: secret({ name: "AmazonMSK_a", kmsKeyId: "alias/aws/secretsmanager" }),
      known: false,
      says: /default key/,
    },
    "of another stack, which is not named so": {
      given: (stack) => stack.add(LIST, "orders", { secretArnLists: ["arn:aws:secretsmanager:eu-west-1:1:secret:orders-AbCdEf"] }),
      says: /orders-AbCdEf does not begin/,
    },
  },
  absent: {
    "without a key": { given: secret({ name: "AmazonMSK_orders" }), says: /has the default key of Secrets Manager/ },
    "without a name": { given: secret({ kmsKeyId: KEY }), says: /the secret orders does not begin/ },
  },
  unknown: {
    "while nobody knows whether it has a key": secret({ name: "AmazonMSK_orders", kmsKeyId: UNKNOWN }),
    "while the name is not known": secret({ name: UNKNOWN, kmsKeyId: KEY }),
    "while the secret is not known": (stack) => stack.add(SINGLE, "orders", { secretArn: UNKNOWN }),
  },
  mutations: {
    "Kafka clients are to sign in with a secret that is named as others": (stack) => {
      const cluster = stack.one("aws:msk/cluster:Cluster");
      stack.add(SINGLE, "legacy", { clusterArn: arn(cluster), secretArn: arn(stack.one(SECRET)) });
    },
    "one of several is named as others": (stack) => {
      const cluster = stack.one("aws:msk/cluster:Cluster");
      const names = { clusterArn: id(cluster), secretArnLists: [arn(stack.one(SECRET, "grafana"))] };
      stack.add(LIST, "legacy", names);
    },
  },
};
