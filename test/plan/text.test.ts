import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { makePlan, type Plan } from "../../plan/plan";
import { planText } from "../../plan/text";
import { isAllowed } from "../../automation/commands/plan";
import { strata } from "../automation/command";
import { ROOT, Workspace } from "../harness";

const COLOR_CODES = /\u001b\[\d+m/g;

describe("the plan as text", () => {
  let plan: Plan;
  before(async () => (plan = await makePlan(ROOT, "prod")));

  const text = (width = 120) => planText(plan, { width, seconds: 1.25 }).replace(COLOR_CODES, "");

  it("names the environment, its account and region, and the time it took", () => {
    assert.match(text(), /^Plan of prod {2}strata\/prod, account 444455556666, us-east-1$/m);
    assert.match(text(), /^Planned in 1\.3 s, offline; nothing was created\.$/m);
  });

  it("shows every service with its target, and what it waits for", () => {
    const lines = text(400);
    for (const { name, target, waitingFor } of plan.document.services) {
      assert.match(lines, new RegExp(`[●○] ${name} +${target} `));
      if (waitingFor) assert.ok(lines.includes(`waiting for ${waitingFor.join(", ")}`), name);
    }
  });

  it("counts each resource in one layer", () => {
    const managed = plan.document.resources.filter(({ custom, type }) => custom && !type.startsWith("pulumi:")).length;
    const section = /^Resources: (\d+)\n([\s\S]*?)\n\n/m.exec(text(400));
    assert.equal(Number(section?.[1]), managed);
    const sum = (section?.[2] ?? "").split("\n").reduce((total, line) => total + Number(/^ +\w+ +(\d+)/.exec(line)?.[1] ?? 0), 0);
    assert.equal(sum, managed);
  });

  it("says who reaches the database", () => assert.match(text(), /^ +orders-db:5432 +from orders, orders-db-users$/m));

  it("keeps to the width of the terminal", () => {
    for (const width of [80, 100, 160]) for (const line of text(width).split("\n")) assert.ok(line.length <= width, `${width}: ${line}`);
  });

  it("shows a broken rule with the resource, what is wrong and how to fix it", () => {
    const violation = {
      pack: "strata-architecture",
      rule: "store-is-asked-for",
      severity: "medium",
      level: "mandatory" as const,
      urn: plan.document.resources[5]?.urn ?? "",
      message: "nobody may reach it",
      fix: "remove it",
    };
    const broken: Plan = { ...plan, document: { ...plan.document, policy: { ...plan.document.policy, violations: [violation] } } };
    const shown = planText(broken, { width: 160, seconds: 1 }).replace(COLOR_CODES, "");
    assert.match(shown, /1 broken/);
    assert.match(shown, /store-is-asked-for +.*: nobody may reach it/);
    assert.match(shown, /fix: remove it/);
  });
});

describe("the plan as text, of exceptions and remediation", () => {
  it("says what is excepted and why, which exceptions are expired or unused, and what would be mended", async () => {
    const plan = await makePlan(ROOT, "dev", { today: "2026-11-26" });
    const urn = plan.document.resources[5]?.urn ?? "";
    const about = { pack: "p", rule: "store-is-asked-for", urn, message: "nobody may reach it" };
    const agreed = { reason: "it is old", owner: "shop", expires: "2026-12-31" };
    const exception = { rule: "store-is-asked-for", name: "old*", ...agreed };
    const policy: Plan["document"]["policy"] = {
      ...plan.document.policy,
      excepted: [{ ...about, severity: "medium", fix: "remove it", ...agreed }],
      remediated: [{ ...about, properties: ["mode"] }],
      exceptions: [
        { ...exception, state: "used" },
        { ...exception, state: "unused" },
        { ...exception, expires: "2026-11-25", state: "expired" },
      ],
    };
    const shown = planText({ ...plan, document: { ...plan.document, policy } }, { width: 400, seconds: 1 }).replace(COLOR_CODES, "");
    assert.match(shown, /1 excepted, 1 to be remediated/);
    assert.match(shown, /excepted until 2026-12-31 by shop, because it is old: nobody may reach it/);
    assert.match(shown, /would be remediated by setting mode: nobody may reach it/);
    assert.equal(shown.match(/the exception of shop for old\* excuses nothing: remove it/g)?.length, 1);
    assert.match(shown, /expired on 2026-11-25 \(it is old\)/);
  });

  it("refuses files of policies that are wrong, with all that is wrong in both", async () => {
    const workspace = new Workspace();
    try {
      const exception = { rule: "store-is-askd-for", name: "x", reason: "r", owner: "o", expires: "2026-12-31" };
      workspace.write(
        "policy/config/dev.json",
        JSON.stringify({ "store-has-backups": { enforcementLevel: "advisory", minimumDays: "7" } }),
      );
      workspace.write("policy/exceptions.json", JSON.stringify({ exceptions: [exception] }));
      const { code, stderr } = await strata("plan", "dev", "--cwd", workspace.root);
      assert.equal(code, 1);
      assert.match(
        stderr,
        /policy\/config\/dev\.json: store-has-backups\.minimumDays: is not what it takes, got "7"; give a whole number from 1/,
      );
      assert.match(
        stderr,
        /policy\/exceptions\.json: exceptions\[0\]\.rule: is not a rule of any pack, got "store-is-askd-for"; did you mean store-is-asked-for/,
      );
    } finally {
      workspace.dispose();
    }
  });
});

describe("strata plan", () => {
  let plan: Plan;
  before(async () => (plan = await makePlan(ROOT, "dev")));

  it("with --out writes the plan as JSON, as text without color codes, as Markdown for a comment, and as a page with a picture", async () => {
    const workspace = new Workspace();
    try {
      const out = join(workspace.root, "deep/out");
      const { code, stdout } = await strata("plan", "dev", "--json", "--cwd", workspace.root, "--out", out);
      assert.equal(code, 0);
      assert.equal(readFileSync(join(out, "plan.json"), "utf8"), stdout);
      const text = readFileSync(join(out, "plan.txt"), "utf8");
      assert.match(text, /^Plan of dev/);
      assert.doesNotMatch(text, COLOR_CODES);
      assert.match(
        readFileSync(join(out, "plan.md"), "utf8"),
        /^<!-- strata plan strata\/dev -->\n\n### Plan of dev\n[^]*\| `orders` \|[^]*may be deployed/,
      );
      assert.match(readFileSync(join(out, "plan.html"), "utf8"), /<title>Plan of dev · strata\/dev<\/title>/);
      assert.match(readFileSync(join(out, "plan.svg"), "utf8"), /^<svg /);
      assert.ok(!existsSync(join(workspace.root, ".strata")));
    } finally {
      workspace.dispose();
    }
  });

  it("is allowed unless a mandatory rule is broken, an exception is expired, or a rule failed itself", () => {
    const none = { violations: [], excepted: [], remediated: [], notEvaluated: [], broken: [], exceptions: [] };
    const policy = { packs: [], evaluations: 1, ...none };
    const violation = { pack: "p", rule: "r", severity: "high", level: "advisory" as const, urn: "u", message: "m", fix: "f" };
    const exception = { rule: "r", urn: "u", reason: "because", owner: "o", expires: "2026-01-01" };
    const allowed = (change: Partial<Plan["document"]["policy"]>) => isAllowed({ ...plan.document, policy: { ...policy, ...change } });
    assert.equal(allowed({}), true);
    assert.equal(allowed({ violations: [violation] }), true);
    assert.equal(allowed({ violations: [violation, { ...violation, level: "mandatory" as const }] }), false);
    assert.equal(allowed({ broken: [{ pack: "p", rule: "r", error: "e" }] }), false);
    assert.equal(allowed({ exceptions: [{ ...exception, state: "unused" }] }), true);
    assert.equal(allowed({ exceptions: [{ ...exception, state: "expired" }] }), false);
  });
});
