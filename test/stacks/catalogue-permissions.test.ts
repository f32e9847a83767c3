import assert from "node:assert/strict";
import { type PlannedResource } from "../../plan/graph";
import { makePlan } from "../../plan/plan";
import { evaluate } from "../components/compute/iam";
import { policiesOf, type RenderedPolicy } from "../components/service/permissions";
import { ROOT } from "../harness";

type Statement = RenderedPolicy["Statement"][number];

/** Actions for which IAM knows no resource, so that a role has them on all or on none (Service authorization reference, 2026-11). */
const WITHOUT_RESOURCE =
  /^(kafka:GetBootstrapBrokers|ec2:(Create|Describe|Delete)NetworkInterfaces?|ec2:(Describe(Subnets|SecurityGroups|Vpcs)|(Una|A)ssignPrivateIpAddresses)|xray:Put.*|redshift-data:(Describe|Cancel)Statement|redshift-data:GetStatementResult|redshift-data:ListStatements)$/;

function list(value: string | readonly string[]): readonly string[] {
  return typeof value === "string" ? [value] : value;
}

/** One thing a role may do: an action on a resource, without a condition. */
function grants(statements: readonly Statement[]): { readonly action: string; readonly resource: string }[] {
  return statements
    .filter(({ Effect, Condition }) => Effect === "Allow" && Condition === undefined)
    .flatMap(({ Action, Resource }) => list(Action).flatMap((action) => list(Resource).map((resource) => ({ action, resource }))));
}

/** A resource that a pattern stands for. */
function concrete(resource: string): string {
  return resource.replaceAll("*", "something");
}

describe("the roles of the catalogue, as IAM evaluates them", function () {
  this.timeout(120_000);
  const roles = new Map<string, Statement[]>();

  before(async () => {
    const { document } = await makePlan(ROOT, "dev");
    const resources = document.resources as PlannedResource[];
    for (const { name } of document.services)
      roles.set(
        name,
        policiesOf(resources, name).flatMap(({ policy }) => policy.Statement),
      );
  });

  const policy = (service: string) =>
    JSON.stringify({ Version: "2012-10-17", Statement: (roles.get(service) ?? []).filter(({ Condition }) => Condition === undefined) });

  it("allow every service what its needs declare", async () => {
    for (const [service, statements] of roles)
      for (const { action, resource } of grants(statements))
        if (resource !== "*")
          assert.equal(await evaluate(policy(service), action, concrete(resource)), "Allowed", `${service}: ${action} on ${resource}`);
  });

  it("deny every service the same action on what only a sibling was granted", async () => {
    let asked = 0;
    for (const [service, statements] of roles) {
      const own = grants(statements);
      const actions = new Set(own.map(({ action }) => action));
      const theirs = [...roles].filter(([name]) => name !== service).flatMap(([, other]) => grants(other));
      const foreign = theirs.filter(
        ({ action, resource }) =>
          actions.has(action) && resource !== "*" && !own.some((mine) => mine.action === action && mine.resource === resource),
      );
      for (const { action, resource } of foreign) {
        asked += 1;
        assert.notEqual(await evaluate(policy(service), action, concrete(resource)), "Allowed", `${service}: ${action} on ${resource}`);
      }
    }
    assert.ok(asked > 20, `only ${asked} questions were asked`);
  });

  it("have no statement on every resource but for actions that know none", () => {
    for (const [service, statements] of roles)
      for (const { Action, Resource, Effect } of statements)
        if (Effect === "Allow" && list(Resource).includes("*"))
          for (const action of list(Action)) assert.match(action, WITHOUT_RESOURCE, service);
  });

  it("have no action that a wildcard widens", () => {
    for (const [service, statements] of roles)
      for (const { Action, Effect } of statements)
        if (Effect === "Allow") for (const action of list(Action)) assert.ok(!action.includes("*"), `${service}: ${action}`);
  });
});
