import assert from "node:assert/strict";
import { secretIsNotInTheClear as rule } from "../../../../../policy/security/rules/identity/secret-is-not-in-the-clear";
import { type Json, SECRET, UNKNOWN } from "../../../../../policy/lib/resource";
import { type Inputs, TestStack } from "../../../stack";
import { verdictOn } from "../../../verdicts";

const CANARY = "correct-horse-battery";

/** The verdict; no message may repeat a value. */
function on(type: string, inputs: Inputs): string {
  const verdict = verdictOn(rule, new TestStack().add(type, "orders", inputs));
  assert.ok(!verdict.includes(CANARY), verdict);
  return verdict;
}

function container(extra: { [key: string]: Json }): string {
  return on("aws:ecs/taskDefinition:TaskDefinition", { containerDefinitions: JSON.stringify([{ name: "app", ...extra }]) });
}

function variable(name: string, value: Json): string {
  return container({ environment: [{ name, value }] });
}

describe("no secret in the clear: properties", () => {
  const cases: readonly (readonly [type: string, property: string, inputs: (value: Json) => Inputs])[] = [
    ["aws:rds/instance:Instance", "password", (password) => ({ password })],
    ["aws:rds/cluster:Cluster", "masterPassword", (masterPassword) => ({ masterPassword })],
    ["aws:redshift/cluster:Cluster", "masterPassword", (masterPassword) => ({ masterPassword })],
    ["aws:elasticache/replicationGroup:ReplicationGroup", "authToken", (authToken) => ({ authToken })],
    ["aws:elasticache/user:User", "authenticationMode.passwords[*]", (one) => ({ authenticationMode: { passwords: [one] } })],
    ["aws:mq/broker:Broker", "users[*].password", (password) => ({ users: [{ username: "x", password }] })],
    ["aws:secretsmanager/secretVersion:SecretVersion", "secretString", (secretString) => ({ secretString })],
    [
      "aws:lb/listenerRule:ListenerRule",
      "actions[*].authenticateOidc.clientSecret",
      (clientSecret) => ({ actions: [{ authenticateOidc: { clientSecret } }] }),
    ],
    ["kubernetes:core/v1:Secret", 'stringData["key"]', (key) => ({ stringData: { key } })],
    ["aws:ssm/parameter:Parameter", "value", (value) => ({ type: "SecureString", value })],
  ];
  for (const [type, property, inputs] of cases)
    it(`${property} of ${type} passes when it is marked as secret, fails when it is not, and is not evaluated while that is not known`, () => {
      assert.equal(on(type, inputs(SECRET)), "pass");
      assert.equal(on(type, inputs(CANARY)), `fail: orders shows a secret: ${property} is not marked as secret`);
      assert.match(on(type, inputs(UNKNOWN)), /^not evaluated: whether .* is marked as secret is not known yet$/);
    });

  it("says nothing of a resource without any, and passes a whole that is marked", () => {
    assert.equal(on("aws:rds/instance:Instance", { manageMasterUserPassword: true }), "nothing");
    assert.equal(on("aws:ssm/parameter:Parameter", { type: "String", value: CANARY }), "nothing");
    assert.equal(on("aws:mq/broker:Broker", { users: SECRET }), "pass");
    assert.equal(on("kubernetes:core/v1:Secret", { data: SECRET }), "pass");
  });

  it("fails one broker user of several", () => {
    const users = [
      { username: "a", password: SECRET },
      { username: "b", password: CANARY },
    ];
    assert.match(on("aws:mq/broker:Broker", { users }), /^fail/);
  });

  it("fails a property of another type that is named like a secret, and not one that says where a secret is", () => {
    assert.match(on("aws:directoryservice/directory:Directory", { password: CANARY }), /^fail: .* password is not marked/);
    assert.match(on("aws:lightsail/database:Database", { masterPassword: CANARY }), /^fail/);
    const others: readonly Inputs[] = [
      { creationToken: CANARY },
      { masterUserSecretKmsKeyId: CANARY },
      { secretId: CANARY },
      { password: "" },
    ];
    for (const inputs of others) assert.equal(on("aws:other/other:Other", inputs), "nothing");
  });
});

describe("no secret in the clear: variables and commands", () => {
  it("fails a variable that is a secret by its name", () => {
    for (const name of [
      "DB_PASSWORD",
      "ORDERS_DB_PWD",
      "STRIPE_API_KEY",
      "dbPassword",
      "GITHUB_TOKEN",
      "AWS_SECRET_ACCESS_KEY",
      "CLIENT_SECRET",
    ])
      assert.equal(variable(name, CANARY), `fail: orders shows a secret: container app: variable ${name} is a secret by its name`);
  });

  it("passes a name that says where a secret is, and a value that only points there", () => {
    for (const name of ["ORDERS_DB_SECRET_ARN", "TOKEN_URL", "PASSWORD_FILE", "API_KEY_NAME", "SECRETS_PATH", "KEYCLOAK_REALM", "PASSAGE"])
      assert.equal(variable(name, CANARY), "pass", name);
    for (const value of ["arn:aws:secretsmanager:us-east-1:1:secret:x", "${DB_PASSWORD}", "/run/secrets/db", "", "true"])
      assert.equal(variable("DB_PASSWORD", value), "pass", value);
  });

  it("fails a value of a known form, whatever the variable is called", () => {
    const values = {
      "an access key of AWS": "AKIAIOSFODNN7EXAMPLE",
      "a private key": "-----BEGIN RSA PRIVATE KEY-----\nMIIE",
      "a URL with a password": `postgres://orders:${CANARY}@db:5432/orders`,
      "a token of GitHub": `ghp_${"a".repeat(36)}`,
      "a key of Stripe": `sk_live_${"a".repeat(24)}`,
      "a password of a connection string": `Server=db;User Id=x;Password=${CANARY};`,
    };
    for (const [what, value] of Object.entries(values))
      assert.equal(variable("SETTING", value), `fail: orders shows a secret: container app: variable SETTING holds ${what}`);
    for (const value of [
      "postgres://orders@db:5432/orders",
      "http://orders:8080",
      "postgres://orders:${PASSWORD}@db/orders",
      "password=$PASSWORD",
    ])
      assert.equal(variable("SETTING", value), "pass", value);
  });

  it("fails what the program itself marks as secret, under any name: whoever may describe the workload reads it", () => {
    assert.match(
      on("aws:lambda/function:Function", { environment: { variables: { SETTING: SECRET } } }),
      /^fail: .* SETTING holds a value that the program marks/,
    );
    assert.match(on("aws:lambda/function:Function", { environment: SECRET }), /^fail/);
    assert.match(on("aws:lambda/function:Function", { environment: { variables: SECRET } }), /^fail/);
    assert.match(
      on("aws:ecs/taskDefinition:TaskDefinition", { containerDefinitions: SECRET }),
      /^fail: .* containerDefinitions holds a value/,
    );
  });

  it("reads functions, pods and ConfigMaps as it reads tasks", () => {
    assert.match(on("aws:lambda/function:Function", { environment: { variables: { DB_PASSWORD: CANARY } } }), /^fail/);
    assert.equal(on("aws:lambda/function:Function", { environment: { variables: { DB_SECRET_ARN: "arn:aws:x" } } }), "pass");
    assert.equal(on("aws:lambda/function:Function", {}), "nothing");
    const pod = (env: Json): string =>
      on("kubernetes:apps/v1:Deployment", { spec: { template: { spec: { containers: [{ name: "app", env }] } } } });
    assert.match(pod([{ name: "DB_PASSWORD", value: CANARY }]), /^fail: .* container app: variable DB_PASSWORD/);
    assert.equal(pod([{ name: "DB_PASSWORD", valueFrom: { secretKeyRef: { name: "db", key: "password" } } }]), "pass");
    assert.match(on("kubernetes:core/v1:ConfigMap", { data: { "admin-password": CANARY } }), /^fail/);
    assert.equal(on("kubernetes:core/v1:ConfigMap", { data: { "nginx.conf": "listen 80;" } }), "pass");
  });

  it("reads commands: an assignment, a flag, a known form", () => {
    assert.match(
      container({ command: ["sh", "-c", `export DB_PASSWORD=${CANARY}; serve`] }),
      /^fail: .* the command of container app holds a value for DB_PASSWORD$/,
    );
    assert.match(container({ command: ["serve", "--api-key", CANARY] }), /^fail: .* api-key$/);
    assert.equal(container({ command: ["sh", "-c", "export DB_PASSWORD=$(read-secret); serve --port 80"] }), "pass");
  });

  it("is not evaluated while a variable that may be a secret, or all of them, are not known", () => {
    assert.equal(variable("DB_PASSWORD", UNKNOWN), "nothing", "container-is-confined tells of it");
    assert.match(
      on("aws:lambda/function:Function", { environment: { variables: { DB_PASSWORD: UNKNOWN } } }),
      /^not evaluated: what variable DB_PASSWORD holds/,
    );
    assert.equal(on("aws:lambda/function:Function", { environment: { variables: { QUEUE_URL: UNKNOWN } } }), "pass");
    assert.match(on("aws:lambda/function:Function", { environment: UNKNOWN }), /^not evaluated/);
    assert.match(on("kubernetes:apps/v1:Deployment", { spec: UNKNOWN }), /^not evaluated: its pods/);
    assert.match(
      on("aws:ecs/taskDefinition:TaskDefinition", { containerDefinitions: "{" }),
      /^not evaluated: containerDefinitions can't be read/,
    );
    assert.equal(on("aws:ecs/taskDefinition:TaskDefinition", {}), "nothing");
  });
});

describe("no secret in the clear: user data", () => {
  const type = "aws:ec2/launchTemplate:LaunchTemplate";
  const script = `#!/bin/bash\nexport ADMIN_PASSWORD="${CANARY}"\n`;

  it("fails a script that assigns one, as it is and in base 64, and passes one that reads it", () => {
    assert.match(on(type, { userData: Buffer.from(script).toString("base64") }), /^fail: .* userData holds a value for ADMIN_PASSWORD$/);
    assert.match(on("aws:ec2/instance:Instance", { userData: script }), /^fail/);
    assert.equal(on("aws:ec2/instance:Instance", { userData: "#!/bin/bash\necho ECS_CLUSTER=prod >> /etc/ecs/ecs.config\n" }), "pass");
  });

  it("fails what is marked as secret, is not evaluated while it is not known, and says nothing without any", () => {
    assert.match(on(type, { userData: SECRET }), /^fail/);
    assert.match(on(type, { userData: UNKNOWN }), /^not evaluated: userData is not known yet/);
    assert.equal(on(type, {}), "nothing");
  });
});
