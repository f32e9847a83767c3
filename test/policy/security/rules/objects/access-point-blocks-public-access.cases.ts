import { accessPointBlocksPublicAccess as rule } from "../../../../../policy/security/rules/objects/access-point-blocks-public-access";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Inputs } from "../../../stack";

const POINT = "aws:s3/accessPoint:AccessPoint";
const ALL = { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true };

function point(inputs: Inputs): Given {
  return (stack) => stack.add(POINT, "orders", inputs);
}

export const cases: RuleCases = {
  rule,
  pass: { "with all four": point({ publicAccessBlockSettings: ALL }) },
  fail: {
    "with one turned off": {
      given: point({ publicAccessBlockSettings: { ...ALL, blockPublicPolicy: false } }),
      says: /orders .*blockPublicPolicy is off/,
    },
    "of several regions, with one turned off": {
      given: (stack) =>
        stack.add("aws:s3control/multiRegionAccessPoint:MultiRegionAccessPoint", "orders", {
          details: { name: "orders", publicAccessBlock: { ignorePublicAcls: false }, regions: [] },
        }),
      says: /ignorePublicAcls is off/,
    },
  },
  absent: { "without a word on it, when S3 blocks": { given: point({}), says: "pass" } },
  unknown: { "while its settings are not known": point({ publicAccessBlockSettings: UNKNOWN }) },
  mutations: {
    "an access point is open": (stack) =>
      stack.add(POINT, "media", {
        bucket: "media",
        publicAccessBlockSettings: { ...ALL, blockPublicPolicy: false, restrictPublicBuckets: false },
      }),
  },
};
