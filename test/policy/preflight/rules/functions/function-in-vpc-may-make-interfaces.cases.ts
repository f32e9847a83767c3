import { functionInVpcMayMakeInterfaces as rule } from "../../../../../policy/preflight/rules/functions/function-in-vpc-may-make-interfaces";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { arn, id, type Inputs, type TestStack } from "../../../stack";

const LAMBDA = "aws:lambda/function:Function";
const ROLE = "aws:iam/role:Role";
const VPC = { vpcConfig: { subnetIds: ["subnet-1"] } };
const NEEDED = ["ec2:CreateNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DeleteNetworkInterface"];

function document(action: unknown): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: action, Resource: "*" }] });
}

/** A function whose role has what `give` gives it. */
function lambda(give: (stack: TestStack, role: ReturnType<TestStack["add"]>) => unknown, role: Inputs = {}, inputs: Inputs = VPC): Given {
  return (stack) => {
    const made = stack.add(ROLE, "orders", role);
    give(stack, made);
    return stack.add(LAMBDA, "orders", { role: arn(made), ...inputs });
  };
}

function inline(action: unknown): Given {
  return lambda((stack, role) => stack.add("aws:iam/rolePolicy:RolePolicy", "orders", { role: id(role), policy: document(action) }));
}

function attached(policyArn: string): Given {
  return lambda((stack, role) => stack.add("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "orders", { role: id(role), policyArn }));
}

const managed = (name: string): string => `arn:aws:iam::aws:policy/service-role/${name}`;

export const cases: RuleCases = {
  rule,
  pass: {
    "by the policy of AWS": attached(managed("AWSLambdaVPCAccessExecutionRole")),
    "by the policy of AWS, before the role is made": { given: attached(managed("AWSLambdaVPCAccessExecutionRole")), known: false },
    "by a policy of its own": inline(NEEDED),
    "by a policy of its own with a pattern": inline("ec2:*NetworkInterface*"),
    "by a policy of the stack": lambda((stack, role) => {
      const policy = stack.add("aws:iam/policy:Policy", "network", { policy: document(NEEDED) });
      return stack.add("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "orders", { role: id(role), policyArn: arn(policy) });
    }),
    "by a list in the role": lambda(() => undefined, { managedPolicyArns: [managed("AWSLambdaVPCAccessExecutionRole")] }),
  },
  fail: {
    "with the basic policy only": {
      given: attached(managed("AWSLambdaBasicExecutionRole")),
      known: false,
      says: /orders does not allow ec2:CreateNetworkInterface/,
    },
    "with two of three actions": { given: inline(NEEDED.slice(0, 2)), says: /does not allow ec2:DeleteNetworkInterface/ },
  },
  absent: {
    "of any policy": { given: lambda(() => undefined), says: /orders can't be put into its VPC: orders does not allow/ },
    "of a VPC": { given: lambda(() => undefined, {}, {}), says: "nothing" },
    "of a role of the stack": {
      given: (stack) => stack.add(LAMBDA, "orders", { role: "arn:aws:iam::1:role/other", ...VPC }),
      says: "nothing",
    },
  },
  unknown: {
    "while it is not known which actions a policy allows": lambda((stack, role) =>
      stack.add("aws:iam/rolePolicy:RolePolicy", "orders", {
        role: id(role),
        policy: { Statement: { Effect: "Allow", Action: [UNKNOWN], Resource: "*" } },
      }),
    ),
    "while it is not known of which role the policy is": lambda((stack) =>
      stack.add("aws:iam/rolePolicy:RolePolicy", "orders", { role: UNKNOWN, policy: document(NEEDED) }),
    ),
    "while a policy of it is not known": lambda((stack, role) =>
      stack.add("aws:iam/rolePolicy:RolePolicy", "orders", { role: id(role), policy: UNKNOWN }),
    ),
    "with a policy that nobody here knows": attached("arn:aws:iam::123456789012:policy/network"),
    "while nobody can say which role it is": (stack) => stack.add(LAMBDA, "orders", { role: UNKNOWN, ...VPC }),
  },
  mutations: {
    "the policy of a function in the VPC allows another action": (stack) =>
      stack.edit(
        stack.one("aws:iam/rolePolicy:RolePolicy", "log-shipper-function"),
        "policy",
        (found) => JSON.parse(JSON.stringify(found).replace("ec2:CreateNetworkInterface", "ec2:DescribeVpcs")) as typeof found,
      ),
  },
};
