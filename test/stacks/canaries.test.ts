import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import assert from "node:assert/strict";
import { EXIT } from "../../automation/cli";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { type Json, type PlannedResource, SECRET } from "../../plan/graph";
import { type PlanDocument } from "../../plan/plan-schema";
import { MESSAGING_RESOURCES } from "../../plan/simulate/messaging";
import { strata } from "../automation/command";
import { recordProgram, TEST_CONTEXT, type Workspace } from "../harness";
import { ASKERS, type Asker, STORE_KINDS, syntheticWorkspace } from "./synthetic";

const PASSWORD_TYPE = "random:index/randomPassword:RandomPassword";
const KUBECONFIG_CANARY = "canary-of-the-kubeconfig-token";
const KEY_CANARY = Buffer.from("canary-of-the-client-key").toString("base64");
const STACK_CANARY = "v1:Y2FuYXJ5:Y2FuYXJ5LW9mLXRoZS1zdGFjaw==";

/** A property whose value is a password or holds one, by its name. What says that AWS shall keep one is none. */
const NAMED_SECRET = /(password|passwords|secretString|secretBinary|authToken|token|privateKey|clientKeyData)$/i;
const KEPT_BY_AWS = /^manage\w*Password$/;

/** The generated passwords of a plan: what the simulation answers for them, which the plan itself must not say. */
function passwordsOf(resources: readonly PlannedResource[]): string[] {
  const { region, accountId } = TEST_CONTEXT;
  const generate = MESSAGING_RESOURCES[PASSWORD_TYPE];
  assert.ok(generate);
  return resources
    .filter(({ type }) => type === PASSWORD_TYPE)
    .map(({ urn, name, inputs }) => String(generate(inputs, { urn, name, region, accountId }).outputs["result"]));
}

/** Where a text is in a value, also inside the text of a JSON document or in base64; each as a path. */
function placesOf(value: Json, canary: string, path = ""): string[] {
  if (typeof value === "string") {
    const coded = [canary, Buffer.from(canary).toString("base64"), encodeURIComponent(canary)];
    return coded.some((one) => value.includes(one)) ? [path] : [];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    ...(key.includes(canary) ? [`${path}.${key}`] : []),
    ...placesOf(inner, canary, `${path}.${key}`),
  ]);
}

/** Every place in the inputs and outputs of some resources where one of the canaries is to be read. */
function leaks(resources: readonly PlannedResource[], canaries: readonly string[]): string[] {
  return canaries.flatMap((canary) =>
    resources.flatMap(({ urn, inputs, outputs }) => [
      ...placesOf(inputs, canary).map((place) => `${urn} inputs${place}`),
      ...placesOf(outputs, canary).map((place) => `${urn} outputs${place}`),
    ]),
  );
}

/** Values of properties that are named as secrets are, with where they are. */
function namedSecrets(value: Json, path = ""): { readonly path: string; readonly value: Json }[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    ...(NAMED_SECRET.test(key) && !KEPT_BY_AWS.test(key) ? [{ path: `${path}.${key}`, value: inner }] : []),
    ...namedSecrets(inner, `${path}.${key}`),
  ]);
}

const KUBECONFIG = stringify({
  apiVersion: "v1",
  kind: "Config",
  clusters: [{ name: "frankfurt", cluster: { server: "https://kube.frankfurt.example.com:6443" } }],
  users: [{ name: "deployer", user: { token: KUBECONFIG_CANARY, "client-key-data": KEY_CANARY } }],
  contexts: [{ name: "main", context: { cluster: "frankfurt", user: "deployer" } }],
  "current-context": "main",
});

/** A service on a cluster of another datacentre, so that its kubeconfig is used. */
const ELSEWHERE: Asker = { name: "elsewhere", target: "eks", kinds: ["secret", "table"], direction: "in", apart: true };

/** Every store, every target, a cluster that is adopted, and a secret in the stack file: everything a secret can come in by. */
function withCanaries(environment: string): Workspace {
  return syntheticWorkspace([...ASKERS, ELSEWHERE])
    .write("frankfurt.yaml", KUBECONFIG)
    .section(environment, "kubernetes", (kubernetes) => (kubernetes["adopted"] = { frankfurt: { kubeconfigFile: "frankfurt.yaml" } }))
    .service("elsewhere", (service) => (service["place"] = { on: "eks", cluster: "frankfurt", because: "it stays in its datacentre" }))
    .edit(`Pulumi.${environment}.yaml`, (file) => Object.assign(file["config"] as object, { "other:token": { secure: STACK_CANARY } }));
}

for (const [what, environment, change] of [
  ["dev", "dev", () => undefined],
  ["prod", "prod", () => undefined],
  ["dev with a cache of its own", "dev", (persistence: Record<string, unknown>) => (persistence["cache"] = { mode: "self-managed" })],
] as const)
  describe(`a secret in the plan of ${what}`, function () {
    this.timeout(300_000);
    let resources: readonly PlannedResource[];
    let canaries: readonly string[];
    let said: readonly string[];

    before(async () => {
      const workspace = withCanaries(environment).section(environment, "persistence", change);
      try {
        const out = join(workspace.root, "out");
        const { code, stdout, stderr } = await strata("plan", environment, "--json", "--cwd", workspace.root, "--out", out);
        // A catalogue of everything with everything is no good architecture, which a durable environment says with its code.
        assert.ok(code === EXIT.ok || code === EXIT.policyViolation, stderr);
        const document = JSON.parse(stdout) as PlanDocument;
        resources = document.resources;
        canaries = [...passwordsOf(resources), KUBECONFIG_CANARY, KEY_CANARY, STACK_CANARY];
        said = [stdout, stderr, ...["plan.json", "plan.txt"].map((file) => readFileSync(join(out, file), "utf8"))];
      } finally {
        workspace.dispose();
      }
    });

    it("is in no input and no output that is not marked secret", () => {
      assert.ok(canaries.length > 10, `${canaries.length} canaries`);
      assert.deepEqual(leaks(resources, canaries), []);
    });

    it("is in no plan, as text or as JSON, in no report and in nothing that is printed beside it", () => {
      for (const canary of canaries) for (const text of said) assert.ok(!text.includes(canary), canary);
    });

    it("is marked wherever it goes: in logins of brokers, in the default user of a cache, in secrets, in what reaches a cluster", () => {
      const hidden = (type: string) => {
        const found = resources.filter((resource) => resource.type === type && JSON.stringify(resource.inputs).includes(SECRET));
        return found.length;
      };
      assert.ok(hidden("aws:secretsmanager/secretVersion:SecretVersion") > 0);
      assert.ok(hidden("aws:mq/broker:Broker") === 2);
      assert.ok(hidden("pulumi:providers:kubernetes") > 0);
      if (!what.includes("of its own")) assert.equal(hidden("aws:elasticache/user:User"), 1);
      assert.equal(resources.filter(({ type, outputs }) => type === PASSWORD_TYPE && outputs["result"] !== SECRET).length, 0);
    });

    it("is never what a property is named after: such a one is marked, or says that AWS keeps it", () => {
      const kinds = new Set(resources.filter(({ type }) => type.startsWith("aws:")).map(({ type }) => type.split(":")[1]?.split("/")[0]));
      for (const service of ["rds", "mq", "msk", "elasticache", "dynamodb", "redshiftserverless", "s3", "sqs", "secretsmanager"])
        if (service !== "elasticache" || !what.includes("of its own"))
          assert.ok(kinds.has(service), `no ${service} in a plan of ${STORE_KINDS.join()}`);
      for (const { urn, inputs, outputs } of resources)
        for (const { path, value } of [...namedSecrets(inputs), ...namedSecrets(outputs)])
          assert.ok(isHidden(value), `${urn} has ${path}: ${JSON.stringify(value)}`);
      for (const { urn, type, inputs } of resources)
        if (type === "aws:rds/instance:Instance" || type === "aws:rds/cluster:Cluster")
          assert.equal(inputs["manageMasterUserPassword"], true, urn);
    });
  });

/** True for what was marked secret, is not there, or is only a yes or no; and for a list of nothing but that. */
function isHidden(value: Json): boolean {
  if (value === SECRET || value === null || typeof value === "boolean") return true;
  return Array.isArray(value) && value.every(isHidden);
}

describe("a kubeconfig that does not parse", () => {
  it("is refused without a word of what is in it", async () => {
    const workspace = withCanaries("dev").write("frankfurt.yaml", `${KUBECONFIG}\nusers: [{ token: ${KUBECONFIG_CANARY}\n`);
    try {
      const { code, stdout, stderr } = await strata("plan", "dev", "--cwd", workspace.root);
      assert.equal(code, 1);
      assert.match(stderr, /strata:kubernetes\.adopted\.frankfurt\.kubeconfigFile: does not parse as YAML/);
      for (const canary of [KUBECONFIG_CANARY, KEY_CANARY]) assert.ok(!`${stdout}${stderr}`.includes(canary));
    } finally {
      workspace.dispose();
    }
  });
});

describe("an encrypted value where a stack file takes none", () => {
  it("is refused without being shown", async () => {
    const workspace = withCanaries("dev").section("dev", "persistence", (persistence) => {
      persistence["kafka"] = {
        mode: "adopted",
        endpoint: {
          address: "b-1.example:9096",
          port: 9096,
          securityGroupId: "sg-0123abcd",
          secretArn: { secure: STACK_CANARY },
          keyArn: "arn:aws:kms:us-east-1:111122223333:key/1",
        },
      };
    });
    try {
      const { code, stdout, stderr } = await strata("plan", "dev", "--cwd", workspace.root);
      assert.equal(code, 1);
      assert.match(stderr, /strata:persistence\.kafka\.endpoint\.secretArn: is not the ARN of a secret, got "\[secret\]"/);
      assert.ok(!`${stdout}${stderr}`.includes(STACK_CANARY));
    } finally {
      workspace.dispose();
    }
  });
});

describe("the search for canaries", () => {
  it("finds one that a program puts where nothing is marked, plain, inside a document or in base64", async () => {
    const resources = await recordProgram(({ providers }) => {
      const password = new random.RandomPassword("leaked", { length: 32 }, { provider: new random.Provider("random") });
      const plain = pulumi.unsecret(password.result);
      new aws.sns.Topic("plain", { displayName: plain }, { provider: providers.aws });
      new aws.sns.Topic("document", { policy: pulumi.jsonStringify({ password: plain }) }, { provider: providers.aws });
      new aws.sns.Topic(
        "coded",
        { displayName: plain.apply((value) => Buffer.from(value).toString("base64")) },
        { provider: providers.aws },
      );
      new aws.sns.Topic("marked", { displayName: password.result }, { provider: providers.aws });
    });
    const found = leaks(resources, passwordsOf(resources)).map((place) => place.split("::").at(-1));
    assert.deepEqual([...new Set(found)].sort(), [
      "coded inputs.displayName",
      "coded outputs.displayName",
      "document inputs.policy",
      "document outputs.policy",
      "plain inputs.displayName",
      "plain outputs.displayName",
    ]);
  });
});
