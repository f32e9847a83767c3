import assert from "node:assert/strict";
import { criticalServiceHasNoSingleStore as rule } from "../../../../policy/architecture/rules/critical-service-has-no-single-store";
import type { PackConfig } from "../../../../policy/lib/levels";
import { type StackResource, UNKNOWN } from "../../../../policy/lib/resource";
import { arn, id, type Inputs, TestNetwork, TestStack } from "../../stack";
import { verdictOn } from "../../verdicts";

interface Case {
  readonly declares?: Inputs;
  readonly database?: Inputs;
  readonly reached?: boolean;
  readonly config?: PackConfig;
  readonly known?: boolean;
  readonly durable?: Inputs[string];
  /** One more rule of the service's group, to something that is not known. */
  readonly doubt?: boolean;
}

/** A declared service on Fargate and a PostgreSQL instance that it reaches or not. */
function verdict({
  declares = { critical: true },
  database = {},
  reached = true,
  config,
  known = true,
  durable,
  doubt = false,
}: Case): string {
  const stack = new TestStack(known);
  const network = new TestNetwork(stack);
  const [from, to] = [network.group("orders"), network.group("db")];
  const platform = durable === undefined ? undefined : stack.add("strata:stacks:Platform", "x", { durable });
  const service: StackResource = stack.add("strata:service:Service", "orders", { target: "fargate", ...declares }, platform);
  const task = stack.add("aws:ecs/taskDefinition:TaskDefinition", "orders", { family: "orders", containerDefinitions: "[]" }, service);
  const networkConfiguration = { subnets: network.private.map(id), securityGroups: [id(from)] };
  stack.add("aws:ecs/service:Service", "orders", { taskDefinition: arn(task), networkConfiguration }, service);
  network.database("db", to, database);
  if (reached) network.allow(from, to, 5432);
  if (doubt) network.rule("Egress", "later", from, 5432, { referencedSecurityGroupId: UNKNOWN });
  return verdictOn(rule, service, stack.resources, config);
}

describe("no critical service depends on a single instance", () => {
  for (const known of [true, false])
    it(`passes with a standby or without the store, and fails with one instance, ids ${known ? "known" : "not known yet"}`, () => {
      assert.equal(verdict({ database: { multiAz: true }, known }), "pass");
      assert.equal(verdict({ reached: false, known }), "pass");
      assert.match(verdict({ known }), /^fail: orders depends on db-instance: it has no standby in another zone/);
    });

  it("asks nothing of services that are not critical, unless told to, nor where nothing is durable", () => {
    assert.equal(verdict({ declares: { critical: false } }), "nothing");
    assert.equal(verdict({ declares: {} }), "nothing");
    assert.match(verdict({ declares: {}, config: { [rule.id]: { everyService: true } } }), /^fail/);
    assert.equal(verdict({ durable: false }), "nothing");
    assert.equal(verdict({ config: { [rule.id]: { durable: false } } }), "nothing");
  });

  it("is not evaluated while the instance, the network or whether it is critical is not known", () => {
    assert.equal(verdict({ database: { multiAz: UNKNOWN } }), "not evaluated: db-instance: multiAz is not known yet");
    assert.equal(verdict({ declares: { critical: UNKNOWN } }), "not evaluated: whether it is critical is not known yet");
    assert.match(verdict({ reached: false, doubt: true }), /^not evaluated: the security group it names is not known yet/);
    assert.equal(verdict({ durable: UNKNOWN }), "not evaluated: whether it is critical is not known yet");
  });
});
