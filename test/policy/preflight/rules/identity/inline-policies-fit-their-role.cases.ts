import { inlinePoliciesFitTheirRole as rule } from "../../../../../policy/preflight/rules/identity/inline-policies-fit-their-role";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { id, type TestStack } from "../../../stack";

const ROLE = "aws:iam/role:Role";
const POLICY = "aws:iam/rolePolicy:RolePolicy";

function policies(...documents: readonly string[]): Given {
  return (stack: TestStack) => {
    const role = stack.add(ROLE, "orders");
    documents.forEach((policy, index) => stack.add(POLICY, `policy-${index}`, { role: id(role), policy }));
    return role;
  };
}

function within(...documents: readonly string[]): Given {
  return (stack) => stack.add(ROLE, "orders", { inlinePolicies: documents.map((policy) => ({ name: "own", policy })) });
}

export const cases: RuleCases = {
  rule,
  pass: {
    "as much": policies("a".repeat(5120), "b".repeat(5120)),
    "as much, with spaces between": { given: policies("a ".repeat(10240)), known: false },
  },
  fail: {
    "one more": {
      given: policies("a".repeat(5120), "b".repeat(5121)),
      says: /inline policies of orders: 2 have 10241 characters, of at most 10240/,
    },
    "one more, beside one that is not known": { given: policies(UNKNOWN, "b".repeat(10241)), known: false, says: /10241/ },
    "one more in the role itself": { given: within("a".repeat(10241)), says: /1 have 10241/ },
  },
  absent: {
    "of policies": { given: policies(), says: "nothing" },
    "of the text of one, which is likely to be short": { given: policies(UNKNOWN, "b"), says: "nothing" },
  },
  unknown: {
    "while one is not known beside long ones": policies(UNKNOWN, "b".repeat(8000)),
    "while many are not known": policies(UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
  },
  silentWhileUnknown: {
    policy: "the text of nearly every policy names a resource that is not made yet",
    "inlinePolicies.0.policy": "the text of nearly every policy names a resource that is not made yet",
    "inlinePolicies.0": "as its policy",
    inlinePolicies: "as its policy",
  },
  mutations: {
    "the policies of a role grow past what it can hold": (stack) =>
      stack.edit(stack.one(POLICY, "storefront"), "policy", (document) => {
        if (typeof document !== "object" || document === null || Array.isArray(document)) return document;
        const own = document["Statement"];
        const more = Array.from({ length: 120 }, (_, index) => ({
          Sid: `More${index}`,
          Effect: "Allow",
          Action: "s3:GetObject",
          Resource: `arn:aws:s3:::storefront-pictures-of-products/${index}/*`,
        }));
        return { ...document, Statement: [...(Array.isArray(own) ? own : []), ...more] };
      }),
  },
};
