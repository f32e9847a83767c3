import { bucketBlocksPublicAccess as rule } from "../../../../../policy/security/rules/objects/bucket-blocks-public-access";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { id, type Inputs } from "../../../stack";

const BUCKET = "aws:s3/bucket:Bucket";
const BLOCK = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
const ALL = { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true };

function bucket(flags?: Inputs): Given {
  return (stack) => {
    const made = stack.add(BUCKET, "orders");
    if (flags !== undefined) stack.add(BLOCK, "orders", { bucket: id(made), ...flags });
    return made;
  };
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with all four": bucket(ALL),
    "with all four, and not made yet": { given: bucket(ALL), known: false },
    "with all four as texts": bucket({ ...ALL, blockPublicAcls: "true" }),
    "when the account blocks": (stack) => {
      stack.add("aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock", "all", ALL);
      return stack.add(BUCKET, "orders");
    },
  },
  fail: {
    "with one turned off": {
      given: bucket({ ...ALL, restrictPublicBuckets: false }),
      says: /orders could be opened to the world: restrictPublicBuckets of its public access block is off/,
    },
    "when the account blocks only in part": {
      given: (stack) => {
        stack.add("aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock", "all", { ...ALL, ignorePublicAcls: false });
        return stack.add(BUCKET, "orders");
      },
      says: /no public access block/,
    },
  },
  absent: {
    "without a block": { given: bucket(), says: /it has no public access block/ },
    "with a block that leaves flags out": {
      given: bucket({ blockPublicAcls: true }),
      says: /blockPublicPolicy .*; ignorePublicAcls .*; restrict/,
    },
  },
  unknown: {
    "while a flag is not known": bucket({ ...ALL, blockPublicAcls: UNKNOWN }),
    "while it is not known whether the account blocks": (stack) => {
      stack.add("aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock", "all", { ...ALL, blockPublicAcls: UNKNOWN });
      return stack.add(BUCKET, "orders");
    },
    "while it is not known which bucket a block is for": (stack) => {
      stack.add(BLOCK, "orders", { bucket: UNKNOWN, ...ALL });
      return stack.add(BUCKET, "orders");
    },
  },
  mutations: {
    "a bucket has no block": (stack) => stack.remove(stack.one(BLOCK, "media-bucket")),
    "a bucket takes public policies": (stack) => stack.set(stack.one(BLOCK, "uploads-bucket"), "blockPublicPolicy", false),
  },
};
