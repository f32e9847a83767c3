import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { environments, readStackFile } from "../../plan/stack-file";
import { record } from "../../plan/record";
import { readState } from "../../plan/real/state";
import { readCatalogue } from "../../stacks/catalogue";
import program from "../../stacks/index";
import { recorded, writeRecordedState } from "./recorded-state";

const ROOT = resolve(__dirname, "../..");
/** Folder of the recorded states, one folder a release. */
export const UPGRADES = join(ROOT, "test/upgrades");
/** Its code counts for nothing here, and may be gone from the catalogue by the next release. */
const HANDLER = "/** Stands in for the code of the service. */\nexport function handler(): void {}\n";

function version(): string {
  return (JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string }).version;
}

/** Copies what decides what an environment is made of, so that only the program differs when it is planned again. */
function copyProject(folder: string): void {
  const names = environments(ROOT).filter((name) => !name.includes("-"));
  for (const file of ["Pulumi.yaml", ...names.flatMap((name) => [`Pulumi.${name}.yaml`, `stores.${name}.yaml`])])
    if (existsSync(join(ROOT, file))) cpSync(join(ROOT, file), join(folder, file));
  for (const { file, descriptor } of readCatalogue(ROOT).entries) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(ROOT, file), join(folder, file));
    if ("handler" in descriptor.run) writeFileSync(join(folder, dirname(file), descriptor.run.handler), HANDLER);
  }
}

/**
 * Records the state that this release leaves of each environment: from its plan, or from what `pulumi stack export` printed.
 * @param exports files of exported states, as `dev=state.json`.
 */
async function main(exports: readonly string[]): Promise<void> {
  const release = version();
  const folder = join(UPGRADES, release);
  if (!existsSync(folder)) copyProject(folder);
  const states = new Map(exports.map((pair) => pair.split("=") as [string, string]));
  for (const environment of environments(folder)) {
    const state = states.get(environment);
    const resources =
      state === undefined
        ? (await record(program, readStackFile(folder, environment))).map(recorded)
        : readState(readFileSync(state, "utf8"), state).resources.map(recorded);
    writeRecordedState(join(folder, `${environment}.json.gz`), { release, environment, resources });
    process.stdout.write(`test/upgrades/${release}/${environment}.json.gz: ${resources.length} resources\n`);
  }
}

if (require.main === module)
  main(process.argv.slice(2)).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
