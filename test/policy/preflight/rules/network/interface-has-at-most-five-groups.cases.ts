import { interfaceHasAtMostFiveGroups as rule } from "../../../../../policy/preflight/rules/network/interface-has-at-most-five-groups";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { id, type Inputs, type TestStack } from "../../../stack";

const LAMBDA = "aws:lambda/function:Function";

function groups(count: number, more: readonly string[] = []): Given {
  return (stack: TestStack) => {
    const made = Array.from({ length: count }, (_, index) => stack.add("aws:ec2/securityGroup:SecurityGroup", `group-${index}`));
    return stack.add(LAMBDA, "orders", { vpcConfig: { securityGroupIds: [...made.map(id), ...more] } });
  };
}

function lambda(inputs: Inputs): Given {
  return (stack) => stack.add(LAMBDA, "orders", inputs);
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with five groups": groups(5),
    "with five groups that are not made yet": { given: groups(5), known: false },
    "with one group twice": lambda({ vpcConfig: { securityGroupIds: ["sg-1", "sg-1", "sg-2", "sg-3", "sg-4", "sg-5"] } }),
    "with as many as its settings let it have": { given: groups(8), config: { most: 10 } },
  },
  fail: {
    "with six groups": { given: groups(6), says: /security groups of orders: it names 6 groups, of at most 5/ },
    "with six groups that are not made yet": { given: groups(6), known: false, says: /6 groups/ },
    "an endpoint with six groups": {
      given: (stack) => stack.add("aws:ec2/vpcEndpoint:VpcEndpoint", "logs", { securityGroupIds: ["a", "b", "c", "d", "e", "f"] }),
      says: /6 groups/,
    },
  },
  absent: { "without a group": { given: lambda({}), says: "nothing" } },
  unknown: {
    "while the list is not known": lambda({ vpcConfig: { securityGroupIds: UNKNOWN } }),
    "while one of six may be one of the others": lambda({ vpcConfig: { securityGroupIds: ["a", "b", "c", "d", "e", UNKNOWN] } }),
  },
  mutations: {
    "an endpoint has six groups": (stack) => {
      const groups = stack.all("aws:ec2/securityGroup:SecurityGroup").slice(0, 6);
      const endpoint = stack.one("aws:ec2/vpcEndpoint:VpcEndpoint", "network-kms");
      const own = endpoint.inputs["securityGroupIds"];
      stack.set(endpoint, "securityGroupIds", [
        ...(Array.isArray(own) ? own : []),
        ...groups.flatMap((group) => group.outputs?.["id"] ?? []),
      ]);
    },
  },
};
