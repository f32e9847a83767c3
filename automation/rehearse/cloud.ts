import { createHash, randomUUID } from "node:crypto";
import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { type Properties } from "../../plan/graph";
import { isSystemError } from "../../components/system-error";

/** Environment variable that names the folder of the simulated cloud; all provider processes of one rehearsal share it. */
export const CLOUD_VARIABLE = "STRATA_CLOUD";

const PropertiesSchema = z.record(z.string(), z.json());

const CloudResourceSchema = z.strictObject({
  type: z.string(),
  id: z.string(),
  server: z.string().optional(),
  /** Which resource of which stack asked for it; a real cloud knows this from the tags. */
  urn: z.string(),
  inputs: PropertiesSchema,
  outputs: PropertiesSchema,
  made: z.number().optional(),
  gone: z.number().optional(),
  contents: z.int().optional(),
});

/** What tells one resource of the simulated cloud from all others. */
export interface CloudKey {
  readonly type: string;
  readonly id: string;
  /** Of a Kubernetes object: URL of the API server that keeps it. Two clusters may have objects of one name. */
  readonly server?: string | undefined;
}

/** One resource that exists in the simulated cloud. */
export interface CloudResource extends CloudKey {
  readonly urn: string;
  /** What was asked for at the last create or update. */
  readonly inputs: Properties;
  /** What the cloud answers when it is read. Editing the file is drift. */
  readonly outputs: Properties;
  /** Simulated minute at which AWS was asked for it. Absent where nothing takes time. */
  readonly made?: number | undefined;
  /** Simulated minute from which on it is not there any more, of what AWS removes by itself. */
  readonly gone?: number | undefined;
  /** Of a bucket: how many objects it has. */
  readonly contents?: number | undefined;
}

/** Two resources would have the same type and id. */
export class AlreadyExistsError extends Error {
  override readonly name = "AlreadyExistsError";

  constructor({ type, id, urn }: CloudResource, owner: string) {
    super(`${type} "${id}" asked for by ${urn}: already exists, made by ${owner}`);
  }
}

/** The hash at the end tells resources from what else is in the folder. */
const RESOURCE_FILE = /\.[0-9a-f]{12}\.json$/;
const READABLE = 80;

/** How the files of a type begin. */
function prefixOf(type: string): string {
  return `${type.split(":").at(-1) ?? type}.`;
}

/** File of a resource: readable first, then enough of a hash to tell apart ids that differ only in what a file name may not hold. */
function fileOf({ type, id, server = "" }: CloudKey): string {
  const readable = `${prefixOf(type)}${id}`.replace(/[^A-Za-z0-9._-]+/g, "_").slice(0, READABLE);
  const hash = createHash("sha256").update(`${type}\n${id}\n${server}`).digest("hex").slice(0, 12);
  return `${readable}.${hash}.json`;
}

/**
 * The simulated cloud: one JSON file a resource in a folder that several provider processes share.
 * A file appears, changes and goes in one step, so that a process killed at any moment leaves no half a resource.
 */
export class Cloud {
  /** @param folder made when it is not there. */
  constructor(readonly folder: string) {
    mkdirSync(folder, { recursive: true });
  }

  /**
   * What exists, in no order.
   * @param types only these. Default: all.
   */
  list(types?: readonly string[]): CloudResource[] {
    const prefixes = types?.map(prefixOf);
    return readdirSync(this.folder)
      .filter((file) => RESOURCE_FILE.test(file) && prefixes?.some((prefix) => file.startsWith(prefix)) !== false)
      .flatMap((file) => this.load(join(this.folder, file)) ?? [])
      .filter(({ type }) => types?.includes(type) !== false);
  }

  read(key: CloudKey): CloudResource | undefined {
    return this.load(this.path(key));
  }

  /**
   * Makes a resource.
   * @throws {AlreadyExistsError} when there is one of this type and id.
   */
  create(resource: CloudResource): void {
    const path = this.path(resource);
    const draft = this.draft(resource);
    try {
      // A link fails when its name is taken, and so decides between two processes that ask at once.
      linkSync(draft, path);
    } catch (error) {
      if (!isSystemError(error, "EEXIST")) throw error;
      throw new AlreadyExistsError(resource, this.load(path)?.urn ?? "a resource that is gone by now");
    } finally {
      rmSync(draft);
    }
  }

  /** Puts a resource in the place of the one of its type and id. */
  write(resource: CloudResource): void {
    renameSync(this.draft(resource), this.path(resource));
  }

  /** Deletes a resource; one that is gone already is no error, as in AWS's providers. */
  delete(key: CloudKey): void {
    rmSync(this.path(key), { force: true });
  }

  private path(key: CloudKey): string {
    return join(this.folder, fileOf(key));
  }

  private draft(resource: CloudResource): string {
    const path = join(this.folder, `${randomUUID()}.draft`);
    writeFileSync(path, `${JSON.stringify(resource, undefined, 2)}\n`);
    return path;
  }

  private load(path: string): CloudResource | undefined {
    let text: string;
    try {
      text = readFileSync(path, "utf8");
    } catch (error) {
      if (isSystemError(error, "ENOENT")) return undefined;
      throw error;
    }
    return CloudResourceSchema.parse(JSON.parse(text));
  }
}
