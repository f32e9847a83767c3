import assert from "node:assert/strict";
import { z } from "zod";
import { Descriptor } from "../../components/service/descriptor";
import { SECTIONS } from "../../stacks/environment";

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** A property that a person can write, with its place in the file. */
interface Property {
  readonly path: string;
  readonly schema: JsonSchema;
  readonly required: boolean;
  /** What must stand beside it, or beside what it is in, for it to be looked at: the words that tell branches of a union apart. */
  readonly beside: Readonly<Record<string, unknown>>;
}

/** Every property of a schema; of a union, those of each branch. */
function properties(schema: JsonSchema, path: string, beside: Property["beside"] = {}): Property[] {
  const of = Object.entries(schema.properties ?? {}).flatMap(([key, property]) =>
    typeof property === "boolean" ? [] : [[path ? `${path}.${key}` : key, key, property] as const],
  );
  const words = Object.fromEntries(of.flatMap(([child, , property]) => (property.const === undefined ? [] : [[child, property.const]])));
  const here = { ...beside, ...words };
  const inner = of.flatMap(([child, key, property]) => {
    const own = { path: child, schema: property, required: schema.required?.includes(key) ?? false, beside: here };
    return property.const === undefined ? [own, ...properties(property, child, here)] : [];
  });
  const items = typeof schema.items === "object" && !Array.isArray(schema.items) ? properties(schema.items, `${path}[]`, beside) : [];
  const entries = typeof schema.additionalProperties === "object" ? properties(schema.additionalProperties, `${path}.*`, beside) : [];
  const branches = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap((branch) =>
    typeof branch === "boolean" ? [] : properties(branch, path, beside),
  );
  return [...inner, ...items, ...entries, ...branches];
}

const options = { io: "input", unrepresentable: "any" } as const;
const stackProperties = Object.entries(SECTIONS).flatMap(([section, schema]) => properties(z.toJSONSchema(schema, options), section));
const serviceProperties = properties(z.toJSONSchema(Descriptor, options), "");

/** A value that a property of a stack file must refuse although it is of the right type; the others are tried with a wrong one. */
const REFUSED: Readonly<Record<string, unknown>> = {
  "environment.durable": "yes",
  "environment.decommissioning": "yes",
  "environment.owner": "",
  "environment.costCentre": 7,
  "aws.accountId": 111122223333,
  "aws.region": "virginia",
  "aws.assumeRole": "strata-deploy",
  "network.cidr": "10.0.0.0",
  "network.availabilityZones": [],
  "network.nat": "double",
  "network.gatewayEndpoints": ["sqs"],
  "network.interfaceEndpoints": ["s3"],
  "network.flowLogDays": 0,
  "network.reserved": [{ cidr: "10.0.0.0/99", what: "an office" }],
  "network.reserved[].cidr": "10.0.0.0/99",
  "network.reserved[].what": "",
  "ingress.domain": "https://shop",
  "ingress.hostedZoneId": "example",
  "ingress.surface": "both",
  "compute.spotShare": 1.5,
  "compute.runsInstances": "no",
  "compute.ec2Packing": 0,
  "compute.savings": { lambda: 0.9 },
  "compute.savings.lambda": 0.9,
  "compute.savings.fargate": 0.9,
  "compute.savings.ec2": 0.9,
  "compute.ec2": { maximum: 0 },
  "compute.ec2.instanceTypes": ["large"],
  "compute.ec2.maximum": 0,
  "compute.ec2.spotMaximum": 0,
  "compute.ec2.operatingSystem": "windows",
  "functions.concurrency": 10,
  "functions.requestsPerSecond": 0,
  "functions.burst": 0,
  "functions.domain": "https://api",
  "kubernetes.serviceCidr": "172.20.0.0",
  "kubernetes.version": 1.36,
  "kubernetes.nodes": "spot",
  "kubernetes.instanceTypes": [],
  "kubernetes.minimumNodes": 0,
  "kubernetes.maximumNodes": 1000,
  "kubernetes.adopted": { Frankfurt: { kubeconfigFile: "a" } },
  "kubernetes.adopted.*.kubeconfigFile": "",
  "kubernetes.adopted.*.context": "",
  "kubernetes.adopted.*.storageClass": "",
  "kubernetes.cpuLimit": 1,
  "kubernetes.spot": "some",
  "kubernetes.admins": { platform: "platform-admins" },
  "kubernetes.viewers": { Support: "arn:aws:iam::111122223333:role/support" },
  "kubernetes.publicAccessCidrs": ["everywhere"],
  "persistence.bucketVersionDays": 0,
  "compute.minimumCopies": 0,
  "compute.maximumCopies": 0,
  "persistence.auroraMinimumAcu": 0.3,
  "persistence.auroraMaximumAcu": 300,
  "persistence.auroraPauseAfter": "10 minutes",
  "persistence.auroraReaders": 16,
  "persistence.backupDays": 36,
  "visibility.logDays": 8,
  "visibility.containerInsights": "on",
  "visibility.alarms": { mail: "on-call@example.com" },
  "visibility.alarms.email": "on-call",
  "visibility.alarms.chat": { irc: "#alarms" },
  "visibility.alarms.chat.slack": { workspace: "T0123ABCD" },
  "visibility.alarms.chat.slack.workspace": "shop",
  "visibility.alarms.chat.slack.channel": "#alarms",
  "visibility.alarms.chat.teams": { channel: "19:abc@thread.tacv2" },
  "visibility.alarms.chat.teams.tenant": "shop",
  "visibility.alarms.chat.teams.team": "shop",
  "visibility.alarms.chat.teams.channel": "alarms",
  "visibility.alarms.pager": { phone: "110" },
  "visibility.alarms.pager.url": 110,
  "visibility.alarms.dashboards": "yes",
  "visibility.host": "nomad",
  "visibility.latencyTarget": "fast",
  "visibility.logs.store": { kind: "loki", instanceType: "r7g.large.search" },
  "visibility.logs.store.instanceType": "r7g.large",
  "visibility.logs.subscription": "some",
  "visibility.logs.pollEvery": "1 minute",
  "visibility.grafana.enabled": "yes",
  "visibility.grafana.from": "everywhere",
  "visibility.grafana.path": "grafana",
  "visibility.grafana.signIn": { kind: "password" },
  "visibility.grafana.signIn.metadataUrl": "http://portal.example.com",
  "visibility.grafana.signIn.issuer": "id.example.com",
  "visibility.grafana.signIn.clientSecret": "short",
  "visibility.grafana.signIn.groupsClaim": "my groups",
  "visibility.grafana.signIn.admins": ["it's"],
  "visibility.grafana.signIn.editors": ["it's"],
  "visibility.grafana.signIn.viewers": ["it's"],
  "visibility.grafana.signIn.emailDomains": ["@example.com"],
  "visibility.metrics.store": "influx",
  "visibility.metrics.shards": 0,
  "visibility.metrics.expectedHosts": 0,
  "visibility.metrics.metricsPerHost": 0,
  "visibility.metrics.growth": 0.5,
  "visibility.metrics.pruneDays": 0,
  "visibility.metrics.relayImage": "carbon-c-relay",
  "visibility.metrics.hosted.endpoint": "https://carbon.example.com",
  "visibility.metrics.hosted.port": 0,
  "visibility.metrics.hosted.renderUrl": "http://graphite.example.com",
  "visibility.metrics.hosted.keySecretArn": "the-key",
  "budget.monthlyUsd": 0,
  "cost.assumptions": { "demand.share": -1 },
  "ephemeral.from": "d",
  "ephemeral.expires": "in three days",
  "services.*.enabled": "no",
  "services.*.minimumCopies": 0,
  "services.*.maximumCopies": 0,
  "services.*.cpu": 100,
  "services.*.memory": 512,
  "services.*.monthlyUsd": 0,
};

/** A value that is wrong for whatever a property takes, where the table above has none of its own: one of another type. */
function wrongFor({ path, schema }: Property): unknown {
  if (path in REFUSED) return REFUSED[path];
  const types = [schema, ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap((branch) =>
    typeof branch === "boolean" ? [] : (branch.type ?? []),
  );
  return types.includes("object") ? 7 : { wrong: true };
}

/** Sets a value at a path, making what it is in. */
function setAt(input: Record<string, unknown>, keys: readonly string[], value: unknown): void {
  const [key = "", ...rest] = keys;
  const name = key === "*" ? "orders" : key.replace("[]", "");
  if (rest.length === 0) {
    input[name] = value;
    return;
  }
  const known = input[name];
  const list: unknown[] = Array.isArray(known) ? known : [];
  const inner = (key.endsWith("[]") ? list[0] : known) ?? {};
  input[name] = key.endsWith("[]") ? [inner] : inner;
  setAt(inner as Record<string, unknown>, rest, value);
}

/** A section with one property set, and beside it what it takes to be looked at. */
function sectionWith(property: Property, value: unknown): { section: keyof typeof SECTIONS; input: unknown } {
  const [section = "", ...keys] = property.path.split(".");
  const input: Record<string, unknown> = {};
  for (const [path, word] of Object.entries(property.beside)) setAt(input, path.split(".").slice(1), word);
  setAt(input, keys, value);
  assert.ok(section in SECTIONS, section);
  return { section: section as keyof typeof SECTIONS, input };
}

/** Whether an issue is about a property: at it, inside it, or a union around it that no branch of fits. */
function isAbout(issue: z.core.$ZodIssue, keys: readonly string[]): boolean {
  const path = issue.path.map(String).filter((part) => !/^\d+$/.test(part));
  if (keys.every((key, index) => path[index] === key)) return true;
  return issue.code === "invalid_union" && path.every((part, index) => part === keys[index]);
}

describe("the configuration schema", () => {
  for (const property of stackProperties) {
    const { path, schema, required } = property;
    it(`strata:${path} says what it is`, () => assert.ok(schema.description, "no description"));

    it(`strata:${path} is required, or has a default, or says what its absence means`, () =>
      assert.ok(
        required || schema.default !== undefined || /default/i.test(schema.description ?? "") || /goes with/.test(schema.description ?? ""),
      ));

    it(`strata:${path} refuses a wrong value`, () => {
      const { section, input } = sectionWith(property, wrongFor(property));
      const result = SECTIONS[section].safeParse(input);
      assert.ok(!result.success, "accepted");
      const keys = path
        .split(".")
        .slice(1)
        .map((key) => (key === "*" ? "orders" : key.replace("[]", "")));
      assert.ok(
        result.error.issues.some((issue) => isAbout(issue, keys)),
        `refused for another reason: ${result.error.message}`,
      );
    });
  }

  it("no wrong value is kept for a property that is gone", () => {
    const known = new Set(stackProperties.map(({ path }) => path));
    assert.deepEqual(
      Object.keys(REFUSED).filter((path) => !known.has(path)),
      [],
    );
  });
});

describe("the service descriptor", () => {
  for (const { path, schema } of serviceProperties)
    it(`${path} says what it is`, () => assert.ok(schema.description ?? schema.anyOf ?? schema.const, "no description"));
});
