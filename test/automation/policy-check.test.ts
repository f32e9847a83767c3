import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PolicyDocument } from "../../plan/report/policy-report";
import { ROOT } from "../harness";
import { RECORDED } from "../plan/real/recorded";
import { strata } from "./command";

/** A folder that is nobody's platform: a foreign project, with the policy files that are given. */
class Project {
  readonly root = mkdtempSync(join(tmpdir(), "strata-"));

  write(file: string, value: unknown): this {
    const path = join(this.root, file);
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(path, typeof value === "string" ? value : JSON.stringify(value));
    return this;
  }

  read(file: string): string {
    return readFileSync(join(this.root, file), "utf8");
  }

  path(file: string): string {
    return join(this.root, file);
  }
}

describe("strata policy check", () => {
  let project: Project;
  beforeEach(() => (project = new Project()));
  afterEach(() => rmSync(project.root, { recursive: true, force: true }));

  const check = (...args: string[]) => strata("policy", "check", ...args, "--cwd", project.root);
  const verdict = async (...args: string[]) => {
    const { code, stdout } = await check("--json", ...args);
    return { code, document: PolicyDocument.parse(JSON.parse(stdout)) };
  };
  const violated = ({ policy }: PolicyDocument) => [...new Set(policy.violations.map(({ rule }) => rule))];

  it("judges the state of a foreign stack, names what is wrong with what to do, and ends with 2", async () => {
    const { code, stdout } = await check("--state", RECORDED.state);
    assert.equal(code, 2);
    assert.match(stdout, /^Policies of shop\/dev, as its state says\n/);
    assert.match(stdout, /store-is-encrypted {2}strata-security, high/);
    assert.match(stdout, /→ fix: /);
    assert.match(stdout, /May not be deployed: \d+ mandatory violations\.\n$/);
  });

  it("finds in a preview what it finds in the state that comes of it, or says that it could not decide", async () => {
    const state = (await verdict("--state", RECORDED.state)).document;
    const preview = (await verdict("--preview", RECORDED.preview)).document;
    const open = new Set(preview.policy.notEvaluated.map(({ rule, urn }) => `${rule} ${urn}`));
    const before = new Set(preview.policy.violations.map(({ rule, urn }) => `${rule} ${urn}`));
    for (const { rule, urn } of state.policy.violations)
      assert.ok(before.has(`${rule} ${urn}`) || open.has(`${rule} ${urn}`), `${rule} ${urn}`);
    const after = new Set(state.policy.violations.map(({ rule, urn }) => `${rule} ${urn}`));
    for (const one of before) assert.ok(after.has(one), one);
    // A preview shows no default provider, whose tags everything has.
    const same = (await verdict("--preview", RECORDED.previewSame)).document;
    assert.deepEqual(
      violated(same),
      violated(state).filter((rule) => rule !== "resource-has-owner-tags"),
    );
    assert.ok(same.policy.notEvaluated.some(({ rule }) => rule === "resource-has-owner-tags"));
  });

  it("gives away no secret of a state, in whatever it writes", async () => {
    const { stdout } = await check(
      "--state",
      RECORDED.state,
      "--json",
      ...["sarif", "junit", "markdown"].flatMap((as) => [`--${as}`, project.path(as)]),
    );
    for (const text of [stdout, project.read("sarif"), project.read("junit"), project.read("markdown")]) {
      assert.ok(text.length > 1000);
      assert.doesNotMatch(text, /correct-horse|ciphertext/);
    }
  });

  it("reads standard input", () => {
    const input = readFileSync(RECORDED.state, "utf8");
    const { status, stdout } = spawnSync(process.execPath, [join(ROOT, "bin/strata.js"), "policy", "check", "--state", "-", "--json"], {
      cwd: project.root,
      input,
      encoding: "utf8",
    });
    assert.equal(status, 2);
    assert.equal(PolicyDocument.parse(JSON.parse(stdout)).resources, 42);
  });

  it("takes the levels of the stack's name, of --env, or of --config", async () => {
    project
      .write("policy/config/dev.json", { all: "advisory" })
      .write("policy/config/prod.json", { all: "disabled" })
      .write("own.json", { all: "mandatory" });
    assert.deepEqual(await check("--state", RECORDED.state).then(({ code }) => code), 0);
    assert.equal((await verdict("--state", RECORDED.state, "--env", "prod")).document.policy.evaluations, 0);
    const { document, code } = await verdict("--state", RECORDED.state, "--config", "own.json");
    assert.equal(code, 2);
    assert.ok(document.policy.violations.every(({ level }) => level === "mandatory"));
  });

  it("lets off what is excepted, and stops for an exception that is expired", async () => {
    const exception = {
      rule: "store-is-encrypted",
      type: "aws:rds/instance:Instance",
      name: "shop",
      reason: "It is a toy.",
      owner: "shop team",
    };
    project.write("policy/config/dev.json", { all: "advisory" });
    project.write("policy/exceptions.json", { exceptions: [{ ...exception, expires: "2020-01-01" }] });
    const expired = await verdict("--state", RECORDED.state);
    assert.deepEqual([expired.code, expired.document.policy.excepted], [2, []]);
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    project.write("other.json", { exceptions: [{ ...exception, expires: tomorrow }] });
    const { code, document } = await verdict("--state", RECORDED.state, "--exceptions", "other.json");
    assert.equal(code, 0);
    assert.deepEqual(
      document.policy.excepted.map(({ rule, owner }) => [rule, owner]),
      [["store-is-encrypted", "shop team"]],
    );
  });

  it("asks only the packs that are named, by either name, with files that are for all", async () => {
    project.write("policy/config/dev.json", {
      "store-is-encrypted": "disabled",
      "log-group-has-retention": { enforcementLevel: "mandatory", minimumDays: 30 },
    });
    const { document, code } = await verdict("--state", RECORDED.state, "--pack", "cost");
    assert.equal(code, 2);
    assert.deepEqual(violated(document).includes("log-group-has-retention"), true);
    assert.deepEqual([...new Set(document.policy.violations.map(({ pack }) => pack))], ["strata-cost"]);
    const two = await verdict("--state", RECORDED.state, "--pack", "strata-cost", "--pack", "security");
    assert.deepEqual(
      two.document.policy.packs.map(({ name }) => name),
      ["strata-security", "strata-cost"],
    );
  });

  it("judges the plan of an environment when there is no file", async () => {
    const { stdout } = await strata("policy", "check", "--env", "dev", "--json", "--cwd", ROOT);
    const document = PolicyDocument.parse(JSON.parse(stdout));
    assert.deepEqual([document.stack, document.source], ["strata/dev", "plan"]);
    assert.ok(document.resources > 100);
  });

  it("points at the stack's own file, at the project's, or at the line of the program", async () => {
    const uris = async (state: string) => {
      await check("--state", state, "--sarif", project.path("out.sarif"));
      const log = JSON.parse(project.read("out.sarif")) as {
        runs: { results: { locations: { physicalLocation: { artifactLocation: { uri: string } } }[] }[] }[];
      };
      return [
        ...new Set(
          log.runs.flatMap(({ results }) =>
            results.flatMap(({ locations }) => locations.map((one) => one.physicalLocation.artifactLocation.uri)),
          ),
        ),
      ];
    };
    // The stack itself has no line.
    assert.deepEqual(await uris(RECORDED.state), ["index.ts", "Pulumi.yaml"]);
    project.write("state.json", readFileSync(RECORDED.state, "utf8").replaceAll("project:///", "project:///../"));
    assert.deepEqual(await uris(project.path("state.json")), ["Pulumi.yaml"]);
    project.write("Pulumi.dev.yaml", "config: {}\n");
    assert.deepEqual(await uris(project.path("state.json")), ["Pulumi.dev.yaml"]);
  });

  for (const [what, args, pattern] of [
    ["nothing to judge", [], /give --state, --preview, or --env/],
    ["two files", ["--state", "a", "--preview", "b"], /--state and --preview: give one of them/],
    ["a file that is not there", ["--state", "nowhere.json"], /--state nowhere\.json: there is no such file/],
    ["a folder", ["--state", ROOT], /is not a file/],
    ["a file that is none", ["--state", join(ROOT, "README.md")], /README\.md: is not JSON.*give what pulumi stack export prints/],
    ["a preview as a state", ["--state", RECORDED.preview], /is a preview; give it with --preview/],
    ["a pack that is none", ["--state", RECORDED.state, "--pack", "costs"], /--pack costs: is not a pack; .*cost/],
    ["an environment that is none", ["--state", RECORDED.state, "--env", "prdo"], /--env prdo: is not an environment/],
    ["an environment that is a path", ["--state", RECORDED.state, "--env", "../dev"], /is not an environment/],
    ["a file of levels that is not there", ["--state", RECORDED.state, "--config", "x.json"], /--config x\.json: there is no such file/],
    [
      "a file of exceptions that is not there",
      ["--state", RECORDED.state, "--exceptions", "x.json"],
      /--exceptions x\.json: there is no such file/,
    ],
    [
      "a report into a folder that is not there",
      ["--state", RECORDED.state, "--sarif", "/nowhere/x.sarif"],
      /--sarif \/nowhere\/x\.sarif: cannot be written/,
    ],
  ] as const)
    it(`refuses ${what} with 1`, async () => {
      const { code, stderr, stdout } = await check(...args);
      assert.equal(code, 1, stdout);
      assert.match(stderr, pattern);
    });

  it("refuses levels and exceptions that are wrong with 1, all faults at once", async () => {
    project
      .write("policy/config/dev.json", { "store-is-encryptd": "mandatory" })
      .write("policy/exceptions.json", { exceptions: [{ rule: "x" }] });
    const { code, stderr } = await check("--state", RECORDED.state);
    assert.equal(code, 1);
    assert.match(stderr, /policy\/config\/dev\.json: store-is-encryptd: is not a rule of any pack; did you mean store-is-encrypted\?/);
    assert.match(stderr, /policy\/exceptions\.json/);
  });
});
