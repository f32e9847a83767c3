import assert from "node:assert/strict";
import fc from "fast-check";
import { type Properties, UNKNOWN } from "../../../plan/graph";
import { type Expanded, NotModelled, RefusedByComponent, reference } from "../../../plan/simulate/expansion";
import { type LayoutRequest, layOut, LayoutError, type Tier } from "../../../plan/simulate/vpc-layout";
import { Address4 } from "ip-address";
import { assertSame, assertSameOutputs, recording, SmallPlan } from "./expanding";

const ZONES = ["us-east-1a", "us-east-1b", "us-east-1c"];

const TIERS: Properties[] = [
  { type: "Private", cidrMask: 19, tags: { "kubernetes.io/role/internal-elb": "1" } },
  { type: "Public", cidrMask: 22, tags: { "kubernetes.io/role/elb": "1" } },
  { type: "Isolated", cidrMask: 22 },
];

/** The arguments of the recorded program, which the recordings of awsx do not repeat. */
function recordedArgs(zones: number, strategy: string, more: Properties = {}): Properties {
  return {
    cidrBlock: "10.0.0.0/16",
    availabilityZoneNames: ZONES.slice(0, zones),
    availabilityZoneCidrMask: 18,
    enableDnsHostnames: true,
    subnetStrategy: "Auto",
    natGateways: { strategy },
    subnetSpecs: TIERS,
    ...more,
  };
}

const S3_AND_ECR: Properties = {
  vpcEndpointSpecs: [
    { serviceName: "com.amazonaws.us-east-1.s3", vpcEndpointType: "Gateway" },
    { serviceName: "com.amazonaws.us-east-1.ecr.api", vpcEndpointType: "Interface", privateDnsEnabled: true },
  ],
};

function vpc(
  inputs: Properties,
  plan = new SmallPlan("test"),
  propertyDependencies: Record<string, string[]> = {},
): Expanded & { plan: SmallPlan } {
  return { plan, ...plan.expand("awsx:ec2:Vpc", "net", inputs, { propertyDependencies }) };
}

function cidrs(plan: SmallPlan): Record<string, unknown> {
  const subnets = plan.requests.filter((request) => request.type === "aws:ec2/subnet:Subnet");
  return Object.fromEntries(subnets.map((request) => [request.name, request.inputs["cidrBlock"]]));
}

describe("the children of awsx.ec2.Vpc", () => {
  const cases: [string, Properties][] = [
    ["vpc-3az-nat-single", recordedArgs(3, "Single")],
    ["vpc-3az-nat-peraz", recordedArgs(3, "OnePerAz")],
    ["vpc-2az-nat-none", recordedArgs(2, "None")],
    ["vpc-2az-nat-single-endpoints", recordedArgs(2, "Single", S3_AND_ECR)],
  ];
  for (const [name, args] of cases) {
    it(`are those the real engine recorded for ${name}, and so is what each output comes from`, () => {
      // The simulated AWS of the recordings gave Elastic IPs no allocationId, so neither does this one.
      const { plan, ...expanded } = vpc(args, new SmallPlan(name));
      const rows = recording(name);
      const component = rows.find((row) => row.type === "awsx:ec2:Vpc");
      assertSame(
        plan,
        rows.filter((row) => row !== component),
      );
      assertSameOutputs(expanded, component);
    });
  }

  it("keep every CIDR block when a third Availability Zone is added under a fixed mask", () => {
    const two = cidrs(vpc(recordedArgs(2, "None")).plan);
    const three = cidrs(vpc(recordedArgs(3, "None")).plan);
    assert.deepEqual({ ...three, ...two }, three);
    assert.equal(Object.keys(three).length, Object.keys(two).length + 3);
  });

  it("give each NAT gateway the address of its own Elastic IP", () => {
    const plan = new SmallPlan("test", (request, id) =>
      request.type === "aws:ec2/eip:Eip" ? { allocationId: `eipalloc-${id}` } : undefined,
    );
    vpc(recordedArgs(3, "OnePerAz"), plan);
    for (const name of plan.names("aws:ec2/natGateway:NatGateway")) {
      const gateway = plan.only("aws:ec2/natGateway:NatGateway", name);
      const eip = plan.only("aws:ec2/eip:Eip", name);
      assert.equal(gateway.inputs["allocationId"], plan.find(eip.urn)?.outputs["allocationId"]);
      assert.deepEqual(gateway.propertyDependencies["allocationId"], [eip.urn]);
      assert.ok(gateway.dependencies.includes(eip.urn));
    }
  });

  it("take Elastic IPs that are brought along instead of making some", () => {
    const { plan } = vpc(
      recordedArgs(2, "OnePerAz", { natGateways: { strategy: "OnePerAz", elasticIpAllocationIds: ["eipalloc-1", "eipalloc-2"] } }),
    );
    assert.deepEqual(plan.names("aws:ec2/eip:Eip"), []);
    assert.equal(plan.only("aws:ec2/natGateway:NatGateway", "net-2").inputs["allocationId"], "eipalloc-2");
  });

  it("send every private subnet through the one NAT gateway, and isolated ones nowhere", () => {
    const { plan } = vpc(recordedArgs(3, "Single"));
    const gateway = plan.find(plan.only("aws:ec2/natGateway:NatGateway", "net-1").urn);
    const routes = plan.requests.filter((request) => request.type === "aws:ec2/route:Route");
    assert.deepEqual(routes.map((route) => route.name).sort(), [
      "net-private-1",
      "net-private-2",
      "net-private-3",
      "net-public-1",
      "net-public-2",
      "net-public-3",
    ]);
    for (const route of routes.filter(({ name }) => name.includes("private"))) assert.equal(route.inputs["natGatewayId"], gateway?.id);
  });

  it("give Auto endpoints subnets, route tables, private DNS and a security group for the VPC alone", () => {
    const plan = new SmallPlan("test");
    vpc({ ...recordedArgs(2, "None", S3_AND_ECR), enableDnsHostnames: UNKNOWN, vpcEndpointStrategy: "Auto" }, plan);
    const ids = (type: string, names: string[]): (string | undefined)[] => names.map((name) => plan.find(plan.only(type, name).urn)?.id);
    const ecr = plan.only("aws:ec2/vpcEndpoint:VpcEndpoint", "com.amazonaws.us-east-1.ecr.api").inputs;
    assert.deepEqual(ecr["subnetIds"], ids("aws:ec2/subnet:Subnet", ["net-private-1", "net-private-2"]));
    assert.deepEqual(ecr["securityGroupIds"], ids("aws:ec2/securityGroup:SecurityGroup", ["com.amazonaws.us-east-1.ecr.api-sg"]));
    const rule = plan.only("aws:ec2/securityGroupRule:SecurityGroupRule", "com.amazonaws.us-east-1.ecr.api-ingress").inputs;
    assert.deepEqual([rule["fromPort"], rule["toPort"], rule["cidrBlocks"]], [443, 443, ["10.0.0.0/16"]]);
    const s3 = plan.only("aws:ec2/vpcEndpoint:VpcEndpoint", "com.amazonaws.us-east-1.s3").inputs;
    assert.deepEqual(s3["routeTableIds"], ids("aws:ec2/routeTable:RouteTable", plan.names("aws:ec2/routeTable:RouteTable")));
    const inner = plan.only("aws:ec2/vpc:Vpc", "net").inputs;
    assert.deepEqual([inner["enableDnsHostnames"], inner["enableDnsSupport"]], [UNKNOWN, true]);
  });

  it("carry the tags of the component and where they come from", () => {
    const plan = new SmallPlan("test");
    const team = plan.add("aws:ssm/parameter:Parameter", "team", "team-1", {});
    vpc(recordedArgs(2, "Single", { tags: { Team: UNKNOWN } }), plan, { tags: [team.urn] });
    for (const request of plan.requests.filter((each) => each.inputs["tags"] !== undefined)) {
      assert.equal((request.inputs["tags"] as Properties)["Team"], UNKNOWN, request.name);
      assert.deepEqual(request.propertyDependencies["tags"], [team.urn], request.name);
    }
  });

  it("stand in unknown zones when only their number is given", () => {
    const { plan } = vpc({ subnetStrategy: "Auto", numberOfAvailabilityZones: 2, natGateways: { strategy: "None" } });
    assert.deepEqual(cidrs(plan), {
      "net-private-1": "10.0.0.0/18",
      "net-public-1": "10.0.64.0/19",
      "net-private-2": "10.0.128.0/18",
      "net-public-2": "10.0.192.0/19",
    });
    assert.equal(plan.only("aws:ec2/subnet:Subnet", "net-public-2").inputs["availabilityZone"], UNKNOWN);
  });

  it("have unknown ranges when the VPC takes its own from a pool", () => {
    const { plan } = vpc({
      subnetStrategy: "Auto",
      availabilityZoneNames: ZONES,
      ipv4IpamPoolId: "ipam-pool-1",
      ipv4NetmaskLength: 16,
      subnetSpecs: TIERS,
    });
    assert.deepEqual([...new Set(Object.values(cidrs(plan)))], [UNKNOWN]);
    const inner = plan.only("aws:ec2/vpc:Vpc", "net");
    assert.deepEqual(plan.only("aws:ec2/subnet:Subnet", "net-public-1").propertyDependencies["cidrBlock"], [inner.urn]);
  });

  it("have a /64 each when the VPC has IPv6", () => {
    const range = "2600:1f13:fe3:4e00::/56";
    const plan = new SmallPlan("test", (request) => (request.type === "aws:ec2/vpc:Vpc" ? { ipv6CidrBlock: range } : undefined));
    vpc(recordedArgs(2, "None", { assignGeneratedIpv6CidrBlock: true }), plan);
    assert.equal(plan.only("aws:ec2/subnet:Subnet", "net-public-1").inputs["ipv6CidrBlock"], "2600:1f13:fe3:4e00::/64");
    assert.equal(plan.only("aws:ec2/subnet:Subnet", "net-isolated-2").inputs["ipv6CidrBlock"], "2600:1f13:fe3:4e05::/64");
  });
});

describe("the outputs of awsx.ec2.Vpc", () => {
  it("name every subnet by its kind, zone by zone", () => {
    const { plan, outputs } = vpc(recordedArgs(3, "Single", S3_AND_ECR));
    const child = (type: string, name: string): { urn: string; id: string } => {
      const found = plan.find(plan.only(type, name).urn);
      assert.ok(found);
      return found;
    };
    const privates = ["net-private-1", "net-private-2", "net-private-3"].map((name) => child("aws:ec2/subnet:Subnet", name));
    assert.deepEqual(
      outputs["privateSubnetIds"],
      privates.map(({ id }) => id),
    );
    assert.deepEqual(outputs["privateSubnets"], privates.map(reference));
    assert.equal(outputs["vpcId"], child("aws:ec2/vpc:Vpc", "net").id);
    const counted = [
      "subnets",
      "publicSubnetIds",
      "isolatedSubnetIds",
      "routeTables",
      "routeTableAssociations",
      "routes",
      "natGateways",
      "eips",
      "vpcEndpoints",
    ];
    assert.deepEqual(
      counted.map((key) => (outputs[key] as unknown[]).length),
      [9, 3, 3, 9, 9, 6, 1, 1, 2],
    );
    assert.deepEqual(outputs["subnetLayout"], [
      { cidrMask: 19, size: 8192, type: "Private" },
      { cidrMask: 22, size: 1024, type: "Public" },
      { cidrMask: 22, size: 1024, type: "Isolated" },
    ]);
  });
});

describe("awsx.ec2.Vpc refuses in the plan what it or AWS refuses at up", () => {
  const refusals: [string, Properties, RegExp][] = [
    [
      "subnets that overlap because the larger one comes later",
      recordedArgs(3, "None", {
        subnetSpecs: [
          { type: "Public", cidrMask: 22 },
          { type: "Private", cidrMask: 19 },
          { type: "Isolated", cidrMask: 22 },
        ],
      }),
      /subnets overlap.*from the largest subnet to the smallest/,
    ],
    [
      "two specs of one type without names",
      recordedArgs(2, "None", { subnetSpecs: [...TIERS, { type: "Private", cidrMask: 24 }] }),
      /two subnetSpecs are called "private".*name of its own/,
    ],
    [
      "two specs of different types with one name",
      recordedArgs(2, "None", {
        subnetSpecs: [
          { type: "Private", name: "data", cidrMask: 20 },
          { type: "Isolated", name: "data", cidrMask: 20 },
        ],
      }),
      /called "data"/,
    ],
    [
      "subnets larger than their zone's share",
      recordedArgs(2, "None", { availabilityZoneCidrMask: 20 }),
      /need 10240 addresses and its \/20 has 4096/,
    ],
    ["more zones than fit the VPC", recordedArgs(3, "None", { availabilityZoneCidrMask: 17 }), /lies outside the VPC 10\.0\.0\.0\/16/],
    ["a size that is no power of two", recordedArgs(2, "None", { subnetSpecs: [{ type: "Private", size: 1000 }] }), /size 1000/],
    [
      "a size that contradicts the mask",
      recordedArgs(2, "None", { subnetSpecs: [{ type: "Private", cidrMask: 20, size: 256 }] }),
      /cidrMask 20 and size 256/,
    ],
    [
      "CIDR blocks in some specs only",
      recordedArgs(2, "None", {
        subnetSpecs: [
          { type: "Private", cidrBlocks: ["10.0.0.0/24", "10.0.1.0/24"] },
          { type: "Public", cidrMask: 24 },
        ],
      }),
      /0 cidrBlocks for 2/,
    ],
    ["a VPC smaller than AWS accepts", recordedArgs(2, "None", { cidrBlock: "10.0.0.0/29" }), /\/29.*from \/16 to \/28/],
    ["zones both named and counted", recordedArgs(2, "None", { numberOfAvailabilityZones: 2 }), /both given/],
    ["a zone named twice", recordedArgs(2, "None", { availabilityZoneNames: ["us-east-1a", "us-east-1a"] }), /us-east-1a twice/],
    [
      "a NAT gateway without a public subnet",
      recordedArgs(2, "Single", { subnetSpecs: [{ type: "Private", cidrMask: 20 }] }),
      /needs a Public subnet/,
    ],
    [
      "Elastic IPs that do not match the gateways",
      recordedArgs(3, "None", { natGateways: { strategy: "OnePerAz", elasticIpAllocationIds: ["a"] } }),
      /1 elasticIpAllocationIds.*makes 3/,
    ],
    [
      "an endpoint for one service twice",
      recordedArgs(2, "None", { vpcEndpointSpecs: [{ serviceName: "s3" }, { serviceName: "s3", vpcEndpointType: "Interface" }] }),
      /s3 twice/,
    ],
    [
      "private DNS in a VPC without DNS",
      { ...recordedArgs(2, "None", S3_AND_ECR), vpcEndpointStrategy: "Auto", enableDnsSupport: false },
      /enableDnsSupport is false/,
    ],
    [
      "IPv6 subnets in a VPC without IPv6",
      recordedArgs(2, "None", { subnetSpecs: [{ type: "Private", assignIpv6AddressOnCreation: true }] }),
      /no IPv6 range/,
    ],
    [
      "zones that are not known yet",
      recordedArgs(2, "None", { availabilityZoneNames: [UNKNOWN] }),
      /availabilityZoneNames decides which children there are/,
    ],
  ];
  for (const [what, args, message] of refusals) {
    it(what, () => {
      const plan = new SmallPlan("test");
      assert.throws(
        () => vpc(args, plan),
        (error) =>
          error instanceof RefusedByComponent &&
          !(error instanceof NotModelled) &&
          error.message.startsWith('awsx:ec2:Vpc "net": ') &&
          message.test(error.message),
      );
      assert.deepEqual(plan.requests, []);
    });
  }

  for (const subnetStrategy of ["Legacy", "Exact", "AutoMerge", undefined]) {
    it(`the strategy ${subnetStrategy ?? "that is left out"}, as one the plan does not know`, () => {
      const { subnetStrategy: _, ...rest } = recordedArgs(2, "None");
      const args = subnetStrategy === undefined ? rest : { ...rest, subnetStrategy };
      assert.throws(
        () => vpc(args),
        (error) => error instanceof NotModelled && /Use subnetStrategy: "Auto"/.test(error.message),
      );
    });
  }
});

describe("the layout of a VPC", () => {
  /** A layout that fits: a VPC, a share for each zone and tiers from large to small with room left for one more of each. */
  const layouts = fc
    .record({
      vpcMask: fc.integer({ min: 16, max: 20 }),
      zoneBits: fc.integer({ min: 2, max: 3 }),
      steps: fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 1, maxLength: 3 }),
    })
    .map(({ vpcMask, zoneBits, steps }): LayoutRequest & { zoneMask: number; tiers: Tier[] } => {
      const zoneMask = vpcMask + zoneBits;
      const masks = steps.reduce<number[]>((all, step) => [...all, (all.at(-1) ?? zoneMask + 1) + 1 + step], []);
      const tiers = masks.map((cidrMask, index): Tier => ({ type: "Private", name: `tier${index}`, cidrMask }));
      return { cidrBlock: `10.0.0.0/${vpcMask}`, zones: 2 ** zoneBits - 1, zoneMask, tiers };
    })
    .filter(({ tiers }) => tiers.every((tier) => (tier.cidrMask ?? 0) <= 27));

  const byName = (request: LayoutRequest): Map<string, string> =>
    new Map(layOut(request).map(({ tier, zone, cidrBlock }) => [`${tier.name}-${zone}`, cidrBlock]));

  it("moves no subnet when a zone is added", () => {
    fc.assert(
      fc.property(layouts, (request) => {
        const before = byName(request);
        const after = byName({ ...request, zones: request.zones + 1 });
        for (const [name, block] of before) assert.equal(after.get(name), block);
      }),
    );
  });

  it("moves no subnet when a tier is added at the end", () => {
    fc.assert(
      fc.property(layouts, (request) => {
        const before = byName(request);
        const smallest = request.tiers.at(-1)?.cidrMask ?? 28;
        const after = byName({
          ...request,
          tiers: [...request.tiers, { type: "Isolated", name: "added", cidrMask: Math.min(28, smallest + 1) }],
        });
        for (const [name, block] of before) assert.equal(after.get(name), block);
      }),
    );
  });

  it("never overlaps and never leaves the VPC, or is refused", () => {
    const any = fc.record({
      vpcMask: fc.integer({ min: 16, max: 26 }),
      zones: fc.integer({ min: 1, max: 4 }),
      zoneMask: fc.option(fc.integer({ min: 16, max: 28 }), { nil: undefined }),
      masks: fc.array(fc.option(fc.integer({ min: 16, max: 28 }), { nil: undefined }), { minLength: 1, maxLength: 4 }),
    });
    fc.assert(
      fc.property(any, ({ vpcMask, zones, zoneMask, masks }) => {
        const tiers = masks.map((cidrMask, index): Tier => ({ type: "Private", name: `tier${index}`, cidrMask }));
        const cidrBlock = `10.0.0.0/${vpcMask}`;
        let placed;
        try {
          placed = layOut({ cidrBlock, zones, zoneMask, tiers });
        } catch (error) {
          assert.ok(error instanceof LayoutError, String(error));
          return;
        }
        assert.equal(placed.length, zones * tiers.length);
        const ranges = placed
          .map((subnet) => new Address4(subnet.cidrBlock))
          .map((subnet) => ({ start: subnet.startAddress().bigInt(), end: subnet.endAddress().bigInt() }))
          .sort((a, b) => (a.start < b.start ? -1 : 1));
        const all = new Address4(cidrBlock);
        assert.ok(ranges.every(({ start, end }) => start >= all.startAddress().bigInt() && end <= all.endAddress().bigInt()));
        ranges.slice(1).forEach((range, index) => assert.ok((ranges[index]?.end ?? 0n) < range.start));
      }),
      { numRuns: 500 },
    );
  });

  it("gives the default tiers half and a quarter of a zone's share", () => {
    const blocks = layOut({ cidrBlock: "10.0.0.0/16", zones: 2 }).map(({ cidrBlock }) => cidrBlock);
    assert.deepEqual(blocks, ["10.0.0.0/18", "10.0.64.0/19", "10.0.128.0/18", "10.0.192.0/19"]);
  });

  it("keeps an Unused range free", () => {
    const tiers: Tier[] = [
      { type: "Private", cidrMask: 20 },
      { type: "Unused", cidrMask: 20 },
      { type: "Isolated", cidrMask: 20 },
    ];
    const isolated = layOut({ cidrBlock: "10.0.0.0/16", zones: 1, zoneMask: 18, tiers }).find(({ tier }) => tier.type === "Isolated");
    assert.equal(isolated?.cidrBlock, "10.0.32.0/20");
  });
});
