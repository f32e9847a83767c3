import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { parse } from "yaml";
import { build } from "../../automation/cli";
import { ROOT } from "../harness";
import { commandLines } from "./command-lines";
import { faultsOfWorkflow } from "./workflow";

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly if?: string;
  readonly permissions: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

const TEXT = readFileSync(join(ROOT, "examples/github/strata.yml"), "utf8");
const WORKFLOW = parse(TEXT) as { readonly on: object; readonly permissions: object; readonly jobs: Readonly<Record<string, Job>> };
const JOBS = Object.entries(WORKFLOW.jobs);
const STEPS = JOBS.flatMap(([, { steps }]) => steps);

/** What the command does not know of one line. */
function unknownIn(line: readonly string[], program: Command): string[] {
  let command = program;
  const rest = [...line];
  for (let next = command; ;) {
    const found = next.commands.find((one) => one.name() === rest[0]);
    if (!found) break;
    rest.shift();
    command = next = found;
  }
  const options = rest.filter((word) => word.startsWith("--")).map((word) => word.split("=")[0] ?? "");
  const known = command.options.map(({ long }) => long);
  return [...(command === program ? [`${line.join(" ")}: no command`] : []), ...options.filter((option) => !known.includes(option))];
}

describe("the example of a workflow for GitHub", () => {
  it("is a workflow in the eyes of GitHub's own parser, which finds what is wrong with others", async () => {
    assert.deepEqual(await faultsOfWorkflow(TEXT), []);
    assert.notDeepEqual(await faultsOfWorkflow(TEXT.replace("steps.plan.outcome", "step.plan.outcome")), []);
    assert.notDeepEqual(await faultsOfWorkflow(TEXT.replace("id-token: write", "id-tokens: write")), []);
    assert.notDeepEqual(await faultsOfWorkflow(TEXT.replace("timeout-minutes", "timeout-minute")), []);
  });

  it("runs only commands and options that strata has", () => {
    const program = build(() => undefined);
    const lines = STEPS.flatMap(({ run }) => (run === undefined ? [] : commandLines(run)));
    assert.deepEqual(
      lines.map(([first, second]) => `${first} ${second}`),
      ["plan $ENVIRONMENT", "policy check"],
    );
    assert.deepEqual(
      lines.flatMap((line) => unknownIn(line, program)),
      [],
    );
    assert.deepEqual(unknownIn(["plan", "dev", "--outt", "plan"], program), ["--outt"]);
  });

  it("hands the token no right that its job does not need, and the right to write comments to no job that runs the code of the pull request", () => {
    assert.deepEqual(WORKFLOW.permissions, {});
    assert.deepEqual(Object.fromEntries(JOBS.map(([name, { permissions }]) => [name, permissions])), {
      plan: { contents: "read" },
      preview: { contents: "read", "id-token": "write", "security-events": "write" },
      comment: { "pull-requests": "write" },
      verdict: {},
    });
    for (const [name, { permissions, steps }] of JOBS)
      if ("pull-requests" in permissions)
        assert.ok(!steps.some(({ uses, run }) => run !== undefined || uses?.startsWith("actions/checkout")), name);
  });

  it("is not of a kind that gives the pull request of a fork any secret, and keeps forks out of every job that has rights", () => {
    assert.deepEqual(Object.keys(WORKFLOW.on), ["pull_request"]);
    for (const [name, job] of JOBS)
      if (Object.values(job.permissions).includes("write")) assert.match(job.if ?? "", /head\.repo\.full_name == github\.repository/, name);
  });

  it("takes short-lived credentials of a role, and pins every action by its major version", () => {
    const credentials = STEPS.find(({ uses }) => uses?.startsWith("aws-actions/configure-aws-credentials@"));
    assert.ok(credentials?.with?.["role-to-assume"]);
    assert.doesNotMatch(TEXT, /AWS_SECRET_ACCESS_KEY|aws-secret-access-key/);
    for (const { uses } of STEPS) if (uses !== undefined) assert.match(uses, /@v\d+$/);
  });

  it("puts nothing that a pull request can write into a shell", () => {
    for (const { run } of STEPS) assert.doesNotMatch(run ?? "", /\$\{\{/);
  });
});
