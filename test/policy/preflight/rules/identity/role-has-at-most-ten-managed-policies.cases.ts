import { roleHasAtMostTenManagedPolicies as rule } from "../../../../../policy/preflight/rules/identity/role-has-at-most-ten-managed-policies";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { arn, id, type TestStack } from "../../../stack";

const ROLE = "aws:iam/role:Role";
const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";

/** A role with so many policies of the stack attached, and these listed in it. */
function role(attached: number, managedPolicyArns: readonly string[] = []): Given {
  return (stack: TestStack) => {
    const made = stack.add(ROLE, "orders", { managedPolicyArns });
    for (let index = 0; index < attached; index += 1) {
      const policy = stack.add("aws:iam/policy:Policy", `policy-${index}`);
      stack.add(ATTACHMENT, `policy-${index}`, { role: id(made), policyArn: arn(policy) });
    }
    return made;
  };
}

export const cases: RuleCases = {
  rule,
  pass: {
    ten: role(10),
    "ten that are not made yet": { given: role(10), known: false },
    "one twice": {
      given: (stack) => {
        const made = role(9, ["arn:aws:iam::aws:policy/ReadOnlyAccess"])(stack);
        stack.add(ATTACHMENT, "again", { role: id(made), policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" });
        return made;
      },
    },
    "twelve, with a quota that was raised": { given: role(12), config: { most: 20 } },
  },
  fail: {
    eleven: { given: role(11), says: /managed policies of orders: 11 are attached, of at most 10/ },
    "eleven that are not made yet": { given: role(11), known: false, says: /11 are attached/ },
    "ten and one in the role itself": { given: role(10, ["arn:aws:iam::aws:policy/ReadOnlyAccess"]), says: /11 are attached/ },
  },
  absent: { "of policies": { given: (stack) => stack.add(ROLE, "orders"), says: "nothing" } },
  unknown: {
    "while the list of the role is not known": (stack) => stack.add(ROLE, "orders", { managedPolicyArns: UNKNOWN }),
    "while the list of the role is not known, besides a policy": (stack) => {
      const made = stack.add(ROLE, "orders", { managedPolicyArns: UNKNOWN });
      stack.add(ATTACHMENT, "read", { role: id(made), policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" });
      return made;
    },
    "while one of eleven is not known": role(10, [UNKNOWN]),
    "while the role of the eleventh is not known": (stack) => {
      const made = role(10)(stack);
      stack.add(ATTACHMENT, "read", { role: UNKNOWN, policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" });
      return made;
    },
  },
  mutations: {
    "a role has eleven policies of AWS": (stack) => {
      const found = stack.one(ROLE, "thumbnails");
      const policies = [
        "Basic",
        "DynamoDB",
        "Kinesis",
        "SQSQueue",
        "MSK",
        "VPCAccess",
        "Durable",
        "DocumentDB",
        "Traces",
        "Events",
        "Files",
      ];
      for (const name of policies)
        stack.add(ATTACHMENT, `more-${name}`, {
          role: found.outputs?.["name"] ?? found.outputs?.["id"] ?? "",
          policyArn: `arn:aws:iam::aws:policy/service-role/AWSLambda${name}ExecutionRole`,
        });
    },
  },
};
