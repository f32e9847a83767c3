import assert from "node:assert/strict";
import { type Descriptor } from "../../components/service/descriptor";
import { isStoreNeed, storeKind, storeName } from "../../components/service/store-kind";
import { type PlannedResource } from "../../plan/graph";
import { readCatalogue } from "../../stacks/catalogue";
import { asRole } from "../components/service/permissions";
import { ROOT, TEST_CONTEXT, Workspace } from "../harness";
import { expectedAccess, type Expected } from "./expected-access";
import { contextOf, type Grant, grantId, grantsOf, rolesOf, VISIBILITY } from "./grants";
import { planOf, type SyntheticPlan } from "./synthetic";

/** What a service is given because of where it runs, not because of what it needs: its log, its dead letters, what starts it, its traces. */
const OF_ITS_PLACE =
  /^(logs:(CreateLogStream|PutLogEvents)|xray:Put\w+|kafka:(Describe|GetBootstrap)\w+|ec2:\w+NetworkInterfaces?|ec2:Describe\w+|ec2:\w*ssignPrivateIpAddresses)$/;

function isOfItsPlace(service: string, { action, resource }: Grant): boolean {
  return OF_ITS_PLACE.test(action) || (action === "sqs:SendMessage" && resource.includes(`:${service}-dead-`));
}

/** The plan of the whole catalogue, in the account that the simulator of IAM asks in. */
function wholePlan(environment: string): Promise<SyntheticPlan> {
  const workspace = new Workspace().remove("stores.prod.yaml");
  workspace.section(environment, "aws", (aws) => Object.assign(aws, { accountId: TEST_CONTEXT.accountId, assumeRole: undefined }));
  return planOf(workspace, environment);
}

const services: readonly Descriptor[] = readCatalogue(ROOT).entries.map(({ descriptor }) => descriptor);

/** What every need of a service for a store must come to. */
function expectedOf({ resources }: SyntheticPlan, { name, needs = [] }: Descriptor): Expected[] {
  return needs.flatMap((need) => {
    if (!isStoreNeed(need) || !("access" in need)) return [];
    const direction = need.access === "write" || need.access === "publish" ? "out" : "in";
    return [expectedAccess({ resources, kind: storeKind(need), store: storeName(need), service: name, direction })];
  });
}

/** The secrets of a plan by ARN: those that are declared, and those that RDS and Redshift make for their master user. */
function secretsOf(resources: readonly PlannedResource[]): Map<string, string> {
  const declared = resources.filter(({ type }) => type === "aws:secretsmanager/secret:Secret");
  const masters = resources.flatMap(({ name, outputs }): [string, string][] => {
    const made = (outputs["masterUserSecrets"] as { secretArn: string }[] | undefined)?.[0]?.secretArn ?? outputs["adminPasswordSecretArn"];
    return typeof made === "string" ? [[made, `master of ${name}`]] : [];
  });
  return new Map([...declared.map(({ name, outputs }): [string, string] => [String(outputs["arn"]), name]), ...masters]);
}

for (const environment of ["dev", "prod"])
  describe(`the whole catalogue in ${environment}`, function () {
    this.timeout(300_000);
    let plan: SyntheticPlan;
    before(async () => (plan = await wholePlan(environment)));

    /** A function that a topic or queue starts is handed what was read; it never connects itself. */
    const handed = ({ triggers = [] }: Descriptor, store: string) =>
      triggers.some((trigger) => ("topic" in trigger ? trigger.topic : "queue" in trigger ? trigger.queue : undefined) === store);
    const isFunction = (name: string) => plan.document.services.find((service) => service.name === name)?.target === "lambda";

    it("reaches exactly the stores that its needs declare: no pair missing, none extra", () => {
      const wanted = new Set<string>();
      const endpoints = new Set<string>();
      for (const descriptor of services)
        for (const need of descriptor.needs ?? []) {
          if (!isStoreNeed(need) || !("access" in need)) continue;
          const [kind, store] = [storeKind(need), storeName(need)];
          const asked = { resources: plan.resources, kind, store, service: descriptor.name, direction: "in" } as const;
          const { endpoint, addresses } = expectedAccess(asked);
          if (endpoint === undefined) continue;
          endpoints.add(endpoint);
          if (isFunction(descriptor.name) && handed(descriptor, store)) continue;
          wanted.add(`${descriptor.name} ${endpoint} ${addresses[0]?.split(":").at(-1)}`);
          // The function that makes the users of a database.
          if ("store" in need) wanted.add(`${endpoint}-users ${endpoint} ${addresses[0]?.split(":").at(-1)}`);
        }
      const found = plan.document.reachability.filter(({ to }) => endpoints.has(to)).map(({ from, to, port }) => `${from} ${to} ${port}`);
      assert.deepEqual(found.sort(), [...wanted].sort());
      assert.ok(wanted.size > 15);
    });

    it("reaches exactly the services that its needs declare", () => {
      const names = new Set(services.map(({ name }) => name));
      const wanted = services.flatMap(({ name, needs = [] }) =>
        needs.flatMap((need) => ("service" in need ? [`${name} ${need.service}`] : [])),
      );
      const found = plan.document.reachability.filter(({ from, to }) => from !== to && names.has(from) && names.has(to));
      assert.deepEqual([...new Set(found.map(({ from, to }) => `${from} ${to}`))].sort(), wanted.sort());
    });

    it("has roles that may exactly what the needs of their services declare, as IAM decides it", async () => {
      const expected = new Map(
        services.map((descriptor) => [descriptor.name, expectedOf(plan, descriptor).flatMap(({ grants }) => grants)]),
      );
      let refused = 0;
      for (const [service, grants] of expected) {
        const may = asRole(plan.resources, service);
        const own = new Set(grants.map(grantId));
        for (const grant of grants)
          assert.equal(await may({ ...grant, context: contextOf(grant) }), "Allowed", `${service}: ${grantId(grant)}`);
        for (const grant of grantsOf(plan.resources, service))
          assert.ok(own.has(grantId(grant)) || isOfItsPlace(service, grant), `${service}: ${grantId(grant)}, which no need declares`);
        for (const other of [...expected.values()].flat().filter((grant) => !own.has(grantId(grant)))) {
          refused += 1;
          const answer = await may({ ...other, context: contextOf(other) });
          assert.notEqual(answer, "Allowed", `${service}: ${grantId(other)}`);
        }
      }
      assert.ok(refused > 500, `only ${refused} questions were asked`);
    });

    it("lets each secret be read by exactly who signs in with it and who makes it, as IAM decides it", async () => {
      const secrets = secretsOf(plan.resources);
      const wanted = new Set<string>();
      for (const descriptor of services)
        for (const { secret, endpoint } of expectedOf(plan, descriptor)) {
          if (secret === undefined) continue;
          wanted.add(`${descriptor.name} reads ${secrets.get(secret)}`);
          if (endpoint?.endsWith("-db"))
            for (const read of [secrets.get(secret), `master of ${endpoint}`]) wanted.add(`${endpoint}-users reads ${read}`);
        }
      const found: string[] = [];
      for (const role of rolesOf(plan.resources)) {
        const may = asRole(plan.resources, role);
        for (const [resource, name] of secrets)
          if ((await may({ action: "secretsmanager:GetSecretValue", resource })) === "Allowed") found.push(`${role} reads ${name}`);
      }
      assert.deepEqual(found.sort(), [...wanted].sort());
      assert.ok(secrets.size > 15);
    });

    it("lets its visibility layer read no secret of a store but that of a warehouse's administrator, to poll its system tables", () => {
      const secrets = secretsOf(plan.resources);
      const policies = plan.resources.filter(({ type, urn }) => type === "aws:iam/rolePolicy:RolePolicy" && urn.includes(VISIBILITY));
      assert.ok(policies.length > 5);
      const read = policies.flatMap(({ name, urn, inputs }) =>
        [...secrets].flatMap(([arn, secret]) =>
          // Grafana's own database is part of the layer.
          JSON.stringify(inputs["policy"]).includes(arn) && !urn.includes(":Grafana$") ? [`${name} reads ${secret}`] : [],
        ),
      );
      assert.deepEqual(read, ["log-poller reads master of analytics-warehouse"]);
    });

    it("has no policy beside those: none of a secret, none managed by AWS on the role of a service or of who makes users", () => {
      assert.deepEqual(
        plan.resources.filter(({ type }) => /secretPolicy/i.test(type)).map(({ urn }) => urn),
        [],
      );
      const closed = new Set([...services.map(({ name }) => name), ...rolesOf(plan.resources).filter((role) => role.endsWith("-users"))]);
      const physical = new Map(
        plan.resources.filter(({ type }) => type === "aws:iam/role:Role").map(({ name, outputs }) => [outputs["name"], name] as const),
      );
      const attached = plan.resources
        .filter(({ type }) => type === "aws:iam/rolePolicyAttachment:RolePolicyAttachment")
        .map(({ inputs }) => physical.get(inputs["role"] ?? null) ?? String(inputs["role"]));
      assert.deepEqual(
        attached.filter((role) => closed.has(role)),
        [],
      );
    });
  });
