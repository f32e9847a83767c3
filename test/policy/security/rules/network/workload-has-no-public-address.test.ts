import assert from "node:assert/strict";
import { workloadHasNoPublicAddress as rule } from "../../../../../policy/security/rules/network/workload-has-no-public-address";
import { type StackResource, UNKNOWN } from "../../../../../policy/lib/resource";
import { id, type Input, type Inputs, TestNetwork, TestStack } from "../../../stack";
import { verdictOn } from "../../../verdicts";

function onService(networkConfiguration: Inputs): string {
  const stack = new TestStack();
  const network = new TestNetwork(stack);
  return verdictOn(rule, network.service("orders", network.group("orders"), 8080, networkConfiguration), stack.resources);
}

/** A group of instances and its launch template, in subnets that give public addresses or don't. */
function instances(
  networkInterfaces: Input,
  mapPublicIpOnLaunch: Input,
  mixed = false,
): { verdict: (resource: StackResource) => string; template: StackResource; group: StackResource } {
  const stack = new TestStack();
  const subnet = stack.add("aws:ec2/subnet:Subnet", "a", { mapPublicIpOnLaunch });
  const template = stack.add("aws:ec2/launchTemplate:LaunchTemplate", "nodes", { networkInterfaces });
  const group = stack.add("aws:autoscaling/group:Group", "nodes", {
    vpcZoneIdentifiers: [id(subnet)],
    ...(mixed
      ? { mixedInstancesPolicy: { launchTemplate: { launchTemplateSpecification: { launchTemplateId: id(template) } } } }
      : { launchTemplate: { id: id(template) } }),
  });
  return { template, group, verdict: (resource) => verdictOn(rule, resource, stack.resources) };
}

describe("no task or instance has a public address: tasks", () => {
  it("pass without one; absent is without", () => {
    assert.equal(onService({ assignPublicIp: false }), "pass");
    assert.equal(onService({}), "pass");
  });

  it("fail with one, services and schedules alike", () => {
    assert.equal(onService({ assignPublicIp: true }), "fail: orders-service gets a public address, by networkConfiguration.assignPublicIp");
    const schedule = new TestStack().add("aws:scheduler/schedule:Schedule", "nightly", {
      target: { ecsParameters: { networkConfiguration: { assignPublicIp: true, subnets: [] } } },
    });
    assert.match(verdictOn(rule, schedule), /^fail: nightly gets a public address/);
  });

  it("are not evaluated when unknown", () => {
    assert.equal(onService({ assignPublicIp: UNKNOWN }), "not evaluated: whether it has a public address is not known");
  });
});

describe("no task or instance has a public address: instances", () => {
  it("pass when the launch template says no, whatever their subnets say", () => {
    const { verdict, template, group } = instances([{ associatePublicIpAddress: "false" }], true);
    assert.deepEqual([verdict(template), verdict(group)], ["pass", "pass"]);
  });

  it("fail when the launch template says yes, also in a mix of instances", () => {
    for (const mixed of [false, true]) {
      const { verdict, template, group } = instances([{}, { associatePublicIpAddress: "true" }], false, mixed);
      assert.match(verdict(template), /^fail: nodes gets a public address/);
      assert.match(verdict(group), /^fail/);
    }
  });

  it("go by their subnets where the template is silent: then the template has no fault", () => {
    for (const interfaces of [null, [{ deviceIndex: 0 }]]) {
      const open = instances(interfaces, true);
      assert.match(open.verdict(open.group), /^fail/);
      assert.equal(open.verdict(open.template), "pass");
      const closed = instances(interfaces, null);
      assert.equal(closed.verdict(closed.group), "pass");
    }
  });

  it("are not evaluated when the template or the subnets that decide are not known", () => {
    for (const interfaces of [UNKNOWN, [UNKNOWN], [{ associatePublicIpAddress: UNKNOWN }]]) {
      const { verdict, template, group } = instances(interfaces, false);
      assert.match(verdict(template), /^not evaluated/);
      assert.match(verdict(group), /^not evaluated/);
    }
    const { verdict, group } = instances(null, UNKNOWN);
    assert.match(verdict(group), /^not evaluated/);
  });

  it("are read one by one, too", () => {
    const instance = (inputs: Inputs): string => verdictOn(rule, new TestStack().add("aws:ec2/instance:Instance", "bastion", inputs));
    assert.match(instance({ associatePublicIpAddress: true }), /^fail: bastion/);
    assert.equal(instance({ associatePublicIpAddress: false }), "pass");
  });

  it("leave load balancers and stores to other rules", () => {
    const balancer = new TestStack().add("aws:lb/loadBalancer:LoadBalancer", "edge", { internal: false });
    assert.equal(verdictOn(rule, balancer), "nothing");
  });
});
