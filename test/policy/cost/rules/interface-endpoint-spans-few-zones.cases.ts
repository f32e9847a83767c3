import { interfaceEndpointSpansFewZones as rule } from "../../../../policy/cost/rules/interface-endpoint-spans-few-zones";
import { UNKNOWN } from "../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../cases";
import { type Input, type Inputs } from "../../stack";

const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";

function endpoint(inputs: Inputs, durable: Input = false): Given {
  return (stack) =>
    stack.add(ENDPOINT, "ecr", { vpcEndpointType: "Interface", ...inputs }, stack.add("strata:stacks:Platform", "dev", { durable }));
}

export const cases: RuleCases = {
  rule,
  pass: {
    "in one zone": endpoint({ subnetIds: ["a"] }),
    "with a tag that says why": endpoint({ subnetIds: ["a", "b"], tags: { "strata:because": "it is what is tested" } }),
  },
  fail: {
    "in three zones": { given: endpoint({ subnetIds: ["a", "b", "c"] }), says: /ecr is paid for in several zones: it has 3 subnetIds/ },
    "where the settings say that the stack is not durable": {
      given: (stack) => stack.add(ENDPOINT, "ecr", { vpcEndpointType: "Interface", subnetIds: ["a", "b"] }),
      config: { durable: false },
      says: /2 subnetIds/,
    },
  },
  absent: {
    "in a durable environment": { given: endpoint({ subnetIds: ["a", "b"] }, true), says: "nothing" },
    "where nothing says that a stack is not durable": {
      given: (stack) => stack.add(ENDPOINT, "ecr", { vpcEndpointType: "Interface", subnetIds: ["a", "b"] }),
      says: "nothing",
    },
    "with a gateway, which is the default": {
      given: (stack) => stack.add(ENDPOINT, "s3", {}, stack.add("strata:stacks:Platform", "dev", { durable: false })),
      says: "nothing",
    },
    "without subnets": { given: endpoint({}), says: "pass" },
  },
  unknown: {
    "while its subnets are not known": endpoint({ subnetIds: UNKNOWN }),
    "while its type is not known": endpoint({ vpcEndpointType: UNKNOWN, subnetIds: ["a", "b"] }),
    "while it is not known whether the environment is durable": endpoint({ subnetIds: ["a", "b"] }, UNKNOWN),
  },
  mutations: {
    "a network for trying things has endpoints in all zones": (stack) => {
      const scratch = stack.add("strata:network:Network", "scratch", { durable: false }, stack.one("strata:stacks:Platform"));
      stack.replace(stack.one(ENDPOINT, "kms"), { parent: scratch.urn });
    },
  },
};
