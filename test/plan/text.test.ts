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
      level: "mandatory",
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

describe("strata plan", () => {
  let plan: Plan;
  before(async () => (plan = await makePlan(ROOT, "dev")));

  it("with --out writes the plan as JSON and as text without color codes", async () => {
    const workspace = new Workspace();
    try {
      const out = join(workspace.root, "deep/out");
      const { code, stdout } = await strata("plan", "dev", "--json", "--cwd", workspace.root, "--out", out);
      assert.equal(code, 0);
      assert.equal(readFileSync(join(out, "plan.json"), "utf8"), stdout);
      const text = readFileSync(join(out, "plan.txt"), "utf8");
      assert.match(text, /^Plan of dev/);
      assert.doesNotMatch(text, COLOR_CODES);
      assert.ok(!existsSync(join(workspace.root, ".strata")));
    } finally {
      workspace.dispose();
    }
  });

  it("is allowed unless a mandatory rule is broken or a rule failed itself", () => {
    const policy = { packs: [], evaluations: 1, violations: [], notEvaluated: [], broken: [] };
    const violation = { pack: "p", rule: "r", severity: "high", level: "advisory", urn: "u", message: "m", fix: "f" };
    const allowed = (change: Partial<Plan["document"]["policy"]>) => isAllowed({ ...plan.document, policy: { ...policy, ...change } });
    assert.equal(allowed({}), true);
    assert.equal(allowed({ violations: [violation] }), true);
    assert.equal(allowed({ violations: [violation, { ...violation, level: "mandatory" }] }), false);
    assert.equal(allowed({ broken: [{ pack: "p", rule: "r", error: "e" }] }), false);
  });
});
