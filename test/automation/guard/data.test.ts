import fc from "fast-check";
import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import { type DataFinding, type GuardAbout, type GuardFinding } from "../../../automation/guard/finding";
import { guard, stops } from "../../../automation/guard/guard";
import { type GuardStep } from "../../../automation/guard/step";
import { guardMessage, guardText } from "../../../automation/guard/text";
import { LOSSES } from "../../../facts/losses";
import { REPLACEMENTS, STATEFUL_TYPES } from "../../../facts/replacements";
import { SECRET, UNKNOWN } from "../../../plan/graph";
import { ABOUT, created, deleted, inputsWith, replaced, replacedInEvents, urnOf } from "./steps";

const CLUSTER = "aws:rds/cluster:Cluster";
const BUCKET = "aws:s3/bucket:Bucket";

function data(steps: readonly GuardStep[], about: Partial<GuardAbout> = {}): DataFinding[] {
  return guard(steps, { ...ABOUT, ...about }).filter(
    (finding): finding is DataFinding => finding.kind === "replaces" || finding.kind === "deletes",
  );
}

function said(findings: readonly GuardFinding[]): string {
  return stripVTControlCharacters(guardText(findings, { of: "up of prod" }));
}

/** Every stateful type with each of the properties that replace it. */
const TRAPS = [...STATEFUL_TYPES].flatMap((type) => (REPLACEMENTS[type]?.properties ?? []).map(({ path }) => [type, path] as const));

describe("the guard of what keeps data", () => {
  it("knows of every stateful type what is lost with it and the way back, and of no other", () => {
    assert.deepEqual(Object.keys(LOSSES).sort(), [...STATEFUL_TYPES].sort());
    for (const { loses, restore, source } of Object.values(LOSSES)) {
      assert.ok(loses !== "" && restore !== "");
      assert.match(source, /^https:\/\//);
    }
  });

  for (const [type, path] of TRAPS)
    it(`stops a replacement of ${type} by ${path}, and names both`, () => {
      const change = { before: inputsWith(path, "before"), after: inputsWith(path, "after") };
      const [outermost = ""] = path.split(".");
      const told: readonly (readonly [string, GuardStep[]])[] = [
        ["in detail", [replaced(type, { ...change, keys: [outermost], detail: { [path]: "update-replace" } })]],
        ["by the outermost property", [replaced(type, { ...change, keys: [outermost], detail: { [outermost]: "update-replace" } })]],
        ["by keys only", replacedInEvents(type, "created first", { ...change, keys: [outermost] })],
      ];
      for (const [how, steps] of told) {
        const findings = data(steps);
        const [finding] = findings;
        assert.equal(findings.length, 1, how);
        assert.ok(finding?.stops, how);
        assert.equal(finding.urn, urnOf(type));
        assert.deepEqual(
          finding.properties.map((property) => [property.path, property.before, property.after]),
          [[path, '"before"', '"after"']],
          how,
        );
        for (const text of [said(findings), guardMessage(finding)]) {
          assert.ok(text.includes(urnOf(type)), how);
          assert.ok(text.includes(`${path}: "before" → "after"`), how);
          assert.ok(text.includes(`--allow-replace '${urnOf(type)}'`), how);
        }
      }
    });

  it("stops any of them among whatever else a preview does, unless exactly its URN is allowed", () => {
    const trap = fc.constantFrom(...TRAPS);
    const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/);
    fc.assert(
      fc.property(trap, name, fc.uniqueArray(name, { maxLength: 5 }), ([type, path], victim, others) => {
        const harmless = others.map((other) => replaced("aws:iam/rolePolicy:RolePolicy", { name: other, keys: ["name"] }));
        const step = replaced(type, {
          name: victim,
          before: inputsWith(path, 1),
          after: inputsWith(path, 2),
          keys: [path.split(".")[0] ?? ""],
        });
        const urn = urnOf(type, victim);
        assert.deepEqual(
          data([...harmless, step]).map((finding) => finding.urn),
          [urn],
        );
        assert.ok(stops(guard([...harmless, step], { ...ABOUT, allowReplace: [`${urn}x`] })));
        assert.deepEqual(
          data([...harmless, step], { allowReplace: [urn] }).map((finding) => [finding.stops, finding.allowed]),
          [[false, true]],
        );
      }),
    );
  });

  for (const type of STATEFUL_TYPES)
    it(`stops a deletion of ${type}`, () => {
      const [finding] = data([deleted(type)]);
      assert.ok(finding?.stops);
      assert.match(finding.what, /would be deleted/);
      assert.equal(finding.why, LOSSES[type]?.loses);
    });

  it("lets pass what changes in place, is made anew, or keeps nothing", () => {
    const steps = [
      { ...replaced(CLUSTER), op: "update" },
      { ...replaced(CLUSTER, { name: "two" }), op: "same" },
      created(BUCKET),
      deleted("aws:iam/role:Role"),
      replaced("aws:cloudwatch/metricAlarm:MetricAlarm", { keys: ["name"] }),
      deleted("kubernetes:core/v1:ConfigMap"),
    ];
    assert.deepEqual(guard(steps, ABOUT), []);
  });

  it("lets the login of a service go with the service: the platform makes it anew", () => {
    const urn =
      "urn:pulumi:prod::strata::strata:persistence:ServiceUsers$strata:persistence:StoreLogin$aws:secretsmanager/secret:Secret::orders";
    assert.deepEqual(guard([deleted("aws:secretsmanager/secret:Secret", { urn })], ABOUT), []);
  });

  it("counts a type that no table knows as if it kept data: it stops a durable environment, and is told of another", () => {
    const steps = [replaced("aws:sagemaker/domain:Domain", { keys: ["domainName"] })];
    assert.deepEqual(
      data(steps).map(({ stops: stop, keepsData }) => [stop, keepsData]),
      [[true, "perhaps"]],
    );
    assert.deepEqual(
      data(steps, { durable: false }).map((finding) => finding.stops),
      [false],
    );
    assert.match(said(data(steps, { durable: false })), /goes on; to be known/);
  });

  it("stops what keeps data in an environment that is not durable, too", () => {
    assert.ok(stops(guard([deleted(BUCKET)], { ...ABOUT, durable: false })));
  });

  it("says what a retained one leaves behind, and what a protected one needs first, even when it is allowed", () => {
    const [retained] = data([replaced(CLUSTER, { keys: ["engine"], state: { retainOnDelete: true } })]);
    assert.match(retained?.why ?? "", /old one stays in AWS with its data \(retainOnDelete\), and in no state/);
    const urn = urnOf(CLUSTER);
    const [guarded] = data([replaced(CLUSTER, { keys: ["engine"], state: { protect: true } })], { allowReplace: [urn] });
    assert.ok(guarded?.stops);
    assert.ok(guarded.todo.includes(`pulumi state unprotect '${urn}' --stack prod`));
    assert.ok(!guarded.todo.some((line) => line.startsWith("--allow-replace")));
  });

  it("shows no secret: not a marked one, nor one that a name gives away, nor one inside a value", () => {
    const detail = { masterUsername: "update-replace", masterPassword: "update-replace", engine: "update-replace" };
    const before = { masterUsername: SECRET, masterPassword: "hush", engine: { user: { password: "hush" } } };
    const after = { masterUsername: SECRET, masterPassword: "hush2", engine: { user: { password: "hush2" } } };
    const findings = data([replaced(CLUSTER, { before, after, detail })]);
    assert.ok(!JSON.stringify(findings).includes("hush"));
    assert.ok(said(findings).includes("masterUsername: [secret] → [secret]"));
  });

  it("says of a value that only the update will tell that it is not known", () => {
    const [finding] = data([
      replaced(CLUSTER, { before: { kmsKeyId: "a" }, after: { kmsKeyId: UNKNOWN }, detail: { kmsKeyId: "update-replace" } }),
    ]);
    assert.deepEqual(finding?.properties, [{ path: "kmsKeyId", before: '"a"', after: "not known before it is deployed" }]);
  });

  it("names the change that alone replaces, where not every one does", () => {
    const [finding] = data([
      replaced("aws:msk/cluster:Cluster", { before: { kafkaVersion: "3.9.x" }, after: { kafkaVersion: "3.6.0" }, keys: ["kafkaVersion"] }),
    ]);
    assert.ok(finding);
    assert.match(said([finding]), /kafkaVersion: "3.9.x" → "3.6.0" \(replaces when it goes down/);
  });

  it("finds a value by the path of the provider, with indices and quoted keys", () => {
    const inputs = (value: string) => ({ nodes: [{ zones: ["x", value] }], tags: { "a.b": value } });
    const [finding] = data([
      replaced(BUCKET, {
        before: inputs("1"),
        after: inputs("2"),
        detail: { "nodes[0].zones[1]": "update-replace", 'tags["a.b"]': "add-replace" },
      }),
    ]);
    assert.deepEqual(
      finding?.properties.map(({ path, before, after }) => [path, before, after]),
      [
        ["nodes[0].zones[1]", '"1"', '"2"'],
        ['tags["a.b"]', '"1"', '"2"'],
      ],
    );
  });

  it("says so when the engine names no property", () => {
    assert.match(data([replaced(CLUSTER)])[0]?.what ?? "", /engine does not say by which property/);
  });

  describe("of what goes with another", () => {
    const key = urnOf("aws:kms/key:Key", "key");
    const provider = urnOf("pulumi:providers:aws", "aws");

    it("names the resource that a replacing value comes from, and stands below it", () => {
      const steps = [
        replaced("aws:kms/key:Key", { name: "key", keys: ["multiRegion"], before: { multiRegion: false }, after: { multiRegion: true } }),
        replaced(CLUSTER, {
          before: { kmsKeyId: "a" },
          after: { kmsKeyId: UNKNOWN },
          keys: ["kmsKeyId"],
          state: { propertyDependencies: { kmsKeyId: [key] } },
        }),
      ];
      const findings = data(steps);
      assert.equal(findings.find(({ type }) => type === CLUSTER)?.follows, key);
      const text = said(findings);
      assert.match(text, /with it {3}aws:rds\/cluster:Cluster one would be replaced, by kmsKeyId/);
      for (const { urn } of findings) assert.ok(text.includes(`--allow-replace '${urn}'`));
    });

    it("names the provider that is replaced", () => {
      const steps = [
        replaced("pulumi:providers:aws", { name: "aws", keys: ["region"] }),
        replaced(CLUSTER, { keys: ["provider"], state: { provider: `${provider}::8f2c` } }),
      ];
      const [finding] = data(steps);
      assert.equal(finding?.follows, provider);
      assert.deepEqual(finding.properties, [{ path: "provider", means: "the provider that manages it is replaced" }]);
    });

    it("names what it is deleted with, by the step or, where events leave it out, by the state", () => {
      const cluster = urnOf("aws:eks/cluster:Cluster", "eks");
      const claim = "kubernetes:core/v1:PersistentVolumeClaim";
      const gone = deleted("aws:eks/cluster:Cluster", { name: "eks" });
      const told = data([gone, deleted(claim, { state: { deletedWith: cluster } })]);
      const known = data([gone, deleted(claim)], { state: [{ urn: urnOf(claim), dependencies: [], deletedWith: cluster }] });
      for (const findings of [told, known]) assert.equal(findings.find(({ type }) => type === claim)?.follows, cluster);
    });

    it("names the parent that is deleted with it", () => {
      const parent = urnOf("strata:persistence:Bucket", "uploads");
      const steps = [
        deleted("strata:persistence:Bucket", { name: "uploads", state: { custom: false } }),
        deleted(BUCKET, { state: { parent } }),
      ];
      assert.deepEqual(
        data(steps).map(({ urn, follows }) => [urn, follows]),
        [[urnOf(BUCKET), parent]],
      );
    });
  });

  it("offers an alias where a resource only moved", () => {
    const moved = "urn:pulumi:prod::strata::strata:persistence:Bucket$aws:s3/bucket:Bucket::one";
    const [finding] = data([deleted(BUCKET), created(BUCKET, { urn: moved })]);
    assert.ok(finding?.todo.some((line) => line.includes(`aliases: ["${urnOf(BUCKET)}"]`)));
  });

  it("stops what an earlier replacement left to be deleted, and says that it is the old one", () => {
    const leftover = { ...deleted(BUCKET, { state: { id: "uploads-1a2b" } }), op: "delete-replaced" };
    const [finding] = data([leftover, { ...replaced(BUCKET), op: "same" }]);
    assert.ok(finding?.stops);
    assert.match(finding.what, /what an earlier replacement left behind \(uploads-1a2b\)/);
  });
});
