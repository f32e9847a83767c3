import * as aws from "@pulumi/aws";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { parse, stringify } from "yaml";
import { type PlannedResource } from "../plan/graph";
import { record } from "../plan/record";

/** Folder of the project. */
export const ROOT = resolve(__dirname, "..");

/** Environment of {@link recordProgram}. */
export const TEST_CONTEXT = { environment: "test", accountId: "111122223333", region: "us-east-1", durable: false } as const;

/**
 * Records what a piece of program registers, as the plan does, with the provider of {@link TEST_CONTEXT} for all of it.
 * @param make gets the options to hand to what it creates.
 */
export async function recordProgram(
  make: (options: { readonly providers: { readonly aws: aws.Provider } }) => unknown,
): Promise<PlannedResource[]> {
  const { region, accountId } = TEST_CONTEXT;
  return record(
    () => {
      const provider = new aws.Provider("aws", { region, allowedAccountIds: [accountId] });
      make({ providers: { aws: provider } });
      return Promise.resolve({});
    },
    { root: ROOT, project: "strata", stack: "test", config: {}, secretKeys: [] },
  );
}

/** The one resource of a type and name; throws when there is none or more than one. */
export function only(resources: readonly PlannedResource[], type: string, name?: string): PlannedResource {
  const found = resources.filter((resource) => resource.type === type && (name === undefined || resource.name === name));
  if (found.length !== 1 || !found[0]) throw new Error(`${found.length} resources of type ${type}${name ? ` named ${name}` : ""}`);
  return found[0];
}

/** A value as YAML holds it. */
type Yaml = Record<string, unknown>;

/** A copy of the project's configuration and catalogue in a folder of its own, to break one thing in. */
export class Workspace {
  readonly root = mkdtempSync(join(tmpdir(), "strata-"));

  constructor() {
    const policies = ["policy/config", "policy/exceptions.json"];
    for (const file of ["Pulumi.yaml", "Pulumi.dev.yaml", "Pulumi.prod.yaml", "stores.prod.yaml", "services", ...policies])
      cpSync(join(ROOT, file), join(this.root, file), { recursive: true });
  }

  /** Changes a YAML file. */
  edit(file: string, change: (document: Yaml) => void): this {
    const path = join(this.root, file);
    const document = parse(readFileSync(path, "utf8")) as Yaml;
    change(document);
    return this.write(file, stringify(document));
  }

  /** Changes one section of a stack file. */
  section(environment: string, section: string, change: (values: Yaml) => void): this {
    return this.edit(`Pulumi.${environment}.yaml`, (document) => {
      const config = document["config"] as Record<string, Yaml>;
      const values = (config[`strata:${section}`] ??= {});
      change(values);
    });
  }

  /** Changes a service's descriptor. */
  service(name: string, change: (descriptor: Yaml) => void): this {
    return this.edit(`services/${name}/service.yaml`, change);
  }

  write(file: string, text: string): this {
    const path = join(this.root, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return this;
  }

  remove(file: string): this {
    rmSync(join(this.root, file), { recursive: true });
    return this;
  }

  dispose(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
