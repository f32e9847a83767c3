import { bucketLogsAccess as rule } from "../../../../../policy/security/rules/objects/bucket-logs-access";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { admit, documentOf } from "../../../documents";
import { id, type Inputs } from "../../../stack";

const BUCKET = "aws:s3/bucket:Bucket";
const LOGGING = "aws:s3/bucketLogging:BucketLogging";

function bucket(inputs: Inputs = {}): Given {
  return (stack) => stack.add(BUCKET, "orders", inputs);
}

export const cases: RuleCases = {
  rule,
  pass: {
    "when it logs": {
      given: (stack) => {
        const made = stack.add(BUCKET, "orders");
        stack.add(LOGGING, "orders", { bucket: id(made), targetBucket: id(stack.add(BUCKET, "logs")) });
        return made;
      },
      known: false,
    },
    "when it logs in the older way": bucket({ logging: { targetBucket: "logs" } }),
    "with a reason": bucket({ tags: { "strata:because": "Holds nothing but test data" } }),
  },
  fail: {
    "with an empty reason": { given: bucket({ tags: { "strata:because": "" } }), says: /orders does not log who reads and writes it/ },
  },
  absent: {
    "without logging, when S3 keeps no log": { given: bucket(), says: /it has no BucketLogging/ },
    "of the bucket that others log to": {
      given: (stack) => {
        const logs = stack.add(BUCKET, "logs");
        stack.add(LOGGING, "orders", { bucket: id(stack.add(BUCKET, "orders")), targetBucket: id(logs) });
        return logs;
      },
      says: "nothing",
    },
    "of the bucket that a load balancer logs to": {
      given: (stack) => {
        const logs = stack.add(BUCKET, "logs");
        const policy = documentOf(admit({ Service: "logdelivery.elasticloadbalancing.amazonaws.com" }, "s3:PutObject"));
        stack.add("aws:s3/bucketPolicy:BucketPolicy", "logs", { bucket: id(logs), policy });
        return logs;
      },
      says: "nothing",
    },
  },
  unknown: {
    "while its logging is not known": bucket({ logging: UNKNOWN }),
    "while its tags are not known": bucket({ tags: UNKNOWN }),
    "while its policy is not known": (stack) => {
      const made = stack.add(BUCKET, "orders");
      stack.add("aws:s3/bucketPolicy:BucketPolicy", "orders", { bucket: id(made), policy: UNKNOWN });
      return made;
    },
  },
  mutations: { "a bucket does not log": (stack) => stack.remove(stack.one(LOGGING, "media-bucket")) },
};
