import assert from "node:assert/strict";
import { storeIsNotReachableFromInternet as rule } from "../../../../policy/architecture/rules/store-is-not-reachable-from-internet";
import { UNKNOWN } from "../../../../policy/lib/resource";
import { id, type Inputs, TestNetwork, TestStack } from "../../stack";
import { verdictOn } from "../../verdicts";

/** A database in a tier, its group open to a block. */
function verdict(tier: "public" | "isolated", cidrIpv4: string | undefined, extra: Inputs, known = true): string {
  const stack = new TestStack(known);
  const network = new TestNetwork(stack);
  const group = network.group("crm");
  if (cidrIpv4 !== undefined) network.rule("Ingress", "in", group, 5432, { cidrIpv4 });
  return verdictOn(rule, network.database("crm", group, extra, network[tier]), stack.resources);
}

describe("no store is reachable from the internet", () => {
  for (const known of [true, false]) {
    it(`fails on a public database and passes when any of the three settings is closed, ids ${known ? "known" : "not known yet"}`, () => {
      const message = verdict("public", "0.0.0.0/0", { publiclyAccessible: true }, known);
      assert.match(message, /^fail: crm is reachable from the internet on port 5432 \(let in by urn:.*::in\)$/);
      assert.equal(verdict("isolated", "0.0.0.0/0", { publiclyAccessible: true }, known), "pass");
      assert.equal(verdict("public", "10.0.0.0/16", { publiclyAccessible: true }, known), "pass");
      assert.equal(verdict("public", "0.0.0.0/0", { publiclyAccessible: false }, known), "pass");
    });
  }

  it("passes where publiclyAccessible is absent: its default is false", () => {
    assert.equal(verdict("public", "0.0.0.0/0", {}), "pass");
  });

  it("is not evaluated where what is unknown decides, and decided where it does not", () => {
    assert.equal(
      verdict("public", "0.0.0.0/0", { publiclyAccessible: UNKNOWN }),
      "not evaluated: whether it has a public address is not known yet",
    );
    assert.match(verdict("public", UNKNOWN, { publiclyAccessible: true }), /^not evaluated: the CIDR block/);
    assert.match(verdict("public", "0.0.0.0/0", { publiclyAccessible: true, port: UNKNOWN }), /^not evaluated: the ports/);
    assert.match(
      verdict("public", undefined, { publiclyAccessible: true, vpcSecurityGroupIds: UNKNOWN }),
      /^not evaluated: its security groups/,
    );
    assert.match(
      verdict("public", "0.0.0.0/0", { publiclyAccessible: true, dbSubnetGroupName: "theirs" }),
      /^not evaluated: whether its subnets/,
    );
    assert.equal(verdict("isolated", "0.0.0.0/0", { publiclyAccessible: UNKNOWN }), "pass");
    assert.equal(verdict("public", undefined, { publiclyAccessible: UNKNOWN }), "pass");
    assert.equal(verdict("public", UNKNOWN, { publiclyAccessible: false }), "pass");
  });

  it("judges an Aurora cluster by its instances", () => {
    for (const [publiclyAccessible, expected] of [
      [true, /^fail/],
      [false, /^pass$/],
    ] as const) {
      const stack = new TestStack();
      const network = new TestNetwork(stack);
      const group = network.group("aurora");
      network.rule("Ingress", "in", group, 5432, { cidrIpv4: "0.0.0.0/0" });
      const subnets = stack.add("aws:rds/subnetGroup:SubnetGroup", "aurora", { subnetIds: network.public.map(id) });
      const inputs = { engine: "aurora-postgresql", dbSubnetGroupName: id(subnets), vpcSecurityGroupIds: [id(group)] };
      const cluster = stack.add("aws:rds/cluster:Cluster", "aurora", inputs);
      stack.add("aws:rds/clusterInstance:ClusterInstance", "aurora-1", { clusterIdentifier: id(cluster), publiclyAccessible });
      assert.match(verdictOn(rule, cluster, stack.resources), expected);
    }
  });

  it("fails on an OpenSearch domain outside a VPC", () => {
    const domain = (inputs: Inputs): string => verdictOn(rule, new TestStack().add("aws:opensearch/domain:Domain", "logs", inputs));
    assert.match(domain({}), /^fail: logs is reachable from the internet on port 443$/);
    assert.match(domain({ vpcOptions: UNKNOWN }), /^not evaluated/);
    assert.equal(domain({ vpcOptions: { subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] } }), "pass");
  });
});
