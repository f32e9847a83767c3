import assert from "node:assert/strict";
import { makePlan } from "../../plan/plan";
import { type PlanDocument } from "../../plan/plan-schema";
import { APM_KINDS, type ApmKind } from "../../components/visibility/apm/apm";
import { ROOT, Workspace } from "../harness";

type Planned = PlanDocument["resources"][number];

const SECRET = "arn:aws:secretsmanager:us-east-1:111122223333:secret:apm-AbCdEf";
const ENDPOINT = "https://otel.example.com";
/** What each kind wants beside its name. */
const SETTINGS: Readonly<Record<ApmKind, object>> = {
  none: {},
  xray: {},
  otlp: { endpoint: ENDPOINT, keySecretArn: SECRET },
  newrelic: { keySecretArn: SECRET },
  dynatrace: { endpoint: ENDPOINT, keySecretArn: SECRET },
  appdynamics: { endpoint: ENDPOINT, keySecretArn: SECRET, controller: { host: "acme.saas.appdynamics.com", account: "acme" } },
};

/** The types that have something to do with traces: workloads, their roles, what they may reach, the agents of nodes, and Grafana's data sources. */
const TRACED = new Set([
  "aws:ecs/taskDefinition:TaskDefinition",
  "aws:lambda/function:Function",
  "aws:iam/rolePolicy:RolePolicy",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  "kubernetes:apps/v1:Deployment",
  "kubernetes:apps/v1:StatefulSet",
  "kubernetes:apps/v1:DaemonSet",
  "kubernetes:core/v1:ConfigMap",
  "kubernetes:networking.k8s.io/v1:NetworkPolicy",
]);

async function planWith(kind: ApmKind): Promise<Map<string, string>> {
  const workspace = new Workspace().section("dev", "visibility", (visibility) => (visibility["apm"] = { kind, ...SETTINGS[kind] }));
  try {
    const { document } = await makePlan(workspace.root, "dev");
    const managed = document.resources.filter(({ custom, type }) => custom && type !== "pulumi:pulumi:Stack");
    return new Map(managed.map(({ urn, inputs, protect }) => [urn, JSON.stringify([inputs, protect])]));
  } finally {
    workspace.dispose();
  }
}

function typeIn(urn: string): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? "";
}

describe("The visibility of the whole catalogue", () => {
  for (const environment of ["dev", "prod"])
    it(`has a way for the log of every workload, alarms for every store and a dashboard for each, in ${environment}`, async () => {
      const { document } = await makePlan(ROOT, environment);
      const rules = ["workload-has-log-route", "store-has-alarms", "dashboard-names-a-service-that-exists"];
      assert.deepEqual(
        [...document.policy.violations, ...document.policy.notEvaluated].filter(({ rule }) => rules.includes(rule)),
        [],
      );
      const dashboards = document.resources
        .filter(({ type, name }) => type === "kubernetes:core/v1:ConfigMap" && name.startsWith("grafana"))
        .flatMap(({ inputs }: Planned) => Object.keys(inputs["data"] ?? {}));
      for (const { name } of document.services)
        assert.ok(
          dashboards.some((file) => file.includes(`service-${name}`)),
          `no dashboard of ${name}`,
        );
      const stores = new Set(
        document.services.flatMap(({ bindings }) => bindings.filter(({ kind }) => kind !== "service").map(({ to }) => to)),
      );
      assert.ok(stores.size > 12);
      const alarms = document.resources.filter(({ type }) => type === "aws:cloudwatch/metricAlarm:MetricAlarm");
      assert.ok(alarms.length > 50);
    });

  it("changes with the place of traces only what has to do with traces", async () => {
    const plans = new Map<ApmKind, Map<string, string>>();
    for (const kind of APM_KINDS) plans.set(kind, await planWith(kind));
    const none = plans.get("none") ?? new Map<string, string>();
    for (const [kind, plan] of plans) {
      const urns = [...new Set([...none.keys(), ...plan.keys()])];
      const changed = urns.filter((urn) => none.get(urn) !== plan.get(urn));
      assert.equal(changed.length > 0, kind !== "none", kind);
      for (const urn of changed) assert.ok(TRACED.has(typeIn(urn)), `${kind} changes ${urn}`);
      for (const urn of changed) assert.ok(!urn.includes("strata:persistence:"), `${kind} changes the store ${urn}`);
    }
  });

  it("keeps the agents and workloads of two vendors the same but for where they send", async () => {
    const [one, other] = [await planWith("otlp"), await planWith("newrelic")];
    const changed = [...new Set([...one.keys(), ...other.keys()])].filter((urn) => one.get(urn) !== other.get(urn));
    assert.deepEqual(
      changed.filter((urn) => !one.has(urn) || !other.has(urn)),
      [],
      "no resource comes or goes",
    );
    assert.ok(changed.length > 0);
  });
});
