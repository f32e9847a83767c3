import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { grownCatalogue } from "./catalogue";
import type { PolicyRun } from "./policies";

/** Sizes of stacks in resources, by the services of the catalogue whose plan is at least as large. */
const SIZES: Readonly<Record<number, readonly number[]>> = { 13: [200, 800], 52: [3200] };
const JUDGE = resolve(__dirname, "policies.ts");

/** Judges stacks of each size by all rules, each catalogue in a process of its own. */
export function policyGrowth(runs: number): PolicyRun[] {
  return Object.entries(SIZES).flatMap(([atLeast, sizes]) => {
    const { root, services, dispose } = grownCatalogue(Number(atLeast));
    try {
      const args = ["--stack-trace-limit=0", "--import", "tsx", JUDGE, root, String(runs), ...sizes.map(String)];
      const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", maxBuffer: 1 << 26 });
      if (status !== 0) throw new Error(`judging ${services} services failed:\n${stderr}`);
      return JSON.parse(stdout) as PolicyRun[];
    } finally {
      dispose();
    }
  });
}
