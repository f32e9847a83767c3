import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { StackGraph } from "../../../policy/lib/graph";
import { analyse, reachability } from "../../../policy/lib/reachability";
import { type Json, type StackResource, UNKNOWN } from "../../../policy/lib/resource";
import { arn, id, type Inputs, Ref, TestNetwork, TestStack } from "../stack";

const ORDERS_TO_DATABASE = { from: "orders", to: "orders-db", port: 5432 };

/** orders may reach its database, storefront may not. */
function shop(known = true): { network: TestNetwork; stack: TestStack; rules: ReturnType<TestNetwork["allow"]>; database: StackResource } {
  const stack = new TestStack(known);
  const network = new TestNetwork(stack);
  const [orders, storefront, db] = [network.group("orders"), network.group("storefront"), network.group("orders-db")];
  network.service("orders", orders);
  network.service("storefront", storefront);
  const database = network.database("orders-db", db);
  const rules = network.allow(orders, db, 5432);
  network.allow(storefront, orders, 8080);
  return { network, stack, rules, database };
}

for (const known of [true, false]) {
  describe(`reachability with ${known ? "known ids" : "ids that are not known yet"}`, () => {
    it("finds the service that reaches its database, and no other", () => {
      assert.deepEqual(reachability(shop(known).stack.resources), [ORDERS_TO_DATABASE, { from: "storefront", to: "orders", port: 8080 }]);
    });

    it("loses the pair with the ingress rule, and with the egress rule", () => {
      const { stack, rules } = shop(known);
      for (const rule of [rules.ingress, rules.egress]) {
        const pairs = reachability(stack.without(rule));
        assert.deepEqual(pairs, [{ from: "storefront", to: "orders", port: 8080 }], `without ${rule.urn}`);
      }
    });

    it("names the resources and the rules of a pair", () => {
      const { stack, rules, database } = shop(known);
      const reach = analyse(new StackGraph(stack.resources)).reaches.find(({ to }) => to === "orders-db");
      assert.equal(reach?.toUrn, database.urn);
      assert.equal(reach?.ingress, rules.ingress.urn);
      assert.equal(reach?.egress, rules.egress.urn);
    });

    it("does not take a group opened to the world in an isolated subnet for reachable from the internet", () => {
      const { network, stack } = shop(known);
      const open = network.group("open");
      network.rule("Ingress", "world", open, 5432, { cidrIpv4: "0.0.0.0/0" });
      network.database("hidden", open);
      assert.equal(
        reachability(stack.resources).some(({ from }) => from === "internet"),
        false,
      );
    });

    it("takes a publicly accessible database in a public subnet with an open group for reachable, and nothing less", () => {
      for (const [publiclyAccessible, inPublic, cidr, reached] of [
        [true, true, "0.0.0.0/0", true],
        [true, true, "203.0.113.0/24", true],
        [true, true, "10.0.0.0/16", false],
        [true, false, "0.0.0.0/0", false],
        [false, true, "0.0.0.0/0", false],
      ] as const) {
        const { network, stack } = shop(known);
        const open = network.group("open");
        network.rule("Ingress", "world", open, 5432, { cidrIpv4: cidr });
        network.database("crm", open, { publiclyAccessible }, inPublic ? network.public : network.isolated);
        const pairs = reachability(stack.resources).filter(({ from }) => from === "internet");
        assert.deepEqual(pairs, reached ? [{ from: "internet", to: "crm", port: 5432 }] : [], `${publiclyAccessible} ${inPublic} ${cidr}`);
      }
    });

    it("lets the internet reach an internet-facing load balancer on its listeners only, and not an internal one", () => {
      for (const internal of [false, true]) {
        const stack = new TestStack(known);
        const network = new TestNetwork(stack);
        const group = network.group("edge");
        for (const port of [22, 443]) network.rule("Ingress", `world-${port}`, group, port, { cidrIpv4: "0.0.0.0/0" });
        const balancer = stack.add("aws:lb/loadBalancer:LoadBalancer", "edge", {
          internal,
          securityGroups: [id(group)],
          subnets: network.public.map(id),
        });
        stack.add("aws:lb/listener:Listener", "https", { loadBalancerArn: arn(balancer), port: 443, protocol: "HTTPS" });
        assert.deepEqual(reachability(stack.resources), internal ? [] : [{ from: "internet", to: "edge", port: 443 }]);
      }
    });

    it("lets a service out where a rule says so and its subnet has a NAT", () => {
      for (const [tier, out] of [
        ["private", true],
        ["isolated", false],
        ["public", false],
      ] as const) {
        const stack = new TestStack(known);
        const network = new TestNetwork(stack);
        const group = network.group("webhook");
        network.rule("Egress", "https", group, 443, { cidrIpv4: "0.0.0.0/0" });
        network.service("webhook", group, 8080, { subnets: network[tier].map(id) });
        assert.deepEqual(reachability(stack.resources), out ? [{ from: "webhook", to: "internet", port: 443 }] : [], tier);
      }
    });

    it("reads rules written in the group and as aws.ec2.SecurityGroupRule like those of aws.vpc", () => {
      const stack = new TestStack(known);
      const network = new TestNetwork(stack);
      const client = network.group("client");
      const inline = stack.add("aws:ec2/securityGroup:SecurityGroup", "inline", {
        vpcId: id(network.vpc),
        ingress: [{ protocol: "tcp", fromPort: 5432, toPort: 5432, securityGroups: [id(client)] }],
      });
      stack.add("aws:ec2/securityGroupRule:SecurityGroupRule", "out", {
        type: "egress",
        securityGroupId: id(client),
        protocol: "tcp",
        fromPort: 0,
        toPort: 65535,
        sourceSecurityGroupId: id(inline),
      });
      network.service("orders", client);
      network.database("orders-db", inline);
      assert.deepEqual(reachability(stack.resources), [ORDERS_TO_DATABASE]);
    });

    it("matches CIDR blocks against the subnets of the other side, in the same VPC only", () => {
      const pairs = (ingress: string, egress: string, otherVpc: boolean): number => {
        const stack = new TestStack(known);
        const network = new TestNetwork(stack);
        const elsewhere = otherVpc ? new TestNetwork(stack, "other") : network;
        const [from, to] = [network.group("from"), elsewhere.group("to")];
        network.rule("Ingress", "in", to, 5432, { cidrIpv4: ingress });
        network.rule("Egress", "out", from, 5432, { cidrIpv4: egress });
        network.service("orders", from);
        elsewhere.database("orders-db", to);
        return reachability(stack.resources).filter(({ to: name }) => name === "orders-db").length;
      };
      assert.equal(pairs("10.0.10.0/23", "10.0.20.0/23", false), 1);
      assert.equal(pairs("10.0.0.0/16", "0.0.0.0/0", false), 1);
      assert.equal(pairs("10.0.0.0/24", "10.0.20.0/23", false), 0);
      assert.equal(pairs("10.0.10.0/23", "10.0.10.0/23", false), 0);
      assert.equal(pairs("10.0.0.0/16", "10.0.0.0/16", true), 0);
    });

    it("finds Lambda, caches, brokers, Kafka, warehouses and endpoints on their own ports", () => {
      const stack = new TestStack(known);
      const network = new TestNetwork(stack);
      const [client, store] = [network.group("client"), network.group("store")];
      stack.add("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "all", {
        securityGroupId: id(client),
        ipProtocol: "-1",
        cidrIpv4: "0.0.0.0/0",
      });
      stack.add("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "all", {
        securityGroupId: id(store),
        ipProtocol: "-1",
        referencedSecurityGroupId: id(client),
      });
      stack.add("aws:lambda/function:Function", "fn", {
        vpcConfig: { subnetIds: network.isolated.map(id), securityGroupIds: [id(client)] },
      });
      const at = { securityGroupIds: [id(store)], subnetIds: network.isolated.map(id) };
      stack.add("aws:elasticache/serverlessCache:ServerlessCache", "cache", { ...at, engine: "valkey" });
      stack.add("aws:mq/broker:Broker", "rabbit", { securityGroups: [id(store)], subnetIds: at.subnetIds, engineType: "RabbitMQ" });
      stack.add("aws:msk/cluster:Cluster", "kafka", {
        brokerNodeGroupInfo: { securityGroups: [id(store)], clientSubnets: at.subnetIds },
        clientAuthentication: { sasl: { iam: true } },
      });
      stack.add("aws:redshiftserverless/workgroup:Workgroup", "warehouse", at);
      stack.add("aws:ec2/vpcEndpoint:VpcEndpoint", "sqs", { ...at, vpcEndpointType: "Interface" });
      stack.add("aws:ec2/vpcEndpoint:VpcEndpoint", "s3", { vpcEndpointType: "Gateway" });
      assert.deepEqual(
        reachability(stack.resources).map(({ from, to, port }) => `${from} ${to} ${port}`),
        ["fn cache 6379", "fn cache 6380", "fn kafka 9098", "fn rabbit 443", "fn rabbit 5671", "fn sqs 443", "fn warehouse 5439"],
      );
    });
  });
}

describe("reachability", () => {
  it("gives what names no group the default group of its VPC: everything in it reaches everything in it", () => {
    const stack = new TestStack();
    const network = new TestNetwork(stack);
    const subnets = network.isolated.map(id);
    stack.add("aws:lambda/function:Function", "fn", { vpcConfig: { subnetIds: subnets } });
    stack.add("aws:redshiftserverless/workgroup:Workgroup", "warehouse", { subnetIds: subnets });
    assert.deepEqual(reachability(stack.resources), [{ from: "fn", to: "warehouse", port: 5439 }]);
  });

  it("knows the group AWS makes with an EKS cluster: its nodes have it, and a rule may name it before it exists", () => {
    for (const known of [true, false]) {
      const stack = new TestStack(known);
      const network = new TestNetwork(stack);
      const vpcConfig = { subnetIds: network.private.map(id), endpointPublicAccess: true, publicAccessCidrs: ["203.0.113.0/24"] };
      const made: Record<string, Json> = known ? { name: "k8s" } : {};
      const cluster = stack.add("aws:eks/cluster:Cluster", "k8s", { vpcConfig }, undefined, made);
      stack.add("aws:eks/nodeGroup:NodeGroup", "nodes", { clusterName: new Ref(cluster, "name"), subnetIds: network.private.map(id) });
      const db = network.group("db");
      network.rule("Ingress", "nodes", db, 5432, { referencedSecurityGroupId: id(cluster) });
      network.database("orders-db", db);
      assert.deepEqual(
        reachability(stack.resources).map(({ from, to, port }) => `${from} ${to} ${port}`),
        [
          "internet k8s 443",
          "k8s internet 443",
          "k8s nodes 0",
          "k8s orders-db 5432",
          "nodes internet 443",
          "nodes k8s 443",
          "nodes orders-db 5432",
        ],
      );
    }
  });

  it("takes a SecurityGroupPolicy for the pods of its service, in the subnets of its provider's cluster", () => {
    for (const known of [true, false]) {
      const stack = new TestStack(known);
      const network = new TestNetwork(stack);
      const component = stack.add("strata:compute:EksCluster", "kubernetes");
      const vpcConfig = { subnetIds: network.private.map(id), endpointPublicAccess: false };
      const made: Record<string, Json> = known ? { name: "k8s", vpcConfig: { clusterSecurityGroupId: "sg-k8s" } } : {};
      const cluster = stack.add("aws:eks/cluster:Cluster", "kubernetes-eksCluster", { vpcConfig }, component, made);
      const nodes = { clusterName: new Ref(cluster, "name"), subnetIds: network.private.map(id) };
      stack.add("aws:eks/nodeGroup:NodeGroup", "kubernetes-nodes", nodes, component);
      const provider = stack.add("pulumi:providers:kubernetes", "kubernetes", { kubeconfig: new Ref(cluster, "name") });
      const service = stack.add("strata:service:Service", "erp");
      const [pods, db] = [network.group("erp"), network.group("erp-db")];
      const type = "kubernetes:vpcresources.k8s.aws/v1beta1:SecurityGroupPolicy";
      const policy = stack.addManaged(provider, type, "erp", { spec: { securityGroups: { groupIds: [id(pods)] } } }, service);
      network.database("erp-db", db);
      network.allow(pods, db, 5432);
      network.rule("Egress", "https", pods, 443, { cidrIpv4: "0.0.0.0/0" });
      network.rule("Ingress", "nodes", pods, 8080, { referencedSecurityGroupId: known ? "sg-k8s" : id(cluster) });
      assert.deepEqual(
        reachability(stack.resources).filter(({ from, to }) => from === "erp" || to === "erp"),
        [
          { from: "erp", to: "erp-db", port: 5432 },
          { from: "erp", to: "internet", port: 443 },
          { from: "kubernetes", to: "erp", port: 8080 },
        ],
      );
      const placed = analyse(new StackGraph(stack.resources)).endpoints.find(({ resource }) => resource === policy);
      assert.deepEqual(
        placed?.subnets.map(({ key }) => key),
        network.private.map(({ urn }) => urn),
      );
    }
  });

  it("lets the pods of a cluster that can't be told be anywhere, so that no pair is missed", () => {
    const stack = new TestStack();
    const network = new TestNetwork(stack);
    const service = stack.add("strata:service:Service", "erp");
    const [pods, db] = [network.group("erp"), network.group("erp-db")];
    const spec = { securityGroups: { groupIds: [id(pods)] } };
    stack.add("kubernetes:vpcresources.k8s.aws/v1beta1:SecurityGroupPolicy", "erp", { spec }, service);
    network.database("erp-db", db);
    network.allow(pods, db, 5432);
    assert.deepEqual(reachability(stack.resources), [{ from: "erp", to: "erp-db", port: 5432 }]);
  });

  it("reads the ports of an option group beside that of its instance", () => {
    const stack = new TestStack();
    const network = new TestNetwork(stack);
    const [client, db] = [network.group("erp"), network.group("erp-db")];
    network.service("erp", client);
    for (const [name, option, port] of [
      ["set", { optionName: "SSL", port: 2500 }, 2500],
      ["default", { optionName: "SSL" }, 2484],
    ] as const) {
      const options = stack.add("aws:rds/optionGroup:OptionGroup", name, { engineName: "oracle-se2", options: [option] });
      network.database(name, db, { engine: "oracle-se2", optionGroupName: id(options) });
      network.allow(client, db, port);
      const ports = reachability(stack.resources).filter(({ to }) => to === name);
      assert.deepEqual(ports, [{ from: "erp", to: name, port }]);
    }
    const later = network.database("later", db, { engine: "oracle-se2", optionGroupName: UNKNOWN });
    const doubts = analyse(new StackGraph(stack.resources)).inward.get(later.urn) ?? [];
    assert.ok(doubts.some(({ property }) => property === "optionGroupName"));
  });

  it("reads instances through their launch template, and takes a network load balancer without groups for open", () => {
    const stack = new TestStack();
    const network = new TestNetwork(stack);
    const group = network.group("gateway");
    network.rule("Ingress", "balancer", group, 9000, { cidrIpv4: "10.0.0.0/23" });
    const template = stack.add("aws:ec2/launchTemplate:LaunchTemplate", "gateway", { vpcSecurityGroupIds: [id(group)] });
    stack.add("aws:autoscaling/group:Group", "gateway", {
      launchTemplate: { id: id(template) },
      vpcZoneIdentifiers: network.private.map(id),
    });
    const balancer = stack.add("aws:lb/loadBalancer:LoadBalancer", "edge", {
      loadBalancerType: "network",
      subnets: network.public.map(id),
    });
    stack.add("aws:lb/listener:Listener", "tcp", { loadBalancerArn: arn(balancer), port: 9000, protocol: "TCP_UDP" });
    const found = analyse(new StackGraph(stack.resources)).reaches.map(
      ({ from, to, protocol, port }) => `${from} ${to} ${protocol} ${port}`,
    );
    assert.deepEqual(found.sort(), ["edge gateway tcp 9000", "edge internet tcp 443", "internet edge tcp 9000", "internet edge udp 9000"]);
  });

  it("crosses to another VPC over a peering, and reads the blocks of a prefix list of the stack", () => {
    for (const peered of [true, false]) {
      const stack = new TestStack();
      const [here, there] = [new TestNetwork(stack), new TestNetwork(stack, "other", 9)];
      if (peered) stack.add("aws:ec2/vpcPeeringConnection:VpcPeeringConnection", "p", { vpcId: id(here.vpc), peerVpcId: id(there.vpc) });
      const list = stack.add("aws:ec2/managedPrefixList:ManagedPrefixList", "here", { entries: [{ cidr: "10.0.0.0/16" }] });
      const [from, to] = [here.group("from"), there.group("to")];
      there.rule("Ingress", "in", to, 5432, { prefixListId: id(list) });
      here.rule("Egress", "out", from, 5432, { cidrIpv4: "10.9.0.0/16" });
      here.service("orders", from);
      there.database("orders-db", to);
      assert.deepEqual(reachability(stack.resources), peered ? [ORDERS_TO_DATABASE] : []);
    }
  });

  it("says why more may be reachable when a rule, a port or a group is not known", () => {
    const cases: [string, (network: TestNetwork, group: StackResource) => Inputs][] = [
      ["the CIDR block", (network, group) => (network.rule("Ingress", "x", group, 5432, { cidrIpv4: UNKNOWN }), {})],
      [
        "protocol or ports",
        (network, group) => (network.rule("Ingress", "x", group, 5432, { toPort: UNKNOWN, cidrIpv4: "10.0.0.0/8" }), {}),
      ],
      ["the ports it listens on", () => ({ port: UNKNOWN })],
      ["not in the stack", () => ({ vpcSecurityGroupIds: ["sg-0123"] })],
    ];
    for (const [why, change] of cases) {
      const stack = new TestStack();
      const network = new TestNetwork(stack);
      const group = network.group("db");
      const database = network.database("db", group, change(network, group));
      const doubts = analyse(new StackGraph(stack.resources)).inward.get(database.urn) ?? [];
      assert.ok(
        doubts.some((doubt) => doubt.why.includes(why)),
        `${why}: ${JSON.stringify(doubts)}`,
      );
    }
  });

  it("reads the tiers of a VPC as awsx really registers them", () => {
    const stack = new TestStack();
    stack.resources.push(...recordedVpc());
    const subnet = (tier: string): StackResource => {
      const found = stack.resources.find(({ type, name }) => type === "aws:ec2/subnet:Subnet" && name === `net-${tier}-1`);
      assert.ok(found);
      return found;
    };
    const group = stack.add("aws:ec2/securityGroup:SecurityGroup", "open", {
      ingress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
      egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
    });
    for (const tier of ["public", "private", "isolated"]) {
      const at: Inputs = { vpcSecurityGroupIds: [id(group)], publiclyAccessible: true, engine: "postgres" };
      const subnets = stack.add("aws:rds/subnetGroup:SubnetGroup", tier, { subnetIds: [id(subnet(tier))] });
      stack.add("aws:rds/instance:Instance", `db-${tier}`, { ...at, dbSubnetGroupName: id(subnets) });
      stack.add("aws:lambda/function:Function", `fn-${tier}`, {
        vpcConfig: { subnetIds: [id(subnet(tier))], securityGroupIds: [id(group)] },
      });
    }
    const pairs = reachability(stack.resources);
    assert.deepEqual(
      pairs.filter(({ from, to }) => from === "internet" || to === "internet"),
      [
        { from: "fn-private", to: "internet", port: 443 },
        { from: "internet", to: "db-public", port: 5432 },
      ],
    );
  });

  it("does not depend on the order of the resources", () => {
    const { resources } = shop().stack;
    const expected = reachability(resources);
    fc.assert(
      fc.property(fc.shuffledSubarray(resources, { minLength: resources.length }), (shuffled) => {
        assert.deepEqual(reachability(shuffled), expected);
      }),
      { numRuns: 25 },
    );
  });

  it("never gains a pair when a resource other than a gateway's route is taken away", () => {
    const { stack } = shop();
    const all = new Set(reachability(stack.resources).map((pair) => JSON.stringify(pair)));
    const removable = stack.resources.filter(({ type }) => /Rule:|Route:|ecs\/service|rds\/instance/.test(type));
    fc.assert(
      fc.property(fc.subarray(removable), (gone) => {
        const left = reachability(stack.resources.filter((resource) => !gone.includes(resource)));
        for (const pair of left) assert.ok(all.has(JSON.stringify(pair)), JSON.stringify(pair));
      }),
      { numRuns: 50 },
    );
  });
});

interface Recorded {
  readonly type: string;
  readonly name: string;
  readonly parent: string;
  readonly inputs: Record<string, Json>;
  readonly dependencies: readonly string[];
  readonly propertyDependencies: Record<string, readonly string[]>;
}

/** The recorded Vpc. A recording has no outputs, so a subnet takes its id from the association that names it. */
function recordedVpc(): StackResource[] {
  const recorded = JSON.parse(readFileSync(join(__dirname, "../../recorded/vpc-3az-nat-single.json"), "utf8")) as Recorded[];
  const ids = new Map(
    recorded.filter(({ type }) => type.endsWith(":RouteTableAssociation")).map(({ name, inputs }) => [name, inputs["subnetId"] ?? null]),
  );
  return recorded.map(({ type, name, parent, inputs, dependencies, propertyDependencies }) => {
    const types = parent.startsWith("pulumi:") ? type : `${parent.slice(0, parent.lastIndexOf("::"))}$${type}`;
    const outputs: Record<string, Json> = type === "aws:ec2/subnet:Subnet" ? { id: ids.get(name) ?? null } : {};
    return { urn: `${types}::${name}`, type, name, parent, inputs, outputs, dependencies, propertyDependencies };
  });
}
