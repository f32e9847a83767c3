import { makePlan } from "../plan/plan";

/** Plans the project of a folder once and prints how long it took: a process of its own, so that no run warms up another. */
async function measure(root: string): Promise<void> {
  const started = performance.now();
  const { document } = await makePlan(root, "dev");
  const seconds = (performance.now() - started) / 1000;
  process.stdout.write(
    JSON.stringify({ seconds, resources: document.resources.length, megabytes: Math.round(process.memoryUsage().rss / (1 << 20)) }),
  );
}

measure(process.argv[2] ?? "").catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
