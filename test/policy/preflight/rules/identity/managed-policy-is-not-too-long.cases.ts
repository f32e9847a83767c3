import { managedPolicyIsNotTooLong as rule } from "../../../../../policy/preflight/rules/identity/managed-policy-is-not-too-long";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Input } from "../../../stack";

const POLICY = "aws:iam/policy:Policy";

function policy(document: Input): Given {
  return (stack) => stack.add(POLICY, "orders", { policy: document });
}

export const cases: RuleCases = {
  rule,
  pass: {
    "as long": policy("a".repeat(6144)),
    "as long, with spaces between": policy("a \n".repeat(6144)),
    "an object": policy({ Version: "2012-10-17" }),
  },
  fail: { "one more": { given: policy("a".repeat(6145)), says: /IAM refuses orders: policy has 6145 characters, of at most 6144/ } },
  absent: { "of a document, which another rule speaks of": { given: policy(null), says: "pass" } },
  unknown: { "while it is not known": policy(UNKNOWN) },
  mutations: {
    "a managed policy names every object by itself": (stack) =>
      stack.edit(stack.one(POLICY), "policy", (document) => {
        if (typeof document !== "object" || document === null || Array.isArray(document)) return document;
        const own = document["Statement"];
        const more = Array.from({ length: 80 }, (_, index) => ({
          Effect: "Allow",
          Action: "s3:GetObject",
          Resource: `arn:aws:s3:::storefront-pictures-of-products/${index}/*`,
        }));
        return { ...document, Statement: [...(Array.isArray(own) ? own : []), ...more] };
      }),
  },
};
