import { tableReplicaIsKeptLikeItsTable as rule } from "../../../../../policy/security/rules/databases/table-replica-is-kept-like-its-table";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { arn } from "../../../stack";
import { given, givenInDev } from "../given";

const TABLE = "aws:dynamodb/table:Table";
const REPLICA = "aws:dynamodb/tableReplica:TableReplica";
const KEY = "arn:aws:kms:eu-west-1:1:key/a";

export const cases: RuleCases = {
  rule,
  pass: {
    "in the table": given(TABLE, { replicas: [{ regionName: "eu-west-1", pointInTimeRecovery: true, kmsKeyArn: KEY }] }),
    "by itself, with a key of the stack": {
      given: (stack) => stack.add(REPLICA, "orders", { pointInTimeRecovery: "true", kmsKeyArn: arn(stack.add("aws:kms/key:Key", "eu")) }),
      known: false,
    },
  },
  fail: {
    "the second of two": {
      given: given(TABLE, {
        replicas: [
          { regionName: "eu-west-1", pointInTimeRecovery: true, kmsKeyArn: KEY },
          { regionName: "eu-west-2", pointInTimeRecovery: false, kmsKeyArn: KEY },
        ],
      }),
      says: /orders is kept worse than its table: replicas\[1\].pointInTimeRecovery is off/,
    },
    "under the key of DynamoDB": {
      given: given(REPLICA, { pointInTimeRecovery: true, kmsKeyArn: "alias/aws/dynamodb" }),
      says: /names no customer key/,
    },
  },
  absent: {
    "without either, which is neither": { given: given(REPLICA), says: /pointInTimeRecovery is off; kmsKeyArn names no customer key/ },
    "without replicas": { given: given(TABLE, { replicas: [] }), says: "nothing" },
    "in an environment that is not durable": { given: givenInDev(REPLICA), says: "nothing" },
  },
  unknown: {
    "while the replicas are not known": given(TABLE, { replicas: UNKNOWN }),
    "while recovery is not known": given(REPLICA, { pointInTimeRecovery: UNKNOWN, kmsKeyArn: KEY }),
    "while the key is not known": given(REPLICA, { pointInTimeRecovery: true, kmsKeyArn: UNKNOWN }),
  },
  mutations: {
    "a table with a stream is copied to another region without recovery": (stack) => {
      stack.set(stack.one(TABLE, "payments"), "streamEnabled", true);
      stack.set(stack.one(TABLE, "payments"), "streamViewType", "NEW_AND_OLD_IMAGES");
      stack.set(stack.one(TABLE, "payments"), "replicas", [{ regionName: "us-west-2", kmsKeyArn: KEY }]);
    },
    "a table is copied to another region without recovery": {
      change: (stack) => stack.set(stack.one(TABLE, "payments"), "replicas", [{ regionName: "us-west-2", kmsKeyArn: KEY }]),
      also: ["table-stream-is-complete"],
    },
  },
};
