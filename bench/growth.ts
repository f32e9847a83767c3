import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { grownCatalogue } from "./catalogue";
import { median } from "./median";

/** One size of catalogue, planned in a process of its own. */
export interface Growth {
  readonly services: number;
  readonly resources: number;
  /** Median seconds of the processors for the plan itself, without loading the program. */
  readonly seconds: number;
  readonly microsecondsPerResource: number;
  /** The most that was held. */
  readonly megabytes: number;
}

const MEASURE = resolve(__dirname, "measure.ts");

/** Plans a catalogue of each size, several times, each in a new process. */
export function growth(sizes: readonly number[], runs: number): Growth[] {
  return sizes.map((atLeast) => {
    const { root, services, dispose } = grownCatalogue(atLeast);
    try {
      const results = Array.from({ length: runs }, () => {
        const { status, stdout, stderr } = spawnSync(process.execPath, ["--stack-trace-limit=0", "--import", "tsx", MEASURE, root], {
          encoding: "utf8",
          maxBuffer: 1 << 26,
        });
        if (status !== 0) throw new Error(`planning ${services} services failed:\n${stderr}`);
        return JSON.parse(stdout) as { seconds: number; resources: number; megabytes: number };
      });
      const seconds = median(results.map((result) => result.seconds));
      const resources = results[0]?.resources ?? 0;
      return {
        services,
        resources,
        seconds,
        microsecondsPerResource: (seconds * 1e6) / resources,
        megabytes: median(results.map((result) => result.megabytes)),
      };
    } finally {
      dispose();
    }
  });
}
