import { storeIsEncrypted as rule } from "../../../../../policy/security/rules/stores/store-is-encrypted";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Inputs } from "../../../stack";

const INSTANCE = "aws:rds/instance:Instance";
const TABLE = "aws:dynamodb/table:Table";
const KEY = "arn:aws:kms:us-east-1:111122223333:key/0";

function store(type: string, inputs: Inputs): Given {
  return (stack) => stack.add(type, "orders", inputs);
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with a customer key": store(INSTANCE, { storageEncrypted: true, kmsKeyId: KEY }),
    "with a key of AWS where its settings allow that": {
      given: store(INSTANCE, { storageEncrypted: true }),
      config: { customerKey: false },
    },
  },
  fail: {
    "when it is off": { given: store(INSTANCE, { storageEncrypted: false, kmsKeyId: KEY }), says: /it is not encrypted at rest/ },
    "with a key of AWS": { given: store(INSTANCE, { storageEncrypted: true, kmsKeyId: "alias/aws/rds" }), says: /its key is one of AWS/ },
  },
  absent: {
    "of RDS, which does not encrypt": { given: store(INSTANCE, { kmsKeyId: KEY }), says: /it is not encrypted at rest/ },
    "of DynamoDB, which takes a key of its own": { given: store(TABLE, {}), says: /its key is one of AWS/ },
  },
  unknown: {
    "while the switch is not known": store(INSTANCE, { storageEncrypted: UNKNOWN, kmsKeyId: KEY }),
    "while nobody can say whose key it is": store(INSTANCE, { storageEncrypted: true, kmsKeyId: UNKNOWN }),
  },
  mutations: {
    "a table has a key of AWS": (stack) => stack.set(stack.one(TABLE, "sessions"), ["serverSideEncryption", "kmsKeyArn"], undefined),
    "the cache has a key of AWS": (stack) =>
      stack.set(stack.one("aws:elasticache/replicationGroup:ReplicationGroup"), "kmsKeyId", undefined),
    "the broker has a key of AWS": (stack) => stack.set(stack.one("aws:mq/broker:Broker"), "encryptionOptions", undefined),
  },
};
