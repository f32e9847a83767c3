import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { createEphemeral, destroyEphemeral, ephemeralEnvironments, expiredEnvironments } from "../../../automation/environments/ephemeral";
import { expiryOf } from "../../../automation/environments/expiry";
import { type PlannedResource } from "../../../plan/graph";
import { record } from "../../../plan/record";
import { readStackFile } from "../../../plan/stack-file";
import { evaluate } from "../../../policy/lib/evaluate";
import { StackGraph } from "../../../policy/lib/graph";
import { totalOf } from "../../../policy/lib/price/total";
import { PACKS } from "../../../policy/packs";
import program from "../../../stacks/index";
import { only, Workspace } from "../../harness";
import { strata } from "../command";

const NOW = new Date("2026-11-26T12:00:00Z");
const ASKED = { from: "dev", expires: "3d", owner: "shop" } as const;

interface StackDocument {
  readonly config: Readonly<Record<string, Record<string, unknown>>>;
}

function monthlyUsd(resources: readonly PlannedResource[]): number {
  return totalOf(resources, new StackGraph(resources)).usd;
}

describe("an ephemeral environment", () => {
  let workspace: Workspace;
  beforeEach(() => (workspace = new Workspace()));
  afterEach(() => workspace.dispose());

  const at = (now = NOW) => ({ root: workspace.root, now });
  const stackFile = (name: string) => parse(readFileSync(join(workspace.root, `Pulumi.${name}.yaml`), "utf8")) as StackDocument;

  it("has a stack file of its own: not durable, with its owner, its end and a range that nobody has", () => {
    const made = createEphemeral("pr-123", ASKED, at());
    const { config } = stackFile("pr-123");
    assert.deepEqual(config["strata:environment"], { durable: false, owner: "shop", costCentre: "platform-dev" });
    assert.deepEqual(config["strata:ephemeral"], { from: "dev", expires: "2026-11-29T12:00:00Z" });
    assert.equal(config["strata:network"]?.["cidr"], made.cidr);
    assert.ok(!["10.10.0.0/16", "10.20.0.0/16"].includes(made.cidr));
    assert.deepEqual(ephemeralEnvironments(workspace.root), [made]);
  });

  it("is protected no more and no less for being made from one that is decommissioned", () => {
    workspace.section("prod", "environment", (values) => (values["decommissioning"] = true));
    createEphemeral("pr-123", { ...ASKED, from: "prod" }, at());
    assert.deepEqual(stackFile("pr-123").config["strata:environment"], { durable: false, owner: "shop", costCentre: "platform-prod" });
  });

  it("gets another range than every other that has a stack file", () => {
    const names = ["pr-1", "pr-2", "pr-3"];
    const ranges = names.map((name) => createEphemeral(name, ASKED, at()).cidr);
    assert.equal(new Set(ranges).size, names.length);
  });

  for (const name of ["dev", "PR-1", "pr_1", "pr-", "../pr-1", "pr-123456789012345678", ""])
    it(`is not called ${JSON.stringify(name)}`, () => {
      assert.throws(() => createEphemeral(name, ASKED, at()), /is no name of an ephemeral environment/);
    });

  it("is made once, from an environment that stays, with services and a budget that there are", () => {
    createEphemeral("pr-1", ASKED, at());
    assert.throws(() => createEphemeral("pr-1", ASKED, at()), /has a stack file already/);
    assert.throws(() => createEphemeral("pr-2", { ...ASKED, from: "pr-1" }, at()), /is ephemeral itself/);
    assert.throws(() => createEphemeral("pr-2", { ...ASKED, from: "devv" }, at()), /did you mean dev\?/);
    assert.throws(() => createEphemeral("pr-2", { ...ASKED, services: ["order"] }, at()), /--only: is no service.*did you mean orders\?/);
    assert.throws(() => createEphemeral("pr-2", { ...ASKED, monthlyUsd: Number.NaN }, at()), /--budget: is no amount/);
  });

  it("takes over no secret: only the base's own key could decrypt it", () => {
    workspace.section("dev", "ingress", (ingress) => (ingress["hostedZoneId"] = { secure: "v1:abc" }));
    assert.throws(() => createEphemeral("pr-1", ASKED, at()), /strata:ingress\.hostedZoneId: is a secret that only the key/);
  });

  for (const text of ["30min", "31d", "soon", "-1d", "3"])
    it(`does not live for ${text}`, () => {
      assert.throws(() => expiryOf(text, NOW), /--expires: is no time/);
    });

  it("is expired when its time is over, and not before", () => {
    createEphemeral("pr-1", { ...ASKED, expires: "1h" }, at());
    createEphemeral("pr-2", { ...ASKED, expires: "2d" }, at());
    const names = (now: string) => expiredEnvironments(workspace.root, new Date(now)).map(({ name }) => name);
    assert.deepEqual(names("2026-11-26T12:59:59Z"), []);
    assert.deepEqual(names("2026-11-26T13:00:00Z"), ["pr-1"]);
    assert.deepEqual(names("2026-11-29T00:00:00Z"), ["pr-1", "pr-2"]);
  });

  it("is destroyed with its stack and its stack file; one that stays is not, and a file stays when the cloud did not let go", async () => {
    createEphemeral("pr-1", ASKED, at());
    const asked: string[] = [];
    const platform = {
      destroy: (environment: string) => {
        asked.push(environment);
        return Promise.resolve({ environment, changes: { delete: 1 }, seconds: 1 });
      },
      removeStack: (environment: string) => {
        asked.push(`stack of ${environment}`);
        return Promise.resolve();
      },
    };
    await assert.rejects(destroyEphemeral("dev", platform, { root: workspace.root }), /dev: is no ephemeral environment/);
    const failing = { ...platform, destroy: () => Promise.reject(new Error("a subnet is in use")) };
    await assert.rejects(destroyEphemeral("pr-1", failing, { root: workspace.root }), /in use/);
    assert.ok(existsSync(join(workspace.root, "Pulumi.pr-1.yaml")));
    await destroyEphemeral("pr-1", platform, { root: workspace.root });
    assert.deepEqual(asked, ["pr-1", "stack of pr-1"]);
    assert.ok(!existsSync(join(workspace.root, "Pulumi.pr-1.yaml")));
    assert.ok(existsSync(join(workspace.root, "Pulumi.dev.yaml")));
  });

  it("is made, listed and found expired by the command", async () => {
    const cwd = ["--cwd", workspace.root];
    const { code, stdout } = await strata("env", "create", "pr-7", "--from", "dev", "--expires", "8h", "--owner", "shop", ...cwd);
    assert.equal(code, 0);
    assert.match(stdout, /^pr-7 {2}from dev, of shop, until \d{4}-/);
    assert.match((await strata("env", "expired", ...cwd)).stdout, /^none is expired$/m);
    const file = join(workspace.root, "Pulumi.pr-7.yaml");
    writeFileSync(file, readFileSync(file, "utf8").replace(/expires: .*/, "expires: 2026-01-01T00:00:00Z"));
    assert.match((await strata("env", "expired", ...cwd)).stdout, /^pr-7 {2}from dev, of shop, expired 2026-01-01T00:00:00Z/);
    assert.equal((await strata("env", "create", "pr-7", "--from", "dev", ...cwd)).code, 1);
  });

  it("is planned: carries its end as a tag, breaks no rule that dev keeps, and costs less than dev", async function () {
    this.timeout(300_000);
    createEphemeral("pr-123", ASKED, at());
    const [dev, own] = [
      await record(program, readStackFile(workspace.root, "dev")),
      await record(program, readStackFile(workspace.root, "pr-123")),
    ];
    const tags = JSON.stringify(only(own, "pulumi:providers:aws", "aws").inputs["defaultTags"]);
    assert.match(tags, /strata:expires.{1,8}2026-11-29T12:00:00Z/);
    const rules = (resources: readonly PlannedResource[]) => new Set(evaluate(PACKS, resources).violations.map(({ rule }) => rule));
    assert.deepEqual(
      [...rules(own)].filter((rule) => !rules(dev).has(rule)),
      [],
    );
    assert.ok(monthlyUsd(own) < monthlyUsd(dev), `$${monthlyUsd(own).toFixed(0)} of $${monthlyUsd(dev).toFixed(0)}`);
  });

  it("has only what the services that were asked for need", async function () {
    this.timeout(300_000);
    createEphemeral("pr-123", { ...ASKED, services: ["orders"] }, at());
    const resources = await record(program, readStackFile(workspace.root, "pr-123"));
    const services = resources.filter(({ type }) => type === "strata:service:Service").map(({ name }) => name);
    assert.ok(services.includes("orders") && !services.includes("legacy-erp"));
    assert.ok(monthlyUsd(resources) < 200, `$${monthlyUsd(resources).toFixed(0)}`);
    assert.deepEqual(
      resources.filter(({ type }) => type === "eks:index:Cluster"),
      [],
    );
  });
});
