import { stripVTControlCharacters } from "node:util";
import { main } from "../../automation/cli";

/** What a command printed, and how it ended. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the `strata` command in this process, with its output caught, without the colours that some CI systems ask for. */
export async function strata(...args: string[]): Promise<Ran> {
  const caught = { stdout: "", stderr: "" };
  const originals = { stdout: process.stdout.write.bind(process.stdout), stderr: process.stderr.write.bind(process.stderr) };
  for (const stream of ["stdout", "stderr"] as const)
    process[stream].write = (chunk: string | Uint8Array) => {
      caught[stream] += stripVTControlCharacters(String(chunk));
      return true;
    };
  try {
    return { code: await main(["node", "strata", ...args]), ...caught };
  } finally {
    process.stdout.write = originals.stdout;
    process.stderr.write = originals.stderr;
  }
}
