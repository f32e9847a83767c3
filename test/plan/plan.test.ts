import Ajv2020 from "ajv/dist/2020";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type PlannedResource } from "../../plan/graph";
import { makePlan } from "../../plan/plan";
import { type PlanDocument } from "../../plan/plan-schema";
import { isSimulated } from "../../plan/simulate/outputs";
import { StackGraph } from "../../policy/lib/graph";
import { reachability } from "../../policy/lib/reachability";
import { isSelectedForBackup } from "../../policy/lib/stores/backup-coverage";
import { readCatalogue } from "../../stacks/catalogue";
import { strata } from "../automation/command";
import { ROOT, Workspace } from "../harness";

const RULES = ["aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"];
const STORE_TIER = /-db$/;

async function documentOf(environment: string, root = ROOT): Promise<PlanDocument> {
  return (await makePlan(root, environment)).document;
}

function graph(document: PlanDocument): PlannedResource[] {
  return document.resources;
}

describe("strata plan --json", () => {
  for (const environment of ["dev", "prod"]) {
    it(`${environment} keeps to its published schema`, async () => {
      const { code, stdout } = await strata("plan", environment, "--json", "--cwd", ROOT);
      assert.equal(code, 0);
      const validate = new Ajv2020({ allErrors: true }).compile(
        JSON.parse(readFileSync(join(ROOT, "plan/plan.schema.json"), "utf8")) as object,
      );
      assert.ok(validate(JSON.parse(stdout)), JSON.stringify(validate.errors));
    });

    it(`${environment} names no resource as a dependency, parent or provider that is not in it`, async () => {
      const { resources } = await documentOf(environment);
      const urns = new Set(resources.map(({ urn }) => urn));
      assert.equal(urns.size, resources.length, "each URN once");
      for (const { urn, dependencies, propertyDependencies, parent, component, provider } of resources) {
        const named = [
          ...dependencies,
          ...Object.values(propertyDependencies).flat(),
          ...(parent ? [parent] : []),
          ...(component ? [component] : []),
        ];
        for (const other of named) assert.ok(urns.has(other), `${urn} names ${other}`);
        if (provider) assert.ok(urns.has(provider.slice(0, provider.lastIndexOf("::"))), provider);
      }
    });

    it(`${environment} lists a resource after everything it depends on`, async () => {
      const seen = new Set<string>();
      for (const { urn, dependencies } of (await documentOf(environment)).resources) {
        for (const dependency of dependencies) assert.ok(seen.has(dependency), `${urn} stands before ${dependency}`);
        seen.add(urn);
      }
    });

    it(`${environment} has every resource under the one provider that accepts only its account`, async () => {
      const { resources } = await documentOf(environment);
      const providers = resources.filter(({ type }) => type === "pulumi:providers:aws");
      assert.equal(providers.length, 1);
      for (const { urn, type, provider } of resources)
        if (type.startsWith("aws:")) assert.ok(provider?.startsWith(`${providers[0]?.urn}::`), `${urn} is under ${provider}`);
    });

    it(`${environment} uses no type whose answers the simulation does not know`, async () => {
      const { resources } = await documentOf(environment);
      const unknown = resources.filter(({ type, custom }) => custom && !isSimulated(type)).map(({ type }) => type);
      assert.deepEqual([...new Set(unknown)], []);
    });

    it(`${environment} breaks no rule of the architecture`, async () => {
      const { policy } = await documentOf(environment);
      assert.deepEqual(policy.violations, []);
      assert.deepEqual(policy.broken, []);
      assert.ok(policy.evaluations > 0);
    });
  }

  it("two plans of one environment are equal", async () => {
    assert.deepEqual(await documentOf("prod"), await documentOf("prod"));
  });

  it("no secret of the stack file appears anywhere, whatever holds it", async () => {
    const canary = "v1:AAAAcanary:BBBB";
    const workspace = new Workspace();
    try {
      workspace.edit("Pulumi.dev.yaml", (file) => Object.assign(file["config"] as object, { "other:token": { secure: canary } }));
      const { stdout, stderr } = await strata("plan", "dev", "--json", "--cwd", workspace.root);
      assert.ok(stdout.length > 0 && !stdout.includes(canary) && !stderr.includes(canary));
    } finally {
      workspace.dispose();
    }
  });

  it("every password is made and kept by AWS: no input of any resource is one", async () => {
    for (const { urn, inputs } of (await documentOf("prod")).resources)
      for (const key of Object.keys(inputs)) assert.ok(!/password$/i.test(key) || /^manage\w+Password$/.test(key), `${urn} has ${key}`);
  });

  it("says of every service of the catalogue where it runs and why", async () => {
    const { services } = await documentOf("prod");
    assert.equal(services.length, 13);
    for (const { name, target, reason } of services) assert.ok(target && reason.length > 20, name);
  });

  it("gives orders its database by variables and a reference to a secret", async () => {
    const { services } = await documentOf("prod");
    const binding = services.find(({ name }) => name === "orders")?.bindings.find(({ kind }) => kind === "aurora-postgres");
    assert.deepEqual(binding?.variables, [
      "ORDERS_DB_HOST",
      "ORDERS_DB_READER_HOST",
      "ORDERS_DB_PORT",
      "ORDERS_DB_NAME",
      "ORDERS_DB_USER",
      "ORDERS_DB_SECRET_ARN",
    ]);
  });
});

describe("reachability", () => {
  let document: PlanDocument;
  before(async () => (document = await documentOf("prod")));

  const has = (pairs: PlanDocument["reachability"], from: string, to: string, port?: number) =>
    pairs.some((pair) => pair.from === from && pair.to === to && (port === undefined || pair.port === port));

  it("orders reaches its database on 5432, and so does the function that makes its users, and nothing else", () => {
    assert.deepEqual(
      document.reachability.filter(({ to }) => to === "orders-db"),
      [
        { from: "orders", to: "orders-db", port: 5432 },
        { from: "orders-db-users", to: "orders-db", port: 5432 },
      ],
    );
  });

  it("each database is reached by the services that need it and the function that makes their users, no pair missing and none extra", () => {
    const { entries } = readCatalogue(ROOT);
    const declared = entries.flatMap(({ descriptor: { name, needs = [] } }) =>
      needs.flatMap((need) => ("store" in need ? [`${name} ${need.name}-db`] : [])),
    );
    // Grafana keeps its state in a database of its own.
    declared.push("grafana grafana-db");
    const functions = [...new Set(declared.map((pair) => pair.split(" ")[1]))].map((database) => `${database}-users ${database}`);
    const pairs = document.reachability.filter(({ to }) => STORE_TIER.test(to)).map(({ from, to }) => `${from} ${to}`);
    assert.deepEqual([...new Set(pairs)].sort(), [...declared, ...functions].sort());
  });

  it("storefront does not reach the database of orders, but reaches orders", () => {
    assert.ok(!has(document.reachability, "storefront", "orders-db"));
    assert.ok(has(document.reachability, "storefront", "orders", 8080));
  });

  it("the internet reaches the load balancer, and what says that it is reached over TCP from there, and nothing else", () => {
    const reached = document.reachability.filter(({ from }) => from === "internet").map(({ to }) => to);
    assert.deepEqual([...new Set(reached)].sort(), ["chat-gateway", "public"]);
  });

  it("without either rule between orders and its database the pair is gone: it is read off the rules, not off the descriptors", () => {
    for (const type of RULES) {
      const without = graph(document).filter(
        (resource) => !(resource.type === type && resource.name.startsWith("orders-db-from-orders-5432")),
      );
      assert.equal(without.length, document.resources.length - 1);
      assert.ok(!has(reachability(without), "orders", "orders-db"), type);
    }
  });

  it("a rule that opens the database to everybody lets the services reach it, yet not the internet: the isolated tier has no way in", () => {
    const rule = graph(document).find(({ type, name }) => type === RULES[0] && name.startsWith("orders-db-from-orders-5432"));
    assert.ok(rule);
    const { referencedSecurityGroupId: _, ...inputs } = rule.inputs;
    const opened = { ...rule, inputs: { ...inputs, cidrIpv4: "0.0.0.0/0" } };
    const pairs = reachability(graph(document).map((resource) => (resource.urn === rule.urn ? opened : resource)));
    assert.ok(!has(pairs, "internet", "orders-db"));
    assert.ok(has(pairs, "orders", "orders-db", 5432));
  });
});

/** What docs/restore.md says has a daily backup. Buckets of logs are none of a service. */
const BACKED_UP = [
  "aws:rds/cluster:Cluster",
  "aws:rds/instance:Instance",
  "aws:dynamodb/table:Table",
  "aws:redshiftserverless/namespace:Namespace",
  "aws:s3/bucket:Bucket",
];

describe("a store", () => {
  it("of a durable environment is selected by AWS Backup, of every kind that has a daily backup", async () => {
    const stack = new StackGraph(graph(await documentOf("prod")));
    const stores = stack.ofType(...BACKED_UP).filter(({ parent }) => !parent?.includes("strata:visibility:"));
    assert.deepEqual([...new Set(stores.map(({ type }) => type))].sort(), [...BACKED_UP].sort());
    const missed = stores.filter((store) => isSelectedForBackup(store, stack) !== true);
    assert.deepEqual(
      missed.map(({ name }) => name),
      [],
    );
  });

  it("exists because a service asked for it: without the need there is no database", async () => {
    const workspace = new Workspace();
    try {
      workspace.service("orders", (orders) => (orders["needs"] = []));
      const { resources } = await documentOf("dev", workspace.root);
      assert.deepEqual(
        resources.filter(({ type, name }) => type.startsWith("aws:rds/") && name.startsWith("orders")).map(({ urn }) => urn),
        [],
      );
    } finally {
      workspace.dispose();
    }
  });
});
