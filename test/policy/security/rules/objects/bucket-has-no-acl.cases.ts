import { bucketHasNoAcl as rule } from "../../../../../policy/security/rules/objects/bucket-has-no-acl";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { id, type Inputs } from "../../../stack";

const BUCKET = "aws:s3/bucket:Bucket";
const ACL = "aws:s3/bucketAcl:BucketAcl";
const CONTROLS = "aws:s3/bucketOwnershipControls:BucketOwnershipControls";

function bucket(inputs: Inputs = {}): Given {
  return (stack) => stack.add(BUCKET, "orders", inputs);
}

function having(type: string, inputs: Inputs): Given {
  return (stack) => {
    const made = stack.add(BUCKET, "orders");
    stack.add(type, "orders", { bucket: id(made), ...inputs });
    return made;
  };
}

export const cases: RuleCases = {
  rule,
  pass: {
    "when its owner owns all objects": having(CONTROLS, { rule: { objectOwnership: "BucketOwnerEnforced" } }),
    "with a private ACL": having(ACL, { acl: "private" }),
    "with a reason": bucket({ acl: "log-delivery-write", tags: { "strata:because": "CloudFront writes its logs by ACL" } }),
  },
  fail: {
    "when writers own their objects": {
      given: having(CONTROLS, { rule: { objectOwnership: "ObjectWriter" } }),
      says: /orders has access control lists: objectOwnership is ObjectWriter/,
    },
    "when it is not made yet": {
      given: having(CONTROLS, { rule: { objectOwnership: "BucketOwnerPreferred" } }),
      known: false,
      says: /BucketOwnerPreferred/,
    },
    "with a public ACL": { given: having("aws:s3/bucketAclV2:BucketAclV2", { acl: "public-read" }), says: /acl is public-read/ },
    "with a public ACL of its own": { given: bucket({ acl: "public-read-write" }), says: /acl is public-read-write/ },
    "with a grant": {
      given: having(ACL, { accessControlPolicy: { grants: [{ permission: "READ" }], owner: { id: "x" } } }),
      says: /it has grants/,
    },
  },
  absent: { "without a word on it, when S3 takes no ACL": { given: bucket(), says: "pass" } },
  unknown: {
    "while its ACL is not known": having(ACL, { acl: UNKNOWN }),
    "while its ownership is not known": having(CONTROLS, { rule: UNKNOWN }),
    "while its tags are not known": bucket({ acl: "public-read", tags: UNKNOWN }),
  },
  mutations: {
    "a bucket takes ACLs again": (stack) => {
      const bucketOfMedia = stack.one(BUCKET, "media-bucket");
      stack.add(CONTROLS, "media", { bucket: id(bucketOfMedia), rule: { objectOwnership: "ObjectWriter" } });
    },
    "a bucket is readable for all by ACL": (stack) => stack.set(stack.one(BUCKET, "thumbnails-bucket"), "acl", "public-read"),
  },
};
