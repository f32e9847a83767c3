import { fork } from "node:child_process";
import { resolve } from "node:path";
import { ConfigError, type Fault, UserError } from "../../components/faults";
import { type PlanDocument } from "../../plan/plan-schema";

/** What a process that plans says at its end. */
export type PlanAnswer =
  | { readonly kind: "plan"; readonly document: PlanDocument }
  | { readonly kind: "faults"; readonly faults: readonly Fault[] }
  | { readonly kind: "refused"; readonly message: string }
  | { readonly kind: "broken"; readonly message: string };

const LAST_WORDS = 2_000;

/**
 * Plans an environment in a process of its own: the SDK keeps what a program registers for the whole process, so two plans in one would mix, and a tool
 * that plans twenty environments at once would get one heap of all of them.
 * @throws what {@link makePlan} throws.
 */
export async function planApart(root: string, environment: string): Promise<PlanDocument> {
  const child = fork(resolve(__dirname, "plan-child.ts"), [resolve(root), environment], {
    execArgv: ["--require", require.resolve("tsx/cjs"), "--stack-trace-limit=0"],
    serialization: "advanced",
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let words = "";
  child.stderr?.on("data", (chunk: Buffer) => (words = (words + chunk.toString("utf8")).slice(-LAST_WORDS)));
  const said = await new Promise<PlanAnswer>((done, reject) => {
    child.once("message", (message) => done(message as PlanAnswer));
    child.once("error", reject);
    child.once("close", (code, signal) =>
      reject(new Error(`the plan of ${environment} ended with ${signal ?? code} and no answer: ${words}`)),
    );
  });
  if (said.kind === "plan") return said.document;
  if (said.kind === "faults") throw new ConfigError(said.faults);
  throw said.kind === "refused" ? new UserError(said.message) : new Error(said.message);
}
