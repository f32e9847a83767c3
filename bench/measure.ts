import { makePlan } from "../plan/plan";

const KIB_PER_MIB = 1024;

/**
 * Plans the project of a folder once and prints what it took: a process of its own, so that no run warms up another. Time is that of the processors, those that
 * collect garbage included, which a machine that has other work to do does not stretch as much; memory the most that was held.
 */
async function measure(root: string): Promise<void> {
  const started = process.cpuUsage();
  const { document } = await makePlan(root, "dev");
  const { user, system } = process.cpuUsage(started);
  const megabytes = Math.round(process.resourceUsage().maxRSS / KIB_PER_MIB);
  process.stdout.write(JSON.stringify({ seconds: (user + system) / 1e6, resources: document.resources.length, megabytes }));
}

measure(process.argv[2] ?? "").catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
