import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { UserError } from "../../components/faults";
import { diffOf, type DiffDocument } from "../../plan/diff/diff";
import { diffMarkdown } from "../../plan/diff/diff-markdown";
import { diffText } from "../../plan/diff/diff-text";
import { readSide } from "../../plan/diff/read-side";
import { planSide } from "../../plan/diff/sides";
import { makePlan } from "../../plan/plan";

const DEFAULT_WIDTH = 100;

/** Options of `strata diff`. */
export interface DiffOptions {
  readonly against?: string;
  readonly json: boolean;
  readonly markdown?: string;
  readonly cwd: string;
  readonly verbose: boolean;
}

async function compare(environment: string, other: string | undefined, { against, cwd, verbose }: DiffOptions): Promise<DiffDocument> {
  const root = resolve(cwd);
  const planned = async (name: string) => planSide((await makePlan(root, name, { traces: verbose })).document, "planned");
  if (other !== undefined) return diffOf(await planned(environment), await planned(other));
  if (against === undefined) throw new UserError("diff: names one environment; name another, or --against a commit, a plan or a state");
  // What it was comes first: a difference reads as what becomes of it.
  return diffOf(await readSide(root, environment, against), await planned(environment));
}

/** Compares two environments, or an environment with what it was, and prints what differs. */
export async function diff(environment: string, other: string | undefined, options: DiffOptions): Promise<void> {
  if (other !== undefined && options.against !== undefined) throw new UserError("diff: give a second environment or --against, not both");
  const document = await compare(environment, other, options);
  if (options.markdown !== undefined) writeFileSync(options.markdown, diffMarkdown(document));
  process.stdout.write(
    options.json ? `${JSON.stringify(document, undefined, 2)}\n` : diffText(document, { width: process.stdout.columns ?? DEFAULT_WIDTH }),
  );
}
