import { UNKNOWN } from "../../../../../policy/lib/resource";
import { bucketNameIsValid as rule } from "../../../../../policy/preflight/rules/databases/bucket-name-is-valid";
import { type RuleCases } from "../../../cases";
import { like } from "../../given";

const BUCKET = "aws:s3/bucket:Bucket";
const bucket = like(BUCKET, {});

export const cases: RuleCases = {
  rule,
  pass: {
    "with small letters, digits and hyphens": bucket({ bucket: "orders-files-1" }),
    "with dots": bucket({ bucket: "files.example.com" }),
    "with a prefix": bucket({ bucketPrefix: "orders-" }),
    "under the older name": like("aws:s3/bucketV2:BucketV2", { bucket: "orders" })(),
  },
  fail: {
    "with capitals": { given: bucket({ bucket: "OrdersFiles" }), says: /bucket is "OrdersFiles", which has other than small letters/ },
    "with an underscore": { given: bucket({ bucket: "orders_files" }), says: /orders_files/ },
    "with two characters": { given: bucket({ bucket: "ab" }), says: /has 2 characters/ },
    "with a hyphen last": { given: bucket({ bucket: "orders-" }), says: /no letter or digit at an end/ },
    "with two dots": { given: bucket({ bucket: "a..b" }), says: /single dots/ },
    "that looks like an address": { given: bucket({ bucket: "192.168.5.4" }), says: /looks like an address/ },
    "with an ending of S3's own": { given: bucket({ bucket: "orders-s3alias" }), says: /ends with -s3alias/ },
    "with a prefix that leaves too little": { given: bucket({ bucketPrefix: `${"a".repeat(40)}-` }), says: /67 characters/ },
  },
  absent: { "without a name, which is made up": { given: bucket(), says: "pass" } },
  unknown: { "while it is not known": bucket({ bucket: UNKNOWN }) },
  mutations: {
    "a bucket is named with an underscore": {
      change: (stack) => stack.set(stack.one(BUCKET, "visibility-files"), "bucketPrefix", "visibility_files-"),
    },
  },
};
