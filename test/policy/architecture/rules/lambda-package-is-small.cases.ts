import { lambdaPackageIsSmall as rule } from "../../../../policy/architecture/rules/lambda-package-is-small";
import { type Json, UNKNOWN } from "../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../cases";
import { type Inputs } from "../../stack";

const FUNCTION = "aws:lambda/function:Function";
const MIB = 1_024 * 1_024;

function lambda(inputs: Inputs): Given {
  return (stack) => stack.add(FUNCTION, "orders", inputs);
}

function code(mib: number): Json {
  return { assets: { "index.js": { bytes: mib * MIB, sha256: "00" } } };
}

export const cases: RuleCases = {
  rule,
  pass: {
    "up to its budget": lambda({ code: code(10) }),
    "up to the budget of its settings": { given: lambda({ code: code(12) }), config: { budgetMib: 20 } },
  },
  fail: { "past it": { given: lambda({ code: code(12.5) }), says: /the package of orders has 12.5 MiB, its budget is 10 MiB/ } },
  absent: { "of a package: it is an image": { given: lambda({ packageType: "Image", imageUri: "x" }), says: "nothing" } },
  unknown: { "while the package is not known": lambda({ code: UNKNOWN }), "when it is in a bucket": lambda({ s3Bucket: "b", s3Key: "k" }) },
  mutations: {
    "a function brings the SDK of everything": (stack) => stack.set(stack.one(FUNCTION, "notifications"), "code", code(48)),
  },
};
