import { record } from "../plan/record";
import { readStackFile } from "../plan/stack-file";
import { evaluate } from "../policy/lib/evaluate";
import { StackGraph } from "../policy/lib/graph";
import type { StackResource } from "../policy/lib/resource";
import type { Rule } from "../policy/lib/rule";
import { PACKS } from "../policy/packs";
import program from "../stacks/index";
import { median } from "./median";

/** What judging a stack of one size takes. */
export interface PolicyRun {
  readonly resources: number;
  readonly rules: number;
  /** Median seconds of all rules together, the graph of the stack built anew. */
  readonly seconds: number;
  /** Median milliseconds of each rule by itself, with every analysis it needs; the slowest first. */
  readonly slowest: readonly { readonly rule: string; readonly milliseconds: number }[];
}

const SLOWEST = 5;

function secondsOf(act: () => unknown): number {
  const started = performance.now();
  act();
  return (performance.now() - started) / 1000;
}

/** Runs one rule over a stack that nothing was asked of before. */
function secondsOfRule(rule: Rule, resources: readonly StackResource[]): number {
  const graph = new StackGraph(resources);
  if (rule.scope === "stack") return secondsOf(() => rule.configured({})(graph));
  const check = rule.configured({});
  return secondsOf(() => graph.ofType(...rule.types).map((resource) => check(resource)));
}

function judge(resources: readonly StackResource[], runs: number): PolicyRun {
  const times = <T>(act: () => T): T[] => Array.from({ length: runs }, act);
  const rules = PACKS.flatMap((pack) => pack.rules);
  // The first run compiles; what is measured is what a long plan pays for each resource.
  evaluate(PACKS, resources);
  return {
    resources: resources.length,
    rules: rules.length,
    seconds: median(times(() => secondsOf(() => evaluate(PACKS, resources)))),
    slowest: rules
      .map((rule) => ({ rule: rule.id, milliseconds: median(times(() => secondsOfRule(rule, resources))) * 1000 }))
      .sort((one, other) => other.milliseconds - one.milliseconds)
      .slice(0, SLOWEST),
  };
}

/** Plans the project of a folder and judges as many of its first resources as each size says: those never refer to later ones. */
async function main([root = "", runs = "", ...sizes]: readonly string[]): Promise<void> {
  const resources = await record(program, readStackFile(root, "dev"));
  const results = sizes.map((size) => judge(resources.slice(0, Number(size)), Number(runs)));
  process.stdout.write(JSON.stringify(results));
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
