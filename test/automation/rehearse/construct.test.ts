import assert from "node:assert/strict";
import { construct, type Registrar } from "../../../automation/rehearse/construct";
import { UNKNOWN, type Properties } from "../../../plan/graph";
import { type ChildRequest, RefusedByComponent, type RegisteredChild, type RemoteComponent } from "../../../plan/simulate/expansion";
import { EXPANSIONS } from "../../../plan/simulate/expansions";
import { SmallPlan } from "../../plan/simulate/expanding";

const VPC = "awsx:ec2:Vpc";
const ARGUMENTS: Properties = {
  cidrBlock: "10.0.0.0/16",
  availabilityZoneNames: ["us-east-1a", "us-east-1b", "us-east-1c"],
  natGateways: { strategy: "OnePerAz" },
  subnetStrategy: "Auto",
};

/** An engine that answers each registration a while after it was asked for, the later ones first. */
class SlowEngine implements Registrar {
  readonly asked: ChildRequest[] = [];
  readonly answered = new Set<string>();
  mostInFlight = 0;
  private inFlight = 0;

  constructor(private readonly others: readonly RegisteredChild[] = []) {}

  urnOf({ type, name, parent }: ChildRequest): string {
    return `${parent}$${type}::${name}`;
  }

  async register(child: ChildRequest): Promise<RegisteredChild> {
    for (const urn of child.dependencies.filter((one) => one.startsWith("urn:child")))
      assert.ok(this.answered.has(urn), `${child.name} does not wait for ${urn}`);
    assert.ok(!JSON.stringify(child.inputs).includes(UNKNOWN), `${child.type} ${child.name} is asked for with a stand-in`);
    this.asked.push(child);
    this.mostInFlight = Math.max(this.mostInFlight, ++this.inFlight);
    await new Promise((resolve) => setTimeout(resolve, 20 - Math.min(15, this.asked.length)));
    this.inFlight--;
    const urn = this.urnOf(child);
    this.answered.add(urn);
    const id = `${child.name}-id`;
    return { urn, id: child.custom ? id : "", outputs: { ...child.inputs, arn: `arn:aws:x:${id}`, name: id } };
  }

  find(urn: string): Promise<RegisteredChild | undefined> {
    return Promise.resolve(this.others.find((other) => other.urn === urn));
  }
}

function component(type: string, inputs: Properties): RemoteComponent {
  return { urn: "urn:component", type, name: "network", inputs, dependencies: [], propertyDependencies: {}, region: "us-east-1" };
}

function expansionOf(type: string): (typeof EXPANSIONS)[string] {
  const expand = EXPANSIONS[type];
  assert.ok(expand);
  return expand;
}

describe("a simulated component", () => {
  it("registers the children that the plan expects, with what they really got", async () => {
    const engine = new SlowEngine();
    const { outputs } = await construct(expansionOf(VPC), component(VPC, ARGUMENTS), engine);
    const plan = new SmallPlan("dev");
    plan.expand(VPC, "network", ARGUMENTS);
    const named = (all: readonly ChildRequest[]): string[] => all.map(({ type, name }) => `${type} ${name}`).sort();
    assert.deepEqual(named(engine.asked), named(plan.requests));
    assert.equal(outputs["vpcId"], "network-id");
    for (const { type, inputs } of engine.asked) if (type === "aws:ec2/subnet:Subnet") assert.equal(inputs["vpcId"], "network-id");
  });

  it("registers at the same time what does not wait for each other", async () => {
    const engine = new SlowEngine();
    await construct(expansionOf(VPC), component(VPC, ARGUMENTS), engine);
    // Nine subnets wait for the VPC alone.
    assert.ok(engine.mostInFlight >= 9, String(engine.mostInFlight));
  });

  it("registers each child once, after its parent", async () => {
    const engine = new SlowEngine();
    await construct(expansionOf(VPC), component(VPC, ARGUMENTS), engine);
    const urns = engine.asked.map((child) => engine.urnOf(child));
    assert.equal(new Set(urns).size, urns.length);
    for (const [index, { parent }] of engine.asked.entries())
      assert.ok(parent === "urn:component" || urns.slice(0, index).includes(parent));
  });

  it("looks up what it is given before it uses it", async () => {
    const cluster = { urn: "urn:cluster", id: "eks", outputs: { name: "eks", version: "1.33" } };
    const role = { urn: "urn:role", id: "nodes", outputs: { arn: "arn:aws:iam::1:role/nodes" } };
    const reference = (urn: string): Properties => ({
      "4dabf18193072939515e22adb298388d": "5cf8f73096256a8f31e491e813e4eb8e",
      urn,
      id: "x",
    });
    const inputs = { cluster: { cluster: reference(cluster.urn), subnetIds: ["subnet-1"] }, nodeRole: reference(role.urn) };
    const engine = new SlowEngine([cluster, role]);
    await construct(expansionOf("eks:index:ManagedNodeGroup"), component("eks:index:ManagedNodeGroup", inputs), engine);
    const [group] = engine.asked;
    assert.equal(group?.inputs["clusterName"], "eks");
    assert.equal(group?.inputs["nodeRoleArn"], role.outputs.arn);
  });

  it("refuses what the component refuses, and fails when a child does", async () => {
    const refused = construct(expansionOf(VPC), component(VPC, { ...ARGUMENTS, natGateways: { strategy: "Many" } }), new SlowEngine());
    await assert.rejects(refused, RefusedByComponent);
    const engine = new SlowEngine();
    engine.register = () => Promise.reject(new Error("VpcLimitExceeded"));
    await assert.rejects(construct(expansionOf(VPC), component(VPC, ARGUMENTS), engine), /VpcLimitExceeded/);
  });
});
