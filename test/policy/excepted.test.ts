import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runtime } from "@pulumi/pulumi";
import { EXCEPTIONS_VARIABLE } from "../../policy/lib/crossguard";
import { evaluate } from "../../policy/lib/evaluate";
import type { PolicyException } from "../../policy/lib/exceptions";
import { SECRET, type StackResource, UNKNOWN } from "../../policy/lib/resource";
import { Analyzer } from "./analyzer";
import { excepted, TODAY } from "./exceptions-pack/pack";
import { inWordsOfTheEngine, sorted } from "./in-process";
import { TestStack } from "./stack";

const PACK = join(__dirname, "exceptions-pack");
const RULE = "mode-is-on";

function exception(about: Partial<PolicyException>): PolicyException {
  return { rule: RULE, reason: "it is old", owner: "platform", expires: "2026-12-31", ...about };
}

const EXCEPTIONS = [
  exception({ type: "t:a", name: "let-off*" }),
  exception({ rule: "has-note", urn: "urn:pulumi:test::*::let-off", stack: "te*" }),
  exception({ name: "later" }),
  exception({ name: "late", expires: "2026-11-25" }),
  exception({ name: "nobody" }),
  exception({ name: "off", stack: "prod" }),
  exception({ rule: "of-another-pack", name: "off" }),
];

function resources(): readonly StackResource[] {
  const stack = new TestStack();
  for (const name of ["off", "let-off", "late"]) stack.add("t:a", name, { mode: "off" });
  stack.add("t:a", "later", { mode: UNKNOWN });
  stack.add("t:a", "on", { mode: "on", note: "well" });
  return stack.resources;
}

/** A file of exceptions, and a pack that is served with it. */
class Served {
  private readonly folder = mkdtempSync(join(tmpdir(), "strata-excepted-"));
  readonly file = join(this.folder, "exceptions.json");

  constructor(exceptions: readonly unknown[]) {
    writeFileSync(this.file, JSON.stringify({ exceptions }));
  }

  start(): Promise<Analyzer> {
    return Analyzer.start(PACK, { [EXCEPTIONS_VARIABLE]: this.file });
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true });
  }
}

describe("exceptions from rules", () => {
  const served = new Served(EXCEPTIONS);
  let analyzer: Analyzer;
  before(async () => (analyzer = await served.start()));
  after(async () => {
    await analyzer.stop();
    served.dispose();
  });

  it("let a resource off, are said with their reason, and are reported when expired or unused", () => {
    const { violations, excepted: letOff, exceptions } = evaluate([excepted], resources(), {}, { all: EXCEPTIONS, today: TODAY });
    const found = violations.map(({ rule, urn }) => `${rule} ${urn.split("::").at(-1)}`);
    assert.deepEqual(found, ["mode-is-on off", "mode-is-on late", "has-note off", "has-note late", "has-note later"]);
    assert.deepEqual(
      letOff.map(({ rule, owner, expires, reason }) => ({ rule, owner, expires, reason })),
      [RULE, "has-note"].map((rule) => ({ rule, owner: "platform", expires: "2026-12-31", reason: "it is old" })),
    );
    assert.deepEqual(
      exceptions.map(({ state }) => state),
      ["used", "used", "used", "expired", "unused"],
    );
  });

  it("are the same over the protocol of the engine, each time it analyzes a stack", async () => {
    const expected = sorted(inWordsOfTheEngine(evaluate([excepted], resources(), {}, { all: EXCEPTIONS, today: TODAY })));
    assert.ok(expected.some((line) => line.includes("expired on 2026-11-25") && line.includes('"mandatory"')));
    assert.ok(expected.some((line) => line.includes("excuses nothing") && line.includes('"advisory"')));
    for (const _ of [1, 2]) assert.deepEqual(sorted(await analyzer.analyze(resources())), expected);
  });

  it("from a disabled rule are not spoken of", async () => {
    await analyzer.configure({ [RULE]: { level: "disabled" }, "has-note": { level: "advisory" } });
    const configs = { excepted: { [RULE]: "disabled" } } as const;
    const expected = inWordsOfTheEngine(evaluate([excepted], resources(), configs, { all: EXCEPTIONS, today: TODAY }));
    assert.ok(expected.every(({ rule }) => rule === "has-note"));
    assert.deepEqual(sorted(await analyzer.analyze(resources())), sorted(expected));
  });

  it("that are wrong keep a pack from starting, with all that is wrong", async () => {
    const wrong = new Served([
      exception({ rule: "mode-is-onn", name: "x" }),
      exception({ rule: "of-another-pack", name: "x", reason: "" }),
    ]);
    try {
      await assert.rejects(wrong.start(), /exceptions\[1\]\.reason: is not what it takes/);
      writeFileSync(wrong.file, JSON.stringify({ exceptions: [exception({ rule: "mode-is-onn", name: "*" })] }));
      await assert.rejects(wrong.start(), /did you mean mode-is-on\?[\s\S]*exceptions\[0\]\.name: means every resource/);
    } finally {
      wrong.dispose();
    }
    await assert.rejects(Analyzer.start(PACK, { [EXCEPTIONS_VARIABLE]: "/nowhere.json" }), /names no file, got "\/nowhere\.json"/);
  });
});

describe("remediation", () => {
  const served = new Served([exception({ name: "let-off" })]);
  let analyzer: Analyzer;
  before(async () => {
    analyzer = await served.start();
    await analyzer.configure({ [RULE]: { level: "remediate", config: { wanted: "on" } }, "has-note": { level: "disabled" } });
  });
  after(async () => {
    await analyzer.stop();
    served.dispose();
  });

  const secret = { [runtime.specialSigKey]: runtime.specialSecretSig, value: "correct-horse" };
  /** `kept`: how a secret looks: to the engine, or in a plan. */
  function broken(kept: typeof secret | typeof SECRET): readonly StackResource[] {
    const stack = new TestStack();
    const beside = { size: UNKNOWN, password: kept, tags: { a: "b" } };
    for (const name of ["off", "no-remedy", "bad-remedy", "wrong-remedy", "let-off"]) stack.add("t:a", name, { mode: "off", ...beside });
    stack.add("t:a", "absent");
    stack.add("t:a", "nested", { mode: "off", options: { later: UNKNOWN, password: kept, "a-b": { kept: 1 } } });
    for (const [name, mode] of Object.entries({ "secret-mode": kept, "later-mode": UNKNOWN })) stack.add("t:a", name, { mode });
    stack.add("aws:rds/instance:Instance", "stateful", { mode: "off" });
    stack.add("aws:rds/instance:Instance", "harmless", { mode: "off" });
    stack.add("aws:lambda/function:Function", "archive", { mode: "off" });
    stack.add("t:a", "odd", { mode: "off" });
    return stack.resources;
  }
  const configs = { excepted: { [RULE]: "remediate", "has-note": "disabled" } } as const;
  const exceptions = { all: [exception({ name: "let-off" })], today: TODAY };
  const inProcess = () => evaluate([excepted], broken(SECRET), configs, exceptions);

  it("mends only where it is safe, and says the rest as if it were mandatory", () => {
    const { remediated, violations, broken: threw } = inProcess();
    assert.deepEqual(
      remediated.map(({ urn, properties }) => `${urn.split("::").at(-1)} ${properties.join(" ")}`),
      ["off mode", "absent mode", 'nested mode options["a-b"].deep', "harmless mode"],
    );
    const left = violations.map(({ urn, level }) => `${urn.split("::").at(-1)} ${level}`);
    assert.deepEqual(
      left.sort(),
      ["no-remedy", "bad-remedy", "wrong-remedy", "stateful", "archive"].map((name) => `${name} mandatory`).sort(),
    );
    assert.deepEqual(
      threw.map(({ error }) => error),
      ["no remedy", "odd"],
    );
  });

  it("does nothing at another level", () => {
    const { remediated, violations } = evaluate([excepted], broken(SECRET), { excepted: { "has-note": "disabled" } });
    assert.equal(remediated.length, 0);
    assert.ok(violations.some(({ urn }) => urn.endsWith("::off")));
  });

  it("is the same over the protocol of the engine, which gets back all other inputs as they were", async () => {
    const after: StackResource[] = [];
    const mended: string[] = [];
    for (const resource of broken(secret)) {
      const [remedied, ...more] = await analyzer.remediate(resource);
      assert.deepEqual(more, []);
      if (remedied !== undefined) {
        assert.equal(remedied.diagnostic, "");
        mended.push(resource.urn);
        const { mode, ...others } = remedied.inputs;
        const { mode: _, ...same } = resource.inputs;
        const nested = { ...same, options: { later: UNKNOWN, password: secret, "a-b": { kept: 1, deep: true } } };
        assert.equal(mode, "on");
        assert.deepEqual(others, resource.name === "nested" ? nested : same);
      }
      after.push({ ...resource, inputs: remedied?.inputs ?? resource.inputs });
    }
    const expected = inProcess();
    assert.deepEqual(
      mended,
      expected.remediated.map(({ urn }) => urn),
    );
    assert.deepEqual(sorted(await analyzer.analyze(after)), sorted(inWordsOfTheEngine(expected)));
  });
});
