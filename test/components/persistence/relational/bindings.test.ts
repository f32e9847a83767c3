import * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { AdoptedDatabase } from "../../../../components/persistence/relational/adopted-database";
import { ENGINES, type RelationalKind } from "../../../../components/persistence/relational/engines";
import { RELATIONAL_KINDS } from "../../../../components/service/needs";
import { type PlannedResource } from "../../../../plan/graph";
import { only, recordProgram } from "../../../harness";
import { asRole } from "../../service/permissions";
import { database, type Recorded } from "./databases";

const SCHEMES: Readonly<Record<RelationalKind, string>> = {
  "aurora-postgres": "postgresql",
  "aurora-mysql": "mysql",
  postgres: "postgresql",
  mysql: "mysql",
  mariadb: "mariadb",
  oracle: "tcps",
  sqlserver: "sqlserver",
};
const ACCESSES = ["read", "write"] as const;
const READER = { name: "reports", access: "read" } as const;
const WRITER = { name: "order-desk", access: "write" } as const;
const BOTH = [READER, WRITER];
const ROLE = "aws:iam/role:Role";
const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";

function variable({ variables }: Recorded, service: string, name: string): string {
  const value = variables(service)[`ORDERS_EU_DB_${name}`];
  assert.ok(value, `${service} has ORDERS_EU_DB_${name}`);
  return value;
}

/** Whether a group may open a connection to another on a port: a rule out of the one and a rule into the other. */
function reaches(resources: readonly PlannedResource[], from: string, to: string, port: number): boolean {
  const has = (type: string, of: string, other: string) =>
    resources.some(
      ({ type: found, inputs }) =>
        found === type &&
        inputs["securityGroupId"] === of &&
        inputs["referencedSecurityGroupId"] === other &&
        inputs["fromPort"] === port &&
        inputs["toPort"] === port,
    );
  return has(EGRESS, from, to) && has(INGRESS, to, from);
}

function server(resources: readonly PlannedResource[]): PlannedResource {
  const found = resources.find(({ type }) => type === "aws:rds/cluster:Cluster" || type === "aws:rds/instance:Instance");
  assert.ok(found);
  return found;
}

describe("a service bound to a relational database", () => {
  const table: string[][] = [];

  after(() => {
    console.log("      store × access, read back from the binding:");
    for (const row of table) console.log(`        ${row.join("  ")}`);
  });

  for (const kind of RELATIONAL_KINDS) {
    const engine = ENGINES[kind];
    let bound: Recorded;

    before(async () => {
      bound = await database(kind, { storeName: "orders-eu", consumers: BOTH });
    });

    for (const access of ACCESSES) {
      const service = access === "read" ? READER.name : WRITER.name;

      it(`${kind}, ${access}: its variables make a connection string to the server and the database`, () => {
        const user = engine.iam ? `${variable(bound, service, "USER")}@` : "";
        const [host, port, name] = ["HOST", "PORT", "NAME"].map((part) => variable(bound, service, part));
        const url = new URL(`${SCHEMES[kind]}://${user}${host}:${port}/${name}`);
        const { outputs } = server(bound.resources);
        const reader = outputs["readerEndpoint"] ?? outputs["address"];
        assert.equal(url.hostname, access === "write" ? (outputs["endpoint"] ?? "").toString().replace(/:\d+$/, "") : reader);
        assert.equal(variable(bound, service, "READER_HOST"), reader);
        assert.equal(Number(url.port), engine.port);
        assert.equal(url.pathname, kind === "oracle" ? "/ORCL" : "/orders_eu");
        if (kind === "oracle") assert.equal(variable(bound, service, "SCHEMA"), "orders_eu");
        if (engine.iam) assert.equal(url.username, service === "reports" ? "reports_iam" : "order_desk_iam");
        table.push([kind.padEnd(15), access.padEnd(5), url.href]);
      });

      it(`${kind}, ${access}: it reads its own secret and signs in as itself, and nothing else`, async () => {
        const may = async (action: string, resource: string, context?: Record<string, string>) =>
          (await asRole(bound.resources, service)({ action, resource, ...(context && { context }) })) === "Allowed";
        const own = variable(bound, service, "SECRET_ARN");
        const other = variable(bound, access === "read" ? WRITER.name : READER.name, "SECRET_ARN");
        assert.notEqual(own, other);
        assert.equal(await may("secretsmanager:GetSecretValue", own), true);
        assert.equal(await may("secretsmanager:GetSecretValue", other), false);
        assert.equal(await may("secretsmanager:PutSecretValue", own), false);
        const key = String(only(bound.resources, "aws:kms/key:Key", "persistence").outputs["arn"]);
        assert.equal(await may("kms:Decrypt", key, { "kms:EncryptionContext:SecretARN": own }), true);
        assert.equal(await may("kms:Decrypt", key, { "kms:EncryptionContext:SecretARN": other }), false);
        const { outputs } = server(bound.resources);
        const id = outputs["clusterResourceId"] ?? outputs["resourceId"];
        const user = (name: string) => `arn:aws:rds-db:us-east-1:111122223333:dbuser:${String(id)}/${name}`;
        const mine = service === "reports" ? "reports_iam" : "order_desk_iam";
        assert.equal(await may("rds-db:connect", user(mine)), engine.iam);
        for (const stranger of ["strata", "other_iam", service === "reports" ? "order_desk_iam" : "reports_iam"])
          assert.equal(await may("rds-db:connect", user(stranger)), false);
      });

      it(`${kind}, ${access}: its security group reaches the server's on the one port, and no stranger's does`, () => {
        const [group] = server(bound.resources).inputs["vpcSecurityGroupIds"] as string[];
        assert.ok(group);
        assert.equal(reaches(bound.resources, `sg-${service}`, group, engine.port), true);
        assert.equal(reaches(bound.resources, "sg-stranger", group, engine.port), false);
        const into = bound.resources.filter(({ type, inputs }) => type === INGRESS && inputs["securityGroupId"] === group);
        const bootstrap = String(into.find(({ name }) => name.includes("-from-orders-eu-db-users-"))?.inputs["referencedSecurityGroupId"]);
        assert.deepEqual(
          into.map(({ inputs }) => inputs["referencedSecurityGroupId"]).sort(),
          [`sg-${READER.name}`, `sg-${WRITER.name}`, bootstrap].sort(),
        );
      });
    }

    it(`${kind}: its users are made before it starts, by a function that stands in the VPC and may touch those secrets only`, async () => {
      const { resources } = bound;
      const calls = resources.filter(({ type }) => type === "aws:lambda/invocation:Invocation");
      assert.deepEqual(calls.map(({ name }) => name).sort(), ["orders-eu-db-order-desk", "orders-eu-db-reports"]);
      for (const { inputs, name } of calls) {
        const request = JSON.parse(String(inputs["input"])) as Record<string, unknown>;
        const service = name.endsWith("reports") ? "reports" : "order-desk";
        assert.equal(request["access"], service === "reports" ? "read" : "write");
        assert.equal(request["database"], "orders_eu");
        assert.equal(request["secretArn"], variable(bound, service, "SECRET_ARN"));
        assert.equal("iamUser" in request, engine.iam);
        assert.equal(inputs["lifecycleScope"], "CRUD");
        assert.ok(
          bound.ready(service).some((resource) => "lifecycleScope" in resource),
          "the workload waits for its users",
        );
      }
      const own = only(resources, "aws:lambda/function:Function").inputs["vpcConfig"] as { subnetIds: unknown };
      assert.deepEqual(own.subnetIds, only(resources, "awsx:ec2:Vpc").outputs["privateSubnetIds"]);
      const may = async (action: string, resource: string) =>
        (await asRole(resources, "orders-eu-db-users")({ action, resource })) === "Allowed";
      const [master] = server(resources).outputs["masterUserSecrets"] as { secretArn: string }[];
      assert.ok(master);
      assert.equal(await may("secretsmanager:GetSecretValue", master.secretArn), true);
      assert.equal(await may("secretsmanager:PutSecretValue", master.secretArn), false);
      for (const service of ["reports", "order-desk"])
        assert.equal(await may("secretsmanager:PutSecretValue", variable(bound, service, "SECRET_ARN")), true);
      const stranger = "arn:aws:secretsmanager:us-east-1:111122223333:secret:test/crm/partners/abc-123456";
      for (const action of ["secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue"])
        assert.equal(await may(action, stranger), false);
    });

    it(`${kind}: each password is rotated by that function, which Secrets Manager may call for that secret alone`, () => {
      const { resources } = bound;
      const rotations = resources.filter(({ type }) => type === "aws:secretsmanager/secretRotation:SecretRotation");
      assert.equal(rotations.length, 2);
      const alias = only(resources, "aws:lambda/alias:Alias").outputs["arn"];
      for (const { inputs } of rotations) {
        assert.equal(inputs["rotationLambdaArn"], alias);
        assert.equal(inputs["rotateImmediately"], false);
        const permission = resources.find(
          ({ type, inputs: allowed }) => type === "aws:lambda/permission:Permission" && allowed["sourceArn"] === inputs["secretId"],
        );
        assert.equal(permission?.inputs["principal"], "secretsmanager.amazonaws.com");
      }
    });

    it(`${kind}: nothing that is declared holds a value of a secret`, () => {
      for (const { type, inputs } of bound.resources) {
        assert.notEqual(type, "aws:secretsmanager/secretVersion:SecretVersion");
        for (const key of ["password", "masterPassword", "secretString", "passwordWo"]) assert.equal(inputs[key], undefined);
        assert.doesNotMatch(JSON.stringify(inputs["environment"] ?? inputs["input"] ?? ""), /"(PASSWORD|password)/);
      }
    });
  }

  it("goes through a proxy with its token, where one was asked for and the engine has it", async () => {
    const bound = await database("postgres", { storeName: "orders-eu", instance: { proxy: true }, consumers: [WRITER] });
    const { resources } = bound;
    const proxy = only(resources, "aws:rds/proxy:Proxy");
    assert.deepEqual([proxy.inputs["requireTls"], proxy.inputs["defaultAuthScheme"]], [true, "IAM_AUTH"]);
    assert.equal(proxy.inputs["auths"], undefined, "it reads no secret");
    assert.equal(variable(bound, WRITER.name, "PROXY_HOST"), proxy.outputs["endpoint"]);
    const [group] = proxy.inputs["vpcSecurityGroupIds"] as string[];
    const [behind] = server(resources).inputs["vpcSecurityGroupIds"] as string[];
    assert.ok(group && behind);
    assert.equal(reaches(resources, "sg-order-desk", group, 5432), true);
    assert.equal(reaches(resources, group, behind, 5432), true);
    const prx = String(proxy.outputs["arn"]).split(":").at(-1);
    const user = (id: unknown, name: string) => `arn:aws:rds-db:us-east-1:111122223333:dbuser:${String(id)}/${name}`;
    const ask = (role: string, resource: string) => asRole(resources, role)({ action: "rds-db:connect", resource });
    assert.equal(await ask(WRITER.name, user(prx, "order_desk_iam")), "Allowed");
    const id = server(resources).outputs["resourceId"];
    assert.equal(await ask("orders-eu-db-proxy", user(id, "order_desk_iam")), "Allowed");
    assert.notEqual(await ask("orders-eu-db-proxy", user(id, "strata")), "Allowed");
    const without = await database("mariadb", { instance: { proxy: true } });
    assert.equal(
      without.resources.some(({ type }) => type === "aws:rds/proxy:Proxy"),
      false,
    );
  });

  it("can use a database that exists already, of which nothing is created but the rules that let it in", async () => {
    let variables: Record<string, string> = {};
    const resources = await recordProgram(() => {
      const adopted = new AdoptedDatabase("old-db", {
        ...{ kind: "mysql", storeName: "old", endpoint: "old.example", databaseName: "legacy", securityGroupId: "sg-old" },
        ...{ secretArn: "arn:aws:secretsmanager:us-east-1:111122223333:secret:old", keyArn: "arn:aws:kms:us-east-1:111122223333:key/1" },
      });
      const binding = adopted.bind({ name: "orders", securityGroupId: pulumi.output("sg-orders") }, "read");
      pulumi.output(binding.variables).apply((known) => (variables = known));
    });
    assert.deepEqual(variables, {
      OLD_DB_HOST: "old.example",
      OLD_DB_READER_HOST: "old.example",
      OLD_DB_PORT: "3306",
      OLD_DB_NAME: "legacy",
      OLD_DB_SECRET_ARN: "arn:aws:secretsmanager:us-east-1:111122223333:secret:old",
    });
    assert.equal(reaches(resources, "sg-orders", "sg-old", 3306), true);
    assert.equal(
      resources.some(({ type }) => type === ROLE || type.startsWith("aws:rds/")),
      false,
    );
  });

  it("refuses an access that no database has", async () => {
    await assert.rejects(
      database("postgres", { consumers: [{ name: "orders", access: "publish" }] }),
      /orders cannot publish orders-db; give read or write/,
    );
  });
});
