import assert from "node:assert/strict";
import { AllocateAddressCommand, CreateVpcCommand, EC2Client } from "@aws-sdk/client-ec2";
import { identityCheck, quotaChecks } from "../../../automation/setup/account";
import { type QuotaNeed, quotaNeeds } from "../../../automation/setup/quotas";
import { type Properties } from "../../../plan/graph";
import { withMoto } from "../../services/moto";

const STACK = { project: "strata", stack: "dev" };
const VPCS: QuotaNeed = { what: "VPCs", service: "vpc", quota: /^VPCs per Region$/, needs: 1 };

function resource(type: string, inputs: Properties = {}): { readonly type: string; readonly inputs: Properties } {
  return { type, inputs };
}

describe("the quotas that a plan needs", () => {
  it("are counted from its resources", () => {
    const needs = quotaNeeds([
      resource("aws:ec2/vpc:Vpc"),
      resource("aws:ec2/eip:Eip"),
      resource("aws:ec2/eip:Eip"),
      resource("aws:ec2/natGateway:NatGateway", { subnetId: "a" }),
      resource("aws:ec2/natGateway:NatGateway", { subnetId: "b" }),
      resource("aws:ec2/vpcEndpoint:VpcEndpoint", { vpcEndpointType: "Gateway" }),
      resource("aws:msk/cluster:Cluster", { numberOfBrokerNodes: 3 }),
    ]);
    assert.deepEqual(Object.fromEntries(needs.map(({ what, needs: count }) => [what, count])), {
      VPCs: 1,
      "Elastic IP addresses": 2,
      "NAT gateways in a zone": 1,
      "MSK brokers": 3,
    });
  });

  it("count vCPUs at their most: the largest type that a group may start, as often as it may", () => {
    const overrides = [{ instanceType: "m7g.large" }, { instanceType: "m7g.xlarge" }];
    const group = resource("aws:autoscaling/group:Group", { maxSize: 5, mixedInstancesPolicy: { launchTemplate: { overrides } } });
    const nodes = resource("aws:eks/nodeGroup:NodeGroup", { instanceTypes: ["m7g.large"], scalingConfig: { maxSize: 3 } });
    const [vcpus] = quotaNeeds([group, nodes]);
    assert.deepEqual(vcpus && [vcpus.what, vcpus.needs], ["vCPUs of instances", 5 * 4 + 3 * 2]);
  });
});

describe("what the doctor asks AWS", () => {
  const moto = withMoto();
  const account = { accountId: "123456789012", region: "us-east-1" };
  const access = () => ({ endpoint: moto().url, credentials: moto().client.credentials });

  it("is content with the account of the stack file", async () => {
    const { verdict, found } = await identityCheck(account, access());
    assert.equal(verdict, "fine");
    assert.match(found, /^arn:aws:sts::123456789012:.* in us-east-1$/);
  });

  it("names both accounts when they differ, and says what to do", async () => {
    const { verdict, found, mend } = await identityCheck({ ...account, accountId: "111122223333" }, access());
    assert.equal(verdict, "wrong");
    assert.match(found, /^account 123456789012 .*, and the stack file has 111122223333$/);
    assert.match(mend ?? "", /assumeRole/);
  });

  it("does not take silence for an answer", async () => {
    const { verdict, found } = await identityCheck(account, { ...access(), endpoint: "http://127.0.0.1:1" });
    assert.equal(verdict, "unknown");
    assert.match(found, /^not checked: .*ECONNREFUSED/);
  });

  it("counts what others use of a quota, and not what the environment itself has", async () => {
    const ec2 = new EC2Client(moto().client);
    const check = async (): Promise<{ readonly verdict: string; readonly found: string }> => {
      const [first] = await quotaChecks([VPCS], account, STACK, access());
      assert.ok(first);
      return first;
    };
    // The emulator begins with one VPC, as AWS does, and knows no quotas but the defaults.
    const limit = "5 (AWS's default; the account's own could not be read)";
    assert.deepEqual((await check()).found, `needs 1 of ${limit}, 1 in use by others`);
    const tags = [
      { Key: "pulumi:project", Value: "strata" },
      { Key: "pulumi:stack", Value: "dev" },
    ];
    await ec2.send(new CreateVpcCommand({ CidrBlock: "10.1.0.0/16", TagSpecifications: [{ ResourceType: "vpc", Tags: tags }] }));
    assert.deepEqual((await check()).found, `needs 1 of ${limit}, 1 in use by others`);
    for (const block of [2, 3, 4, 5]) await ec2.send(new CreateVpcCommand({ CidrBlock: `10.${block}.0.0/16` }));
    assert.deepEqual(await check(), {
      what: "quota of VPCs",
      verdict: "wrong",
      found: `needs 1 of ${limit}, 5 in use by others`,
      mend: 'ask for more: Service Quotas, Amazon Virtual Private Cloud (Amazon VPC), "VPCs per Region"',
    });
  });

  it("says of a quota that cannot be read that it was not checked, and why", async () => {
    await new EC2Client(moto().client).send(new AllocateAddressCommand({}));
    const brokers = { what: "MSK brokers", service: "kafka", quota: /brokers per account/i, needs: 3 };
    const [check] = await quotaChecks([brokers], account, STACK, access());
    assert.equal(check?.verdict, "unknown");
    assert.match(check?.found ?? "", /^not checked: \S/);
  });
});
