import assert from "node:assert/strict";
import { join } from "node:path";
import { runtime } from "@pulumi/pulumi";
import { PolicyType } from "@pulumi/pulumi/proto/analyzer_pb";
import { brokenMessage, EXCEPTIONS_POLICY, failMessage, LEVEL_VARIABLE } from "../../policy/lib/crossguard";
import { evaluate } from "../../policy/lib/evaluate";
import type { Exceptions } from "../../policy/lib/exceptions";
import { readPolicyFiles } from "../../policy/lib/judge-stack";
import { defaultLevel, type PackConfig } from "../../policy/lib/levels";
import { type Json, type StackResource, UNKNOWN } from "../../policy/lib/resource";
import type { Pack } from "../../policy/lib/rule";
import { PACKS } from "../../policy/packs";
import { ROOT } from "../harness";
import { allCases } from "./all-cases";
import { Analyzer, type Diagnostic } from "./analyzer";
import { type Given, type RuleCases, type Situation } from "./cases";
import { inWordsOfTheEngine, sorted } from "./in-process";
import { ourStack } from "./our-stacks";
import { TestStack } from "./stack";

function folderOf({ name }: Pack): string {
  return join(ROOT, "policy", name.replace("strata-", ""));
}

/** What the same rules say in this process, in the words of the engine. */
function inProcess(pack: Pack, resources: readonly StackResource[], config: PackConfig = {}, exceptions?: Exceptions): Diagnostic[] {
  const evaluation = evaluate([pack], resources, { [pack.name]: config }, exceptions);
  assert.deepEqual(evaluation.broken, []);
  return inWordsOfTheEngine(evaluation);
}

/** Every situation of a rule's cases. */
function situations({ pass, fail, absent, unknown }: RuleCases): Situation[] {
  const all: readonly (Given | Situation)[] = [pass, fail, absent, typeof unknown === "string" ? {} : unknown].flatMap((kind) =>
    Object.values(kind),
  );
  return all.map((situation) => (typeof situation === "function" ? { given: situation } : situation));
}

/** What providers fill in, not known during a preview: no rule may take it for an unknown input. */
const COMPUTED: Readonly<Record<string, Json>> = Object.fromEntries(
  [
    ...[
      "arn",
      "tagsAll",
      "ingress",
      "egress",
      "publiclyAccessible",
      "volumes",
      "desiredCount",
      "minCapacity",
      "healthCheck",
      "name",
      "code",
    ],
    ...[
      "networkInterfaces",
      "identifier",
      "storageEncrypted",
      "multiAz",
      "deletionProtection",
      "backupRetentionPeriod",
      "internal",
      "policy",
    ],
    ...["retentionInDays", "kmsKeyId", "engineVersion", "accessLogs", "sslPolicy", "subnets", "securityGroups", "versioning", "region"],
  ].map((property) => [property, UNKNOWN]),
);

function asPreviewed(resources: readonly StackResource[]): StackResource[] {
  return resources.map((resource) => ({ ...resource, outputs: { ...COMPUTED, ...resource.outputs } }));
}

for (const pack of PACKS)
  describe(`${pack.name} in a process of its own`, function () {
    this.timeout(300_000);
    let analyzer: Analyzer;
    before(async () => {
      analyzer = await Analyzer.start(folderOf(pack));
    });
    after(() => analyzer.stop());

    it("tells the engine its rules, their kind, their level and their settings", async () => {
      const info = await analyzer.info();
      assert.equal(info.getName(), pack.name);
      const policies = info.getPoliciesList();
      assert.equal(policies.at(-1)?.getName(), EXCEPTIONS_POLICY);
      const told = policies.slice(0, -1).map((policy) => {
        const schema = policy.getConfigschema()?.toObject() ?? {};
        return {
          id: policy.getName(),
          resource: policy.getPolicyType() === PolicyType.POLICY_TYPE_RESOURCE,
          settings: Object.keys((schema as { properties?: { fieldsMap?: [string, unknown][] } }).properties ?? {}).length > 0,
        };
      });
      assert.deepEqual(
        told,
        pack.rules.map(({ id, scope, config }) => ({ id, resource: scope === "resource", settings: Object.keys(config.shape).length > 0 })),
      );
    });

    it("says of every case of its rules what they say in process, whatever providers fill in", async () => {
      for (const { rule, cases } of allCases().filter((shown) => shown.pack === pack.name)) {
        for (const { given, config = {}, known = true } of cases === undefined ? [] : situations(cases)) {
          const stack = new TestStack(known);
          given(stack);
          await analyzer.configure({ [rule.id]: { level: defaultLevel(rule.severity), config: config as { [key: string]: Json } } });
          const said = await analyzer.analyze(asPreviewed(stack.resources));
          assert.deepEqual(sorted(said), sorted(inProcess(pack, stack.resources, { [rule.id]: config })), rule.id);
        }
        await analyzer.configure({ [rule.id]: { level: defaultLevel(rule.severity) } });
      }
    });

    for (const environment of ["dev", "prod"] as const)
      it(`says of all of ${environment} what its rules say in process`, async () => {
        const resources = await ourStack(environment);
        const today = new Date().toISOString().slice(0, 10);
        const { exceptions } = readPolicyFiles({ root: ROOT, environment, packs: PACKS, today });
        assert.deepEqual(sorted(await analyzer.analyze(resources)), sorted(inProcess(pack, resources, {}, exceptions)));
      });
  });

describe("a pack in a process of its own", () => {
  const [architecture, security] = ["strata-architecture", "strata-security"].map((name) => PACKS.find((pack) => pack.name === name));
  assert.ok(architecture !== undefined && security !== undefined);
  /** An instance that the world reaches, and a task that shares its roles. */
  const broken = (): StackResource[] => {
    const stack = new TestStack();
    stack.add("aws:opensearch/domain:Domain", "logs");
    stack.add("aws:dynamodb/table:Table", "sessions");
    return stack.resources;
  };

  it("tells a secret from a text in the clear, and never says one", async () => {
    const analyzer = await Analyzer.start(folderOf(security));
    try {
      const canary = "correct-horse-battery";
      const secret = { [runtime.specialSigKey]: runtime.specialSecretSig, value: canary };
      const stack = new TestStack();
      const kept = stack.add("aws:rds/instance:Instance", "kept", { password: secret });
      stack.add("aws:rds/instance:Instance", "later", { password: { ...secret, value: UNKNOWN } });
      const shown = stack.add("aws:rds/instance:Instance", "shown", { password: canary });
      const variables = stack.add("aws:lambda/function:Function", "variables", { environment: { variables: { SETTING: secret } } });
      const diagnostics = await analyzer.analyze(stack.resources);
      const found = diagnostics.filter(({ rule }) => rule === "secret-is-not-in-the-clear").map(({ urn }) => urn);
      assert.deepEqual(found, [shown.urn, variables.urn]);
      assert.ok(!found.includes(kept.urn) && !JSON.stringify(diagnostics).includes(canary));
    } finally {
      await analyzer.stop();
    }
  });

  it("takes levels and settings from the engine", async () => {
    const analyzer = await Analyzer.start(folderOf(architecture));
    try {
      await analyzer.configure({
        "store-is-not-reachable-from-internet": { level: "advisory" },
        "store-is-asked-for": { level: "disabled" },
        "critical-service-has-no-single-store": { level: "mandatory", config: { everyService: true } },
      });
      const diagnostics = await analyzer.analyze(broken());
      const levels = (rule: string): string[] => [...new Set(diagnostics.filter((found) => found.rule === rule).map(({ level }) => level))];
      assert.deepEqual(levels("store-is-not-reachable-from-internet"), ["advisory"]);
      assert.deepEqual(levels("store-is-asked-for"), []);
      assert.deepEqual(levels("store-has-alarms"), ["advisory"]);
    } finally {
      await analyzer.stop();
    }
  });

  it("takes the level of all its rules from the environment, and refuses one that is none", async () => {
    const analyzer = await Analyzer.start(folderOf(architecture), { [LEVEL_VARIABLE]: "advisory" });
    try {
      const diagnostics = await analyzer.analyze(broken());
      assert.deepEqual([...new Set(diagnostics.map(({ level }) => level))], ["advisory"]);
    } finally {
      await analyzer.stop();
    }
    await assert.rejects(Analyzer.start(folderOf(architecture), { [LEVEL_VARIABLE]: "loud" }), /"loud" is not an enforcement level/);
  });

  it("reports a rule that throws as broken, always stopping, and loses nothing else", async () => {
    const analyzer = await Analyzer.start(join(__dirname, "broken-pack"));
    try {
      const resource = new TestStack().add("t:a", "x");
      const { urn } = resource;
      assert.deepEqual(await analyzer.analyze([resource]), [
        { rule: "throws", level: "mandatory", urn, message: brokenMessage("throws", "boom") },
        { rule: "fails", level: "advisory", urn, message: failMessage("wrong", "Nothing") },
        { rule: "stack-throws", level: "mandatory", urn: "", message: brokenMessage("stack-throws", "bang") },
        { rule: "stack-fails", level: "advisory", urn, message: failMessage("all wrong", "Nothing") },
      ]);
    } finally {
      await analyzer.stop();
    }
  });
});
