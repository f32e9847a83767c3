import assert from "node:assert/strict";
import { TARGETS } from "../../components/service/descriptor";
import { makePlan } from "../../plan/plan";
import { type PlanDocument } from "../../plan/plan-schema";
import { ROOT } from "../harness";

describe("the catalogue in prod", () => {
  let document: PlanDocument;
  before(async () => (document = (await makePlan(ROOT, "prod")).document));

  const typesOf = (service: string) =>
    document.resources
      .filter(
        ({ urn, custom }) =>
          custom && urn.includes("strata:service:Service$") && document.resources.some((resource) => resource.urn === urn),
      )
      .filter(({ urn }) => owner(urn) === service)
      .map(({ type }) => type);

  function owner(urn: string): string | undefined {
    const parents = new Map(document.resources.map((resource) => [resource.urn, resource]));
    for (let at = parents.get(urn); at; at = at.parent === undefined ? undefined : parents.get(at.parent))
      if (at.type === "strata:service:Service") return at.name;
    return undefined;
  }

  it("uses every target there is", () => {
    assert.deepEqual([...new Set(document.services.map(({ target }) => target))].sort(), [...TARGETS].sort());
  });

  it("says which rule, or which cost, decided each", () => {
    for (const { name, reason } of document.services) assert.match(reason, /\((cost|[a-z]+(-[a-z]+)+)\)/, name);
  });

  const WORKLOADS = {
    lambda: "aws:lambda/function:Function",
    fargate: "aws:ecs/service:Service",
    "fargate-job": "aws:ecs/taskDefinition:TaskDefinition",
    ecs: "aws:ecs/service:Service",
    eks: "kubernetes:apps/v1:Deployment",
    "eks-stateful": "kubernetes:apps/v1:StatefulSet",
  } as const;

  it("has a workload of its target's kind for every service", () => {
    for (const { name, target } of document.services)
      assert.ok(typesOf(name).includes(WORKLOADS[target]), `${name} has no ${WORKLOADS[target]}`);
  });

  it("runs at least one job on Spot", () => {
    const strategies = document.resources
      .filter(({ type, urn }) => type === "aws:ecs/service:Service" && owner(urn) === "media-encoder")
      .flatMap(({ inputs }) => inputs["capacityProviderStrategies"] as { capacityProvider: string }[]);
    assert.ok(strategies.some(({ capacityProvider }) => capacityProvider === "FARGATE_SPOT"));
  });

  it("gives a persistent volume to the legacy workload alone, of all services", () => {
    const stateful = document.resources
      .filter(({ type }) => type === "kubernetes:apps/v1:StatefulSet")
      .flatMap(({ urn }) => owner(urn) ?? []);
    assert.deepEqual(stateful, ["legacy-erp"]);
  });

  it("makes an API that is reachable: it has a stage, and a route to each function with a path", () => {
    const stages = document.resources.filter(({ type }) => type === "aws:apigatewayv2/stage:Stage");
    assert.equal(stages.length, 1);
    const routes = document.resources.filter(({ type }) => type === "aws:apigatewayv2/route:Route").map(({ inputs }) => inputs["routeKey"]);
    assert.ok(routes.includes("ANY /webhooks/payments"));
  });
});
