import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { ROOT } from "../harness";

const COPIED = /^Pulumi.*\.yaml$/;
/** The one service that stays, with a database and a topic. */
const SERVICE = "orders";

/** The project with one service, in a folder of its own. */
export interface SmallPlatform {
  readonly root: string;
  /** Its stack file of dev. */
  readonly stackFile: string;
  readonly read: (file: string) => string;
}

/** A platform that the real engine brings up in seconds: all of the project, but one service of the catalogue, and no ledger of stores. */
export function smallPlatform(): SmallPlatform {
  const root = mkdtempSync(join(tmpdir(), "strata-small-"));
  for (const entry of readdirSync(ROOT)) {
    if (entry === "services" || entry.startsWith("stores.")) continue;
    if (COPIED.test(entry)) cpSync(join(ROOT, entry), join(root, entry));
    else symlinkSync(join(ROOT, entry), join(root, entry));
  }
  mkdirSync(join(root, "services"));
  cpSync(join(ROOT, "services", SERVICE), join(root, "services", SERVICE), { recursive: true });
  const path = join(root, "Pulumi.dev.yaml");
  const file = parse(readFileSync(path, "utf8")) as { readonly config: Record<string, Record<string, unknown>> };
  delete file.config["strata:services"];
  delete file.config["strata:persistence"]?.["databases"];
  const stackFile = stringify(file);
  writeFileSync(path, stackFile);
  return { root, stackFile, read: (name) => readFileSync(join(root, name), "utf8") };
}
