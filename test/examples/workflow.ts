import type * as parser from "@actions/workflow-parser" with { "resolution-mode": "import" };
import { buildSync } from "esbuild";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../harness";

/** The package is made for bundlers: it imports JSON in a way that Node refuses. */
function load(): typeof parser {
  const folder = mkdtempSync(join(tmpdir(), "strata-"));
  try {
    const outfile = join(folder, "parser.cjs");
    const stdin = { contents: 'export * from "@actions/workflow-parser";', resolveDir: ROOT };
    buildSync({ stdin, outfile, bundle: true, platform: "node", format: "cjs" });
    return require(outfile) as typeof parser;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

let loaded: typeof parser | undefined;

/** What GitHub's own parser finds wrong with a workflow: keys, types, events, permissions, and expressions. */
export async function faultsOfWorkflow(content: string): Promise<string[]> {
  const { parseWorkflow, convertWorkflowTemplate, NoOperationTraceWriter } = (loaded ??= load());
  const { context, value } = parseWorkflow({ name: "workflow.yml", content }, new NoOperationTraceWriter());
  if (value) await convertWorkflowTemplate(context, value);
  return context.errors.getErrors().map(({ message }) => message);
}
