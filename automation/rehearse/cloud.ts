import { createHash, randomUUID } from "node:crypto";
import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { type Properties } from "../../plan/graph";

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
}

/** Two resources would have the same type and id. */
export class AlreadyExistsError extends Error {
  override readonly name = "AlreadyExistsError";

  constructor({ type, id, urn }: CloudResource, owner: string) {
    super(`${type} "${id}" asked for by ${urn}: already exists, made by ${owner}`);
  }
}

const SUFFIX = ".json";
const READABLE = 80;

/** File of a resource: readable first, then enough of a hash to tell apart ids that differ only in what a file name may not hold. */
function fileOf({ type, id, server = "" }: CloudKey): string {
  const readable = `${type.split(":").at(-1) ?? type}.${id}`.replace(/[^A-Za-z0-9._-]+/g, "_").slice(0, READABLE);
  const hash = createHash("sha256").update(`${type}\n${id}\n${server}`).digest("hex").slice(0, 12);
  return `${readable}.${hash}${SUFFIX}`;
}

/**
 * The simulated cloud: one JSON file a resource in a folder that several provider processes share.
 * A file appears, changes and goes in one step, so that a process killed at any moment leaves no half a resource.
 */
export class Cloud {
  /** @param folder made when it is not there. */
  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true });
  }

  /** Everything that exists, in no order. */
  list(): CloudResource[] {
    return readdirSync(this.folder).flatMap((file) => (file.endsWith(SUFFIX) ? (this.load(join(this.folder, file)) ?? []) : []));
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

function isSystemError(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
