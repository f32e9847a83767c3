import assert from "node:assert/strict";
import { UNKNOWN } from "../../../../policy/lib/resource";
import { id, type Inputs, type TestStack } from "../../stack";
import { dollars, east, priceIn, unknown, unpriced } from "./fixture";

const endpoint = (inputs: Inputs) => (stack: TestStack) => stack.add("aws:ec2/vpcEndpoint:VpcEndpoint", "ecr", inputs);
const balancer = (inputs: Inputs) => (stack: TestStack) => stack.add("aws:lb/loadBalancer:LoadBalancer", "front", inputs);

describe("what the network costs", () => {
  it("is 0.005 $ an hour of a public address", () => {
    assert.deepEqual(
      east((stack) => stack.add("aws:ec2/eip:Eip", "nat")),
      { "public IPv4 address": 3.65 },
    );
  });

  it("is 0.01 $ an hour of an interface endpoint in each zone, and nothing for a gateway", () => {
    const interfaces = { vpcEndpointType: "Interface" };
    assert.deepEqual(east(endpoint({ ...interfaces, subnetIds: ["a", "b", "c"] })), { "hours in each zone": 21.9 });
    assert.deepEqual(dollars(priceIn("eu-west-1", endpoint({ ...interfaces, subnetIds: ["a"] }))), { "hours in each zone": 8.03 });
    assert.deepEqual(east(endpoint({})), {});
    assert.deepEqual(east(endpoint({ vpcEndpointType: "Gateway" })), {});
    assert.deepEqual(unknown(endpoint({ ...interfaces, subnetIds: UNKNOWN })), ["hours in each zone: subnetIds"]);
    assert.deepEqual(unknown(endpoint({ vpcEndpointType: UNKNOWN })), ["hours in each zone: vpcEndpointType"]);
    assert.match(unpriced(endpoint({ vpcEndpointType: "GatewayLoadBalancer" })).join(), /no price/);
    const associated = (stack: TestStack) => {
      const found = endpoint(interfaces)(stack);
      const type = "aws:ec2/vpcEndpointSubnetAssociation:VpcEndpointSubnetAssociation";
      for (const subnetId of ["a", "b"]) stack.add(type, subnetId, { vpcEndpointId: id(found), subnetId });
      return found;
    };
    assert.deepEqual(east(associated), { "hours in each zone": 14.6 });
  });

  it("is the hours of a balancer and, where it faces the internet, an address in each zone", () => {
    assert.deepEqual(east(balancer({ subnets: ["a", "b"] })), { hours: 16.425, "public IPv4 addresses": 7.3 });
    assert.deepEqual(east(balancer({ internal: true, subnets: ["a", "b"] })), { hours: 16.425 });
    assert.deepEqual(east(balancer({ loadBalancerType: "network", subnetMappings: [{ subnetId: "a", allocationId: "e" }] })), {
      hours: 16.425,
    });
    assert.deepEqual(dollars(priceIn("eu-west-1", balancer({ internal: true }))), { hours: 18.396 });
    assert.match(unpriced(balancer({ internal: true, loadBalancerType: "gateway" })).join(), /gwlb/);
    assert.deepEqual(unknown(balancer({ internal: UNKNOWN })), ["public IPv4 addresses: internal"]);
    assert.deepEqual(
      east((stack) => stack.add("aws:elb/loadBalancer:LoadBalancer", "old", { internal: true })),
      { hours: 18.25 },
    );
  });

  it("is that of zones, attachments and tunnels", () => {
    assert.deepEqual(
      east((stack) => stack.add("aws:route53/zone:Zone", "shop")),
      { "hosted zone": 0.5 },
    );
    assert.deepEqual(
      east((stack) => stack.add("aws:ec2transitgateway/vpcAttachment:VpcAttachment", "hub")),
      { hours: 36.5 },
    );
    assert.deepEqual(
      east((stack) => stack.add("aws:ec2/vpnConnection:VpnConnection", "office")),
      { hours: 36.5 },
    );
  });
});
