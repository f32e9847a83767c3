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
}

/** Every property of a schema; of a union, those of each branch. */
function properties(schema: JsonSchema, path: string): Property[] {
  const inner = Object.entries(schema.properties ?? {}).flatMap(([key, property]) => {
    if (typeof property === "boolean") return [];
    const child = path ? `${path}.${key}` : key;
    return [{ path: child, schema: property, required: schema.required?.includes(key) ?? false }, ...properties(property, child)];
  });
  const items = typeof schema.items === "object" && !Array.isArray(schema.items) ? properties(schema.items, `${path}[]`) : [];
  const entries = typeof schema.additionalProperties === "object" ? properties(schema.additionalProperties, `${path}.*`) : [];
  const branches = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap((branch) =>
    typeof branch === "boolean" ? [] : properties(branch, path),
  );
  return [...inner, ...items, ...entries, ...branches];
}

const options = { io: "input", unrepresentable: "any" } as const;
const stackProperties = Object.entries(SECTIONS).flatMap(([section, schema]) => properties(z.toJSONSchema(schema, options), section));
const serviceProperties = properties(z.toJSONSchema(Descriptor, options), "");

/** A value that each property of a stack file must refuse. A property that is missing here fails the audit. */
const REFUSED: Readonly<Record<string, unknown>> = {
  "environment.durable": "yes",
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
  "visibility.alarmEmail": "on-call",
  "visibility.latencyTarget": "fast",
  "budget.monthlyUsd": 0,
  "policy.architecture": "strict",
  "services.*.enabled": "no",
  "services.*.minimumCopies": 0,
  "services.*.maximumCopies": 0,
  "services.*.cpu": 100,
  "services.*.memory": 512,
};

/** A section with one property set; the others are right. */
function sectionWith(path: string, value: unknown): { section: keyof typeof SECTIONS; input: unknown } {
  const [section = "", ...keys] = path.split(".");
  const input: Record<string, unknown> = {};
  let place = input;
  keys.forEach((key, index) => {
    const name = key === "*" ? "orders" : key.replace("[]", "");
    const inner: Record<string, unknown> = {};
    place[name] = index === keys.length - 1 ? value : key.endsWith("[]") ? [inner] : inner;
    place = inner;
  });
  assert.ok(section in SECTIONS, section);
  return { section: section as keyof typeof SECTIONS, input };
}

describe("the configuration schema", () => {
  for (const { path, schema, required } of stackProperties) {
    it(`strata:${path} says what it is`, () => assert.ok(schema.description, "no description"));

    it(`strata:${path} is required, or has a default, or says what its absence means`, () =>
      assert.ok(
        required || schema.default !== undefined || /default/i.test(schema.description ?? "") || /goes with/.test(schema.description ?? ""),
      ));

    it(`strata:${path} refuses a wrong value`, () => {
      assert.ok(path in REFUSED, `no wrong value for ${path} in this test`);
      const { section, input } = sectionWith(path, REFUSED[path]);
      const result = SECTIONS[section].safeParse(input);
      assert.ok(!result.success, "accepted");
      const keys = path
        .split(".")
        .slice(1)
        .map((key) => (key === "*" ? "orders" : key.replace("[]", "")));
      const refused = result.error.issues.some(
        (issue) =>
          keys.every((key) => issue.path.includes(key)) ||
          keys.some((key) => issue.code === "unrecognized_keys" && issue.keys.includes(key)),
      );
      assert.ok(refused, `refused for another reason: ${result.error.message}`);
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
