import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { Platform } from "../../automation/platform";
import { Cloud } from "../../automation/rehearse/cloud";
import { rehearsalEnvironment } from "../../automation/rehearse/engine";
import { Workspace } from "../../automation/rehearse/workspace";
import { ROOT } from "../harness";

const SERVICE = `name: notes
summary: Keeps notes
run: { handler: handler.ts, runtime: nodejs22.x }
demand: { average: 1/min, peak: 1/s, shape: spiky, duration: 50ms, memory: 128MiB, start: 200ms }
needs:
  - { table: notes, access: write, partitionKey: { name: id } }
`;

/** Sections of a stack file. */
type Config = Record<string, Record<string, unknown>>;

const HANDLER = 'export const handler = (): Promise<string> => Promise.resolve(process.env.NOTES_TABLE ?? "");\n';

/** The unmodified program with one service, on the real engine over a simulated cloud of its own. */
export class NotesPlatform {
  readonly workspace = new Workspace(ROOT);
  readonly cloud = new Cloud(this.workspace.cloud);
  readonly platform: Platform;

  /** @param env what its engine has otherwise than in a rehearsal. */
  constructor(env: Readonly<Record<string, string | undefined>> = {}) {
    const services = join(this.workspace.project, "services");
    rmSync(services);
    mkdirSync(join(services, "notes"), { recursive: true });
    writeFileSync(join(services, "notes", "service.yaml"), SERVICE);
    writeFileSync(join(services, "notes", "handler.ts"), HANDLER);
    this.edit((config) => {
      for (const section of ["services", "persistence", "compute"]) delete config[`strata:${section}`];
      config["strata:visibility"] = { logs: { store: { kind: "none" } }, metrics: { store: "none" }, containerInsights: "disabled" };
    });
    this.platform = new Platform({
      root: this.workspace.project,
      home: this.workspace.home,
      env: { ...rehearsalEnvironment(this.workspace), ...env },
    });
  }

  /** Changes the configuration of dev. */
  edit(change: (config: Config) => void): void {
    this.editEnvironment("dev", change);
  }

  /** Gives the platform another environment, as dev is and with something else. */
  addEnvironment(name: string, change: (config: Config) => void): void {
    this.editEnvironment(name, change, "dev");
  }

  /** Changes the configuration of an environment. */
  editEnvironment(name: string, change: (config: Config) => void, from = name): void {
    const file = parse(readFileSync(join(this.workspace.project, `Pulumi.${from}.yaml`), "utf8")) as { config: Config };
    change(file.config);
    writeFileSync(join(this.workspace.project, `Pulumi.${name}.yaml`), stringify(file));
  }

  /** Calls the key of the table otherwise. */
  rename(from: string, to: string): void {
    const path = join(this.workspace.project, "services/notes/service.yaml");
    writeFileSync(path, readFileSync(path, "utf8").replace(`name: ${from} }`, `name: ${to} }`));
  }

  dispose(): void {
    this.workspace.dispose();
  }
}
