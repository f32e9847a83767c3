import { bucketHasOneNotification as rule } from "../../../../../policy/preflight/rules/functions/bucket-has-one-notification";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { id, type TestStack } from "../../../stack";

const NOTIFICATION = "aws:s3/bucketNotification:BucketNotification";

function two(buckets: 1 | 2): Given {
  return (stack: TestStack) => {
    const one = stack.add("aws:s3/bucket:Bucket", "uploads");
    const other = buckets === 1 ? one : stack.add("aws:s3/bucketV2:BucketV2", "reports");
    stack.add(NOTIFICATION, "first", { bucket: id(one) });
    return stack.add(NOTIFICATION, "second", { bucket: id(other) });
  };
}

export const cases: RuleCases = {
  rule,
  pass: { "of two buckets": two(2), "of two buckets that are not made yet": { given: two(2), known: false } },
  fail: {
    "of one bucket": { given: two(1), says: /second overwrites first, which is of the same bucket/ },
    "of one bucket that is not made yet": { given: two(1), known: false, says: /second overwrites first/ },
    "of one bucket from outside": {
      given: (stack) => {
        stack.add(NOTIFICATION, "first", { bucket: "uploads" });
        return stack.add(NOTIFICATION, "second", { bucket: "uploads" });
      },
      says: /second overwrites first/,
    },
  },
  absent: { "of any other": { given: (stack) => stack.add(NOTIFICATION, "only", { bucket: "uploads" }), says: "pass" } },
  unknown: {
    "while the bucket is not known": (stack) => stack.add(NOTIFICATION, "first", { bucket: UNKNOWN }),
    "while the bucket of another one is not known": (stack) => {
      stack.add(NOTIFICATION, "first", { bucket: UNKNOWN });
      return stack.add(NOTIFICATION, "second", { bucket: "uploads" });
    },
  },
  mutations: {
    "a second notification is made for a bucket": (stack) =>
      stack.add(NOTIFICATION, "uploads-too", {
        bucket: stack.one("aws:s3/bucket:Bucket", "uploads").outputs?.["id"] ?? "",
        eventbridge: true,
      }),
  },
};
