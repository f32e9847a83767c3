import { connect } from "node:net";
import { type TaskMetadata, type TaskStats } from "./metadata";
import { linesOf, type Reading } from "./read";

/** Lines kept while the relay is away; the oldest go first. */
const KEPT = 5_000;
const TIMEOUT_MS = 3_000;

function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === "") throw new Error(`variable ${name} is missing`);
  return value;
}

async function ask<Answer>(path: string): Promise<Answer> {
  const response = await fetch(`${variable("ECS_CONTAINER_METADATA_URI_V4")}${path}`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!response.ok) throw new Error(`the metadata endpoint answered ${response.status} to ${path}`);
  return (await response.json()) as Answer;
}

/** Sends lines over a connection of its own, which the relay's load balancer may put anywhere. */
function send(lines: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(variable("GRAPHITE_PORT")), variable("GRAPHITE_HOST"));
    socket.setTimeout(TIMEOUT_MS, () => socket.destroy(new Error("the relay did not answer in time")));
    socket.once("error", reject);
    socket.once("close", (failed) => (failed ? undefined : resolve()));
    socket.resume().end(lines.join(""));
  });
}

async function run(): Promise<never> {
  const prefix = variable("METRIC_PREFIX");
  const interval = Number(variable("INTERVAL_SECONDS")) * 1_000;
  let before: Reading | undefined;
  let waiting: string[] = [];
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, interval - (Date.now() % interval)));
    try {
      const [task, stats] = await Promise.all([ask<TaskMetadata>("/task"), ask<TaskStats>("/task/stats")]);
      const now = { time: Date.now(), task, stats };
      waiting = [...waiting, ...linesOf(prefix, now, before)].slice(-KEPT);
      before = now;
      await send(waiting);
      waiting = [];
    } catch (error) {
      // It stands beside a service and must outlive a relay or an endpoint that is away: what is known waits for the next time.
      console.error(error instanceof Error ? error.message : error);
    }
  }
}

process.once("SIGTERM", () => process.exit(0));
void run();
