import Table from "cli-table3";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { TARGETS } from "../../components/service/descriptor";
import { type StoreKind } from "../../components/service/store-kind";
import { LAMBDA_PACKAGE_LIMITS } from "../../facts/limits-lambda-package";
import { asRole, policiesOf } from "../components/service/permissions";
import { ROOT } from "../harness";
import { type Expected, expectedAccess } from "./expected-access";
import { contextOf, grantId, grantsOf, rolesOf } from "./grants";
import { prefixOf, readBinding, variablesOf } from "./read-binding";
import {
  accessOf,
  ASKERS,
  type Asker,
  type Direction,
  DIRECTIONS,
  nameOf,
  planOf,
  SIBLING,
  STORE_KINDS,
  type SyntheticPlan,
  syntheticWorkspace,
} from "./synthetic";

/** IAM user guide, "IAM and AWS STS quotas" (2026-11): characters of all inline policies of a role together. */
const INLINE_POLICIES = 10_240;

/** What would take a store away or open it to others. Nobody who uses a store needs any of it. */
const RULE_OVER_IT: Readonly<Record<string, readonly string[]>> = {
  dynamodb: ["dynamodb:DeleteTable", "dynamodb:UpdateTable", "dynamodb:PutResourcePolicy"],
  s3: ["s3:DeleteBucket", "s3:PutBucketPolicy", "s3:PutEncryptionConfiguration"],
  sqs: ["sqs:DeleteQueue", "sqs:PurgeQueue", "sqs:SetQueueAttributes"],
  secretsmanager: ["secretsmanager:PutSecretValue", "secretsmanager:DeleteSecret", "secretsmanager:PutResourcePolicy"],
  kms: ["kms:ScheduleKeyDeletion", "kms:PutKeyPolicy", "kms:CreateGrant"],
  "kafka-cluster": ["kafka-cluster:AlterCluster", "kafka-cluster:DeleteTopic", "kafka-cluster:AlterTopic"],
  elasticache: ["elasticache:ModifyUser", "elasticache:DeleteUser"],
  "redshift-serverless": ["redshift-serverless:DeleteWorkgroup", "redshift-serverless:UpdateWorkgroup"],
};

/** One binding: a store, what is done with it, and where the service runs. */
interface Case {
  readonly kind: StoreKind;
  readonly direction: Direction;
  readonly asker: Asker;
}

const CASES: readonly Case[] = STORE_KINDS.flatMap((kind) =>
  DIRECTIONS.flatMap((direction) =>
    accessOf(kind, direction) === undefined
      ? []
      : ASKERS.filter((asker) => asker.direction === direction && asker.kinds.includes(kind)).map((asker) => ({ kind, direction, asker })),
  ),
);

/** Names of variables by kind and access, from the table in the documentation. */
function documented(): (kind: StoreKind, access: string, store: string) => string[] {
  const words = (cell: string | undefined) => [...(cell ?? "").matchAll(/`([^`]+)`/g)].map(([, word]) => word ?? "");
  const rows = readFileSync(join(ROOT, "docs/persistence.md"), "utf8")
    .split("\n")
    .map((line) => line.split("|").map((cell) => cell.trim()))
    .filter(([, , access, variables]) => (access === "any" || access?.startsWith("`")) && variables?.includes("`"));
  return (kind, access, store) =>
    rows
      .filter(([, kinds, when]) => words(kinds).includes(kind) && (when === "any" || words(when).includes(access)))
      .flatMap(([, , , variables]) => words(variables).map((name) => name.replace("<NAME>", prefixOf(store))));
}

for (const environment of ["dev", "prod"])
  describe(`a binding in ${environment}, read back from the plan`, function () {
    this.timeout(300_000);
    let plan: SyntheticPlan;
    const namesOf = documented();
    const found = new Map<string, { readonly expected: Expected; readonly variables: readonly string[]; readonly targets: Set<string> }>();

    before(async () => {
      plan = await planOf(syntheticWorkspace([...ASKERS, SIBLING]), environment);
    });

    after(() => {
      const table = new Table({
        head: ["store", "access", "connects to", "role may", "variables", ...TARGETS],
        style: { head: [], border: [] },
      });
      for (const [key, { expected, variables, targets }] of found) {
        const ports = [...new Set(expected.addresses.map((address) => address.split(":").at(-1)))];
        const actions = [...new Set(expected.grants.map(({ action }) => action))];
        table.push([
          ...key.split(" "),
          expected.endpoint ? `${expected.endpoint}:${ports.join(",")}` : "an API",
          actions.join("\n"),
          variables.join("\n"),
          ...TARGETS.map((target) => (targets.has(target) ? "✓" : "✗")),
        ]);
      }
      console.log(table.toString());
    });

    const ask = ({ kind, direction, asker }: Case, store: string, service = asker.name) =>
      expectedAccess({ resources: plan.resources, kind, store, service, direction });

    for (const one of CASES) {
      const { kind, direction, asker } = one;
      const access = accessOf(kind, direction) ?? "";
      it(`of ${kind} to ${access} on ${asker.target} connects, may what it needs, and has nothing of its sibling`, async () => {
        const store = nameOf(kind);
        const expected = ask(one, store);
        const variables = variablesOf(plan.resources, asker.name, asker.target);

        const { addresses, values, secret } = readBinding(variables, kind, store);
        assert.deepEqual(
          { addresses, values, secret },
          { addresses: expected.addresses, values: expected.values, secret: expected.secret },
        );
        const names = namesOf(kind, access, store);
        assert.ok(names.length > 0, `docs/persistence.md says nothing of ${kind} to ${access}`);
        const mine = (name: string) => name.startsWith(prefixOf(store)) && !isOfAnother(name, kind);
        assert.deepEqual(Object.keys(variables).filter(mine).sort(), names.filter((name) => name.startsWith(prefixOf(store))).sort());
        for (const name of names) assert.ok(variables[name], `${name} is documented`);

        const port = Number(expected.addresses[0]?.split(":").at(-1));
        const reaches = (to: string) => plan.document.reachability.filter((pair) => pair.from === asker.name && pair.to === to);
        if (expected.endpoint !== undefined)
          assert.deepEqual(reaches(expected.endpoint), [{ from: asker.name, to: expected.endpoint, port }]);
        const sibling = ask(one, nameOf(kind, true), SIBLING.name);
        if (sibling.endpoint !== undefined && sibling.endpoint !== expected.endpoint) assert.deepEqual(reaches(sibling.endpoint), []);

        const known = new Set(expected.grants.map(grantId));
        const may = asRole(plan.resources, asker.name);
        for (const grant of expected.grants)
          assert.equal(await may({ ...grant, context: contextOf(grant) }), "Allowed", `${asker.name}: ${grantId(grant)}`);
        const rules = expected.grants.flatMap(({ action, resource }) =>
          (RULE_OVER_IT[action.split(":")[0] ?? ""] ?? [])
            .filter((rule) => fits(rule, resource))
            .map((rule) => ({ action: rule, resource })),
        );
        for (const { action, resource } of [...new Map(rules.map((rule) => [JSON.stringify(rule), rule])).values()])
          assert.equal(await may({ action, resource }), "ImplicitlyDenied", `${asker.name}: ${action} on ${resource}`);
        for (const grant of sibling.grants.filter((other) => !known.has(grantId(other))))
          assert.equal(await may({ ...grant, context: contextOf(grant) }), "ImplicitlyDenied", `${asker.name}: ${grantId(grant)}`);

        const key = `${kind} ${access}`;
        const row = found.get(key) ?? { expected, variables: names, targets: new Set<string>() };
        found.set(key, { ...row, targets: row.targets.add(asker.target) });
      });
    }

    it("adds nothing to a role that is not one of its grants", () => {
      for (const asker of ASKERS) {
        const cases = CASES.filter((one) => one.asker === asker);
        const known = new Set(cases.flatMap((one) => ask(one, nameOf(one.kind)).grants.map(grantId)));
        const more = grantsOf(plan.resources, asker.name).filter((grant) => !known.has(grantId(grant)));
        const owner = asker.name;
        for (const { action, resource } of more)
          assert.ok(
            resource.includes(owner) || /^(xray|ec2):/.test(action),
            `${owner} may ${action} on ${resource}, which no need gives it`,
          );
        for (const expected of known)
          assert.ok(
            grantsOf(plan.resources, owner).some((grant) => grantId(grant) === expected),
            `${owner}: ${expected}`,
          );
      }
    });

    it("grants the secret with a password to the role that signs in with it, and to whoever makes it, and to nobody else", () => {
      const roles = rolesOf(plan.resources);
      const readers = new Map<string, string[]>();
      for (const role of roles)
        for (const { action, resource } of grantsOf(plan.resources, role))
          if (action === "secretsmanager:GetSecretValue") readers.set(resource, [...(readers.get(resource) ?? []), role]);
      assert.ok(
        [...readers.keys()].every((arn) => !arn.includes("*")),
        "no pattern stands for several secrets",
      );
      for (const one of CASES) {
        const { secret, endpoint } = ask(one, nameOf(one.kind));
        if (secret === undefined) continue;
        const sharing = CASES.filter((other) => ask(other, nameOf(other.kind)).secret === secret).map(({ asker }) => asker.name);
        const maker = roles.includes(`${endpoint}-users`) ? [`${endpoint}-users`] : [];
        assert.deepEqual([...new Set(readers.get(secret) ?? [])].sort(), [...sharing, ...maker].sort(), secret);
        // Amazon MQ makes one user of RabbitMQ, and a secret of a third party is what several may need; every other is one service's own.
        if (one.kind !== "rabbitmq" && one.kind !== "secret") assert.deepEqual(sharing, [one.asker.name]);
      }
    });

    it("is the same in `bindings` whether the service is a function, a task or a pod", () => {
      const bindingsOf = (name: string) => plan.document.services.find((service) => service.name === name)?.bindings;
      for (const { name, kinds, direction } of ASKERS) {
        const [first] = ASKERS.filter((other) => other.kinds === kinds && other.direction === direction);
        assert.ok((bindingsOf(name) ?? []).length > 0, name);
        assert.deepEqual(bindingsOf(name), bindingsOf(first?.name ?? ""), name);
      }
    });

    it("says in `bindings` what it is bound to as the descriptor does, and which variables it gives", () => {
      for (const { kind, direction, asker } of CASES) {
        const bindings = plan.document.services.find(({ name }) => name === asker.name)?.bindings ?? [];
        const binding = bindings.find((one) => one.kind === kind);
        const access = accessOf(kind, direction) ?? "";
        assert.ok(binding, `${asker.name} has no binding of kind ${kind}`);
        assert.equal(binding.to, nameOf(kind));
        assert.equal(binding.access, access);
        assert.deepEqual([...binding.variables].sort(), namesOf(kind, access, nameOf(kind)).sort());
      }
    });

    it("fits what AWS takes: variables of a function, policies of a role", () => {
      for (const { name, target } of ASKERS) {
        const policies = policiesOf(plan.resources, name).map(({ policy }) => JSON.stringify(policy).length);
        assert.ok(policies.reduce((sum, size) => sum + size, 0) <= INLINE_POLICIES, name);
        if (target !== "lambda") continue;
        const variables = Object.entries(variablesOf(plan.resources, name, target)).flat();
        const bytes = variables.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
        assert.ok(bytes <= LAMBDA_PACKAGE_LIMITS.environment.value * 1024 * 1024, `${name}: ${bytes} bytes`);
      }
    });
  });

/** True for a variable of another store whose name starts as this one's does. */
function isOfAnother(name: string, kind: StoreKind): boolean {
  return STORE_KINDS.some(
    (other) => other !== kind && prefixOf(nameOf(other)).length > prefixOf(nameOf(kind)).length && name.startsWith(prefixOf(nameOf(other))),
  );
}

/** Whether an action is one on this kind of resource, as the service authorization reference has it. */
function fits(action: string, resource: string): boolean {
  if (resource === "*") return false;
  if (action.startsWith("s3:")) return !resource.endsWith("/*");
  if (action === "kafka-cluster:AlterCluster") return resource.includes(":cluster/");
  if (action.startsWith("kafka-cluster:")) return resource.includes(":topic/");
  if (action.startsWith("elasticache:")) return resource.includes(":user:");
  return true;
}
