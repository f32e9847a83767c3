import assert from "node:assert/strict";
import fc from "fast-check";
import { overlaps, parseCidr } from "../../../components/network/cidr";
import { layout, TIERS, validateLayout, ZONE_SLOTS } from "../../../components/network/layout";
import { Network } from "../../../components/network/network";
import { type PlannedResource } from "../../../plan/graph";
import { only, recordProgram } from "../../harness";

const ZONES = ["us-east-1a", "us-east-1b", "us-east-1c", "us-east-1d"];
const SUBNET = "aws:ec2/subnet:Subnet";

/** A range a VPC may have, anywhere in 10.0.0.0/8. */
const vpcRange = fc
  .record({ prefix: fc.integer({ min: 16, max: 21 }), block: fc.nat() })
  .map(({ prefix, block }) =>
    ((size) => `10.${(block >>> (32 - 16)) % 256}.${((block % (256 / size)) * size) % 256}.0/${prefix}`)(Math.max(1, 2 ** (24 - prefix))),
  );

async function network(
  cidr: string,
  zones: number,
  nat: "none" | "single" | "per-az" = "none",
  extra: { interfaceEndpoints?: string[] } = {},
): Promise<PlannedResource[]> {
  return recordProgram(
    (options) =>
      new Network(
        "network",
        {
          cidr,
          availabilityZones: ZONES.slice(0, zones),
          region: "us-east-1",
          nat,
          gatewayEndpoints: ["s3"],
          interfaceEndpoints: extra.interfaceEndpoints ?? [],
          flowLogDays: 7,
          durable: false,
        },
        options,
      ),
  );
}

function subnets(resources: readonly PlannedResource[]): Map<string, string> {
  return new Map(resources.filter(({ type }) => type === SUBNET).map(({ name, inputs }) => [name, String(inputs["cidrBlock"])]));
}

describe("the network's layout", () => {
  it("leaves room for four zones of three tiers, and as much again in each zone for a tier to come", () => {
    fc.assert(
      fc.property(vpcRange, (cidr) => {
        const { zone, tiers } = layout(cidr);
        assert.equal(2 ** (zone - parseCidr(cidr).prefix), ZONE_SLOTS);
        const used = TIERS.reduce((sum, tier) => sum + 2 ** (32 - tiers[tier]), 0);
        assert.ok(used <= 2 ** (32 - zone));
      }),
    );
  });

  it("has its tiers from the largest to the smallest, the only order awsx accepts", () => {
    const { tiers } = layout("10.0.0.0/16");
    const sizes = TIERS.map((tier) => tiers[tier]);
    assert.deepEqual(
      sizes,
      [...sizes].sort((left, right) => left - right),
    );
  });

  it("never moves a subnet when a zone is added", async () => {
    await fc.assert(
      fc.asyncProperty(vpcRange, fc.integer({ min: 1, max: 3 }), async (cidr, zones) => {
        const before = subnets(await network(cidr, zones));
        const after = subnets(await network(cidr, zones + 1));
        assert.equal(before.size, zones * TIERS.length);
        assert.equal(after.size, (zones + 1) * TIERS.length);
        for (const [name, block] of before) assert.equal(after.get(name), block, name);
      }),
      { numRuns: 25 },
    );
  });

  it("never lets two subnets overlap or leave the VPC", async () => {
    await fc.assert(
      fc.asyncProperty(vpcRange, async (cidr) => {
        const blocks = [...subnets(await network(cidr, 4)).values()].map(parseCidr);
        const vpc = parseCidr(cidr);
        for (const [index, block] of blocks.entries()) {
          assert.ok(block.first >= vpc.first && block.last <= vpc.last);
          for (const other of blocks.slice(index + 1)) assert.ok(!overlaps(block, other));
        }
      }),
      { numRuns: 25 },
    );
  });

  it("refuses a range that is not the first address of its block, too large or too small", () => {
    for (const cidr of ["10.0.1.0/16", "10.0.0.0/15", "10.0.0.0/22"]) assert.equal(validateLayout(cidr).length, 1, cidr);
    assert.deepEqual(validateLayout("10.0.0.0/16"), []);
  });
});

describe("the network", () => {
  const natGateways = (resources: readonly PlannedResource[]) =>
    resources.filter(({ type }) => type === "aws:ec2/natGateway:NatGateway").length;

  it("has no NAT gateway, one, or one a zone", async () => {
    assert.equal(natGateways(await network("10.0.0.0/16", 3, "none")), 0);
    assert.equal(natGateways(await network("10.0.0.0/16", 3, "single")), 1);
    assert.equal(natGateways(await network("10.0.0.0/16", 3, "per-az")), 3);
  });

  it("gives the isolated tier no route out, whatever the NAT", async () => {
    const resources = await network("10.0.0.0/16", 3, "per-az");
    const isolated = resources.filter(({ type, name }) => type === "aws:ec2/route:Route" && name.startsWith("network-isolated"));
    assert.deepEqual(isolated, []);
    assert.equal(resources.filter(({ type, name }) => type === "aws:ec2/route:Route" && name.startsWith("network-private")).length, 3);
  });

  it("turns DNS names on, without which private endpoints answer on no name", async () => {
    const vpc = only(await network("10.0.0.0/16", 2), "aws:ec2/vpc:Vpc");
    assert.equal(vpc.inputs["enableDnsHostnames"], true);
    assert.equal(vpc.inputs["enableDnsSupport"], true);
  });

  it("routes the S3 endpoint from every route table", async () => {
    const resources = await network("10.0.0.0/16", 2, "single");
    const tables = resources.filter(({ type }) => type === "aws:ec2/routeTable:RouteTable").map(({ outputs }) => String(outputs["id"]));
    const endpoint = only(resources, "aws:ec2/vpcEndpoint:VpcEndpoint", "network-s3");
    assert.deepEqual([...(endpoint.inputs["routeTableIds"] as string[])].sort(), tables.sort());
  });

  it("puts interface endpoints into the private tier behind a group that lets nobody in by itself", async () => {
    const resources = await network("10.0.0.0/16", 2, "none", { interfaceEndpoints: ["logs"] });
    const endpoint = only(resources, "aws:ec2/vpcEndpoint:VpcEndpoint", "network-logs");
    const group = only(resources, "aws:ec2/securityGroup:SecurityGroup");
    assert.deepEqual(endpoint.inputs["securityGroupIds"], [group.outputs["id"]]);
    assert.equal((endpoint.inputs["subnetIds"] as string[]).length, 2);
    assert.equal(endpoint.inputs["privateDnsEnabled"], true);
    assert.equal(group.inputs["ingress"] ?? group.inputs["egress"], undefined);
    assert.equal(resources.filter(({ type }) => type.startsWith("aws:vpc/securityGroup")).length, 0);
  });

  it("keeps flow logs of all traffic in a bucket that only the log service writes to, over TLS", async () => {
    const resources = await network("10.0.0.0/16", 2);
    const flowLog = only(resources, "aws:ec2/flowLog:FlowLog");
    assert.equal(flowLog.inputs["trafficType"], "ALL");
    assert.equal(flowLog.inputs["logDestination"], only(resources, "aws:s3/bucket:Bucket").outputs["arn"]);
    const policy = JSON.parse(String(only(resources, "aws:s3/bucketPolicy:BucketPolicy").inputs["policy"])) as {
      Statement: { Effect: string; Principal: unknown; Condition?: unknown }[];
    };
    for (const { Effect, Principal } of policy.Statement)
      if (Effect === "Allow") assert.deepEqual(Principal, { Service: "delivery.logs.amazonaws.com" });
    assert.ok(
      policy.Statement.some(({ Effect, Condition }) => Effect === "Deny" && JSON.stringify(Condition).includes("aws:SecureTransport")),
    );
  });

  it("hands a transform to the VPC, its endpoints' group and its flow log", async () => {
    const resources = await recordProgram(
      (options) =>
        new Network(
          "network",
          {
            cidr: "10.0.0.0/16",
            availabilityZones: ZONES.slice(0, 2),
            region: "us-east-1",
            nat: "none",
            gatewayEndpoints: [],
            interfaceEndpoints: ["logs"],
            flowLogDays: 7,
            durable: false,
            transform: {
              vpc: { tags: { bent: "vpc" } },
              endpointSecurityGroup: { tags: { bent: "group" } },
              flowLog: (args) => (args.tags = { bent: "log" }),
            },
          },
          options,
        ),
    );
    const tag = (type: string) => (only(resources, type).inputs["tags"] as Record<string, string>)["bent"];
    assert.equal((only(resources, "awsx:ec2:Vpc").inputs["tags"] as Record<string, string>)["bent"], "vpc");
    assert.equal(tag("aws:ec2/securityGroup:SecurityGroup"), "group");
    assert.equal(tag("aws:ec2/flowLog:FlowLog"), "log");
  });
});
