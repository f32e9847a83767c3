import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { Cloud } from "../../automation/rehearse/cloud";
import { Engine, type EngineResult, findEngine, type PreviewResult } from "../../automation/rehearse/engine";
import { isOnlyInState } from "../../automation/rehearse/existence";
import { readOperations } from "../../automation/rehearse/operations";
import { Workspace } from "../../automation/rehearse/workspace";
import { readPreview } from "../../plan/real/preview";
import { readState } from "../../plan/real/state";
import { record } from "../../plan/record";
import { readStackFile } from "../../plan/stack-file";
import { typeOf } from "../../plan/urn";
import { evaluate } from "../../policy/lib/evaluate";
import type { StackResource } from "../../policy/lib/resource";
import { PACKS } from "../../policy/packs";
import program from "../../stacks/index";
import { ROOT } from "../harness";
import { disagreements } from "./agreement";

const found = findEngine();
const skipped = "missing" in found ? `, skipped: no Pulumi engine (${found.missing.join(", ")} not on PATH)` : "";

const MINUTE = 60_000;

/** One environment on the real engine, with a cloud of its own. */
class Rehearsal {
  readonly workspace = new Workspace(ROOT);
  readonly cloud = new Cloud(this.workspace.cloud);
  readonly engine: Engine;

  constructor(readonly environment: string) {
    assert.ok("pulumi" in found);
    this.engine = new Engine(this.workspace, environment);
  }

  /** Changes one section of the stack file that the engine reads. */
  edit(section: string, change: (values: Record<string, unknown>) => void): void {
    const path = join(this.workspace.project, `Pulumi.${this.environment}.yaml`);
    const file = parse(readFileSync(path, "utf8")) as { config: Record<string, Record<string, unknown>> };
    change((file.config[`strata:${section}`] ??= {}));
    writeFileSync(path, stringify(file));
  }

  /** What the cloud has, one line a resource. */
  contents(): string[] {
    return this.cloud
      .list()
      .map(({ type, id }) => `${type} ${id}`)
      .sort();
  }

  dispose(): void {
    this.workspace.dispose();
  }
}

function said({ stdout, stderr }: EngineResult): string {
  return stdout + stderr;
}

function assertDone(result: EngineResult): void {
  assert.equal(result.exitCode, 0, said(result));
}

/** The files of the project that the engine would change, had it not copies of its own. */
function projectFiles(): Record<string, string> {
  const names = readdirSync(ROOT).filter((name) => /^Pulumi.*\.yaml$/.test(name));
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(ROOT, name), "utf8")]));
}

/** What holds of every environment that is made from nothing. */
function comesUpAsPlanned(environment: string, rehearsal: () => Rehearsal): void {
  let first: PreviewResult;
  let afterPreview: string[];

  before("comes up", async () => {
    first = await rehearsal().engine.preview();
    assertDone(first);
    afterPreview = rehearsal().contents();
    assertDone(await rehearsal().engine.up());
  });

  it("was previewed as nothing but creations, which created nothing", () => {
    assert.deepEqual(Object.keys(first.changes), ["create"]);
    assert.deepEqual(afterPreview, []);
  });

  it("has in its state exactly what is in the cloud, but for what no cloud keeps", async () => {
    const { resources, pending } = await rehearsal().engine.state();
    const managed = resources.filter(({ custom, type }) => custom && !type.startsWith("pulumi:providers:") && !isOnlyInState(type));
    assert.deepEqual(pending, []);
    assert.deepEqual(managed.map(({ type, id }) => `${type} ${id}`).sort(), rehearsal().contents());
  });

  it("is what the plan said: the same resources, inputs, parents, providers and dependencies", async () => {
    const plan = await record(program, readStackFile(ROOT, environment));
    const { resources } = await rehearsal().engine.state();
    assert.ok(plan.length > 100);
    assert.deepEqual(disagreements(plan, resources), []);
  });

  it("was made in the order of the plan: everything after what it depends on", async () => {
    const plan = await record(program, readStackFile(ROOT, environment));
    const made = new Map(
      readOperations(rehearsal().workspace.cloud).flatMap(({ action, urn, entries }) =>
        action === "create" ? [[urn, entries] as const] : [],
      ),
    );
    assert.ok(made.size > 100);
    const early = plan.flatMap(({ urn, dependencies }) =>
      dependencies
        .filter((dependency) => (made.get(urn)?.[0] ?? Infinity) < (made.get(dependency)?.[1] ?? 0))
        .map((dependency) => `${urn} before ${dependency}`),
    );
    assert.deepEqual(early, []);
  });

  it("is judged by the policies as its plan is, by its state and by its preview", async () => {
    const planned = verdict(await record(program, readStackFile(ROOT, environment)));
    const { resources } = await rehearsal().engine.state();
    const made = verdict(readState(JSON.stringify({ version: 3, deployment: { resources } }), "state").resources);
    assert.deepEqual(made.violations, planned.violations);
    const previewed = verdict(readPreview(first.stdout, "preview").resources);
    const surplus = previewed.violations.filter((one) => !planned.violations.includes(one));
    const missed = planned.violations.filter((one) => !previewed.violations.includes(one) && !previewed.notEvaluated.includes(one));
    assert.deepEqual({ surplus, missed }, { surplus: [], missed: [] });
  });
}

/** What breaks a rule and what could not be decided, a line each. */
function verdict(resources: readonly StackResource[]): {
  readonly violations: readonly string[];
  readonly notEvaluated: readonly string[];
} {
  const { violations, notEvaluated } = evaluate(PACKS, resources);
  const lines = (all: readonly { readonly rule: string; readonly urn: string }[]) => all.map(({ rule, urn }) => `${rule} ${urn}`).sort();
  return { violations: lines(violations), notEvaluated: lines(notEvaluated) };
}

describe(`the program on the real engine${skipped}`, function () {
  this.timeout(5 * MINUTE);
  let untouched: Record<string, string>;

  before(function () {
    if (skipped) this.skip();
    untouched = projectFiles();
  });

  after(() => {
    if (!skipped) assert.deepEqual(projectFiles(), untouched, "the engine left something in the project");
  });

  /** A new rehearsal for the tests of a block; gone with it. */
  function rehearse(environment: string): () => Rehearsal {
    let rehearsal: Rehearsal | undefined;
    before(async () => {
      rehearsal = new Rehearsal(environment);
      assertDone(await rehearsal.engine.initialize());
    });
    after(() => rehearsal?.dispose());
    return () => {
      assert.ok(rehearsal);
      return rehearsal;
    };
  }

  describe("dev", () => {
    const rehearsal = rehearse("dev");
    comesUpAsPlanned("dev", rehearsal);

    it("updates in place what a changed setting touches, and nothing else", async () => {
      rehearsal().edit("visibility", (values) => (values["logDays"] = 14));
      const { steps } = await rehearsal().engine.preview();
      const changed = steps.filter(({ op }) => op !== "same").map(({ op, urn }) => `${op} ${typeOf(urn)}`);
      assert.deepEqual([...new Set(changed)], ["update aws:cloudwatch/logGroup:LogGroup"]);
      assertDone(await rehearsal().engine.up());
      const groups = rehearsal()
        .cloud.list()
        .filter(({ type }) => type === "aws:cloudwatch/logGroup:LogGroup");
      assert.deepEqual([...new Set(groups.map(({ outputs }) => outputs["retentionInDays"]))], [14]);
    });

    it("finds and repairs what was deleted behind its back", async () => {
      const { engine, cloud } = rehearsal();
      const topic = cloud.list().find(({ type }) => type === "aws:sns/topic:Topic");
      assert.ok(topic);
      cloud.delete(topic);
      assertDone(await engine.refresh());
      const { steps } = await engine.preview();
      assert.deepEqual(
        steps.filter(({ op }) => op === "create").map(({ urn }) => urn),
        [topic.urn],
      );
      assertDone(await engine.up());
      assert.ok(cloud.read(topic));
    });

    it("is destroyed to the last resource", async () => {
      assertDone(await rehearsal().engine.destroy());
      assert.deepEqual(rehearsal().contents(), []);
      assert.deepEqual((await rehearsal().engine.state()).resources, []);
    });
  });

  describe("prod", () => {
    const rehearsal = rehearse("prod");
    comesUpAsPlanned("prod", rehearsal);

    it("has no changes when it is previewed again", async () => {
      const preview = await rehearsal().engine.preview();
      assertDone(preview);
      assert.deepEqual(Object.keys(preview.changes), ["same"]);
    });

    it("is not destroyed: what is protected is named, and nothing is deleted", async () => {
      const contents = rehearsal().contents();
      const result = await rehearsal().engine.destroy();
      assert.notEqual(result.exitCode, 0);
      const isProtected = (await rehearsal().engine.state()).resources.filter(({ protect }) => protect);
      assert.ok(isProtected.some(({ type }) => type === "aws:rds/cluster:Cluster"));
      assert.ok(
        isProtected.some(({ urn }) => said(result).includes(`"${urn}" cannot be deleted`)),
        said(result),
      );
      assert.deepEqual(rehearsal().contents(), contents);
    });
  });

  describe("a stack file with faults", () => {
    const rehearsal = rehearse("dev");

    before(() => {
      rehearsal().edit("network", (values) => Object.assign(values, { availabilityZnes: ["us-east-1a"] }));
      rehearsal().edit("environment", (values) => Object.assign(values, { durable: "perhaps" }));
      rehearsal().edit("compute", (values) => Object.assign(values, { spotShare: 2 }));
    });

    for (const command of ["preview", "up"] as const)
      it(`is refused by ${command} with every fault, without a stack trace, and nothing is registered`, async () => {
        const { engine } = rehearsal();
        const result = await engine[command]();
        assert.notEqual(result.exitCode, 0);
        for (const key of ["network.availabilityZnes", "environment.durable", "compute.spotShare"])
          assert.ok(said(result).includes(`Pulumi.dev.yaml: strata:${key}`), said(result));
        assert.doesNotMatch(said(result), /^\s+at .+:\d+/m);
        assert.deepEqual(rehearsal().contents(), []);
        assert.deepEqual(
          (await engine.state()).resources.filter(({ type }) => type !== "pulumi:pulumi:Stack"),
          [],
        );
      });
  });
});
