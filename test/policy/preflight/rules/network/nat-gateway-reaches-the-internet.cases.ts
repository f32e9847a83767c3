import { natGatewayReachesTheInternet as rule } from "../../../../../policy/preflight/rules/network/nat-gateway-reaches-the-internet";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { id, type TestStack, TestNetwork } from "../../../stack";

const NAT = "aws:ec2/natGateway:NatGateway";

function inTier(tier: "public" | "private"): Given {
  return (stack: TestStack) => {
    const [subnet] = new TestNetwork(stack)[tier];
    return stack.add(NAT, "way-out", { ...(subnet && { subnetId: id(subnet) }) });
  };
}

export const cases: RuleCases = {
  rule,
  pass: {
    "in a public subnet": inTier("public"),
    "in a public subnet that is not made yet": { given: inTier("public"), known: false },
  },
  fail: {
    "in a private subnet": { given: inTier("private"), says: /way-out can't reach the internet: net-private-1 has no route/ },
    "in a private subnet that is not made yet": { given: inTier("private"), known: false, says: /no route to an internet gateway/ },
  },
  absent: {
    "of a private gateway, which leads to no internet": {
      given: (stack) => stack.add(NAT, "between", { subnetId: "subnet-1", connectivityType: "private" }),
      says: "nothing",
    },
  },
  unknown: {
    "while nobody can say which subnet it is in": (stack) => {
      new TestNetwork(stack);
      return stack.add(NAT, "way-out", { subnetId: UNKNOWN });
    },
  },
  mutations: {
    "a NAT gateway stands behind another": (stack) => {
      const gateway = stack.one(NAT);
      const subnet = stack.one("aws:ec2/subnet:Subnet", "private-2");
      stack.replace(gateway, {
        inputs: { ...gateway.inputs, subnetId: subnet.outputs?.["id"] ?? "" },
        propertyDependencies: { ...gateway.propertyDependencies, subnetId: [subnet.urn] },
      });
    },
  },
};
