import { ConfigError, UserError } from "../../components/faults";
import { makePlan } from "../../plan/plan";
import { type PlanAnswer } from "./plan-apart";

function answer(message: PlanAnswer): void {
  process.send?.(message, undefined, undefined, () => process.exit(0));
}

function failed(error: unknown): void {
  if (error instanceof ConfigError) answer({ kind: "faults", faults: error.faults });
  else if (error instanceof UserError) answer({ kind: "refused", message: error.message });
  else answer({ kind: "broken", message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
}

// When a program fails, the SDK rejects promises that nobody awaits, one for each resource that was waiting; the first says why.
process.on("unhandledRejection", failed);
const [root = "", environment = ""] = process.argv.slice(2);
makePlan(root, environment).then(({ document }) => answer({ kind: "plan", document }), failed);
