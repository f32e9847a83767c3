import { interfaceEndpointHasUsers as rule } from "../../../../policy/cost/rules/interface-endpoint-has-users";
import { UNKNOWN } from "../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../cases";
import { id, type Input, TestNetwork } from "../../stack";

const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";

/** An endpoint beside a service; `reached`: the groups of both let them speak. */
function endpoint(reached: boolean, groups?: Input, vpcEndpointType: Input = "Interface"): Given {
  return (stack) => {
    const net = new TestNetwork(stack);
    const [client, own] = [net.group("orders"), net.group("endpoint")];
    net.service("orders", client);
    if (reached) net.allow(client, own, 443);
    return stack.add(ENDPOINT, "ecr", {
      vpcEndpointType,
      subnetIds: net.private.map(id),
      securityGroupIds: groups ?? [id(own)],
      vpcId: id(net.vpc),
    });
  };
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with a service that reaches it": endpoint(true),
    "with a service that reaches it and is not made yet": { given: endpoint(true), known: false },
  },
  fail: {
    "with a group that lets nobody in": { given: endpoint(false), says: /no workload in the stack can reach the endpoint ecr/ },
  },
  absent: {
    "with a stack of a network alone": {
      given: (stack) => {
        const net = new TestNetwork(stack);
        return stack.add(ENDPOINT, "ecr", {
          vpcEndpointType: "Interface",
          subnetIds: net.private.map(id),
          securityGroupIds: [id(net.group("e"))],
        });
      },
      says: "nothing",
    },
    "with a gateway, which is a route": {
      given: (stack) => stack.add(ENDPOINT, "s3", { vpcId: "vpc-1", serviceName: "com.amazonaws.us-east-1.s3" }),
      says: "nothing",
    },
  },
  unknown: {
    "while its groups are not known": endpoint(false, UNKNOWN),
    "while its type is not known": endpoint(false, undefined, UNKNOWN),
  },
  mutations: {
    "an endpoint has a group that lets nobody in": (stack) => {
      const closed = stack.add("aws:ec2/securityGroup:SecurityGroup", "closed", {
        description: "Lets nobody in",
        vpcId: stack.one("aws:ec2/vpc:Vpc").outputs?.["id"] ?? null,
      });
      stack.set(stack.one(ENDPOINT, "kms"), "securityGroupIds", ["closed-id"]);
      if (closed.outputs?.["id"] !== "closed-id") throw new Error("the group has another id");
    },
  },
};
