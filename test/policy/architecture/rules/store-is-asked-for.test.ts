import assert from "node:assert/strict";
import { storeIsAskedFor as rule } from "../../../../policy/architecture/rules/store-is-asked-for";
import { type Json, UNKNOWN } from "../../../../policy/lib/resource";
import { arn, id, type Input, TestNetwork, TestStack } from "../../stack";
import { verdictOn } from "../../verdicts";

const TABLE = "aws:dynamodb/table:Table";

describe("no store nobody asked for: in the network", () => {
  for (const known of [true, false]) {
    it(`passes when a service has a way out and a way in, and fails without either, ids ${known ? "known" : "not known yet"}`, () => {
      const stack = new TestStack(known);
      const network = new TestNetwork(stack);
      const [orders, db] = [network.group("orders"), network.group("db")];
      network.service("orders", orders);
      const database = network.database("db", db);
      const { ingress, egress } = network.allow(orders, db, 5432);
      assert.equal(verdictOn(rule, database, stack.resources), "pass");
      for (const gone of [ingress, egress])
        assert.match(verdictOn(rule, database, stack.without(gone)), /^fail: nothing in the stack can reach db/);
    });
  }

  it("fails when its groups are absent and no one shares the default group", () => {
    const stack = new TestStack();
    const network = new TestNetwork(stack);
    const database = network.database("db", network.group("unused"), { vpcSecurityGroupIds: null });
    assert.match(verdictOn(rule, database, stack.resources), /^fail/);
  });

  it("is not evaluated when a rule on either side is not known", () => {
    const cases = ["Ingress", "Egress"] as const;
    for (const direction of cases) {
      const stack = new TestStack();
      const network = new TestNetwork(stack);
      const [orders, db] = [network.group("orders"), network.group("db")];
      network.service("orders", orders);
      const database = network.database("db", db);
      network.rule(direction, "later", direction === "Ingress" ? db : orders, 5432, { referencedSecurityGroupId: UNKNOWN });
      assert.match(verdictOn(rule, database, stack.resources), /^not evaluated: the security group it names is not known yet/, direction);
    }
  });
});

describe("no store nobody asked for: DynamoDB tables", () => {
  const allow = (action: Json, resource: Json, effect = "Allow"): string =>
    JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: effect, Action: action, Resource: resource }] });

  function verdict(policy: (tableArn: string) => Input): string {
    const stack = new TestStack();
    const table = stack.add(TABLE, "sessions");
    const tableArn = String(table.outputs?.["arn"]);
    stack.add("aws:iam/rolePolicy:RolePolicy", "orders", { policy: policy(tableArn) });
    return verdictOn(rule, table, stack.resources);
  }

  it("pass when a policy grants something on the table, an index of it, or a pattern that matches it", () => {
    assert.equal(
      verdict((table) => allow("dynamodb:GetItem", table)),
      "pass",
    );
    assert.equal(
      verdict((table) => allow(["s3:GetObject", "dynamodb:Query"], [`${table}/index/*`])),
      "pass",
    );
    assert.equal(
      verdict((table) => allow("dynamodb:*", `${table.slice(0, -3)}*`)),
      "pass",
    );
  });

  it("fail when none does, or it denies, or it grants something else", () => {
    assert.match(verdictOn(rule, new TestStack().add(TABLE, "sessions")), /^fail: no IAM policy/);
    assert.match(
      verdict((table) => allow("dynamodb:*", table, "Deny")),
      /^fail/,
    );
    assert.match(
      verdict(() => allow("ecr:GetAuthorizationToken", "*")),
      /^fail/,
    );
    assert.match(
      verdict((table) => allow("dynamodb:GetItem", `${table}-other`)),
      /^fail/,
    );
  });

  it("fail when only a permissions boundary names it, which allows nothing, and pass when that is attached too", () => {
    const stack = new TestStack(false);
    const table = stack.add(TABLE, "sessions");
    const boundary = stack.add("aws:iam/policy:Policy", "boundary", { policy: allow("dynamodb:*", "*") });
    const role = stack.add("aws:iam/role:Role", "backups", { permissionsBoundary: arn(boundary) });
    assert.match(verdictOn(rule, table, stack.resources), /^fail: no IAM policy/);
    stack.add("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "backups", { role: id(role), policyArn: arn(boundary) });
    assert.doesNotMatch(verdictOn(rule, table, stack.resources), /^fail/);
  });

  it("pass on a policy that is not known yet but is made from the table", () => {
    const stack = new TestStack(false);
    const table = stack.add(TABLE, "sessions");
    stack.add("aws:iam/rolePolicy:RolePolicy", "orders", { policy: arn(table) });
    assert.equal(verdictOn(rule, table, stack.resources), "pass");
  });

  it("are not evaluated when a policy is not known and comes from nowhere", () => {
    assert.match(
      verdict(() => UNKNOWN),
      /^not evaluated: the policy document of/,
    );
  });
});
