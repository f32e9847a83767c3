import { DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command, type S3Client } from "@aws-sdk/client-s3";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { isSystemError } from "../../components/system-error";
import { type Lock } from "./lock-owner";

const Content = z.object({ pid: z.number(), username: z.string(), hostname: z.string(), timestamp: z.string() });

/** Where a back end keeps the locks of one stack. */
export interface LockStore {
  list(): Promise<readonly Lock[]>;
  /** Takes one lock away; one that is gone already is no error. */
  release(id: string): Promise<void>;
  /**
   * Takes away what a write that was killed left half done, so that the state beside it can be read. Nobody may be at work.
   * @returns what it took away.
   */
  mend?(): Promise<readonly string[]>;
}

/** Names a stack as a back end of files does. Projects of such a back end all belong to an organization of this name. */
export interface LockedStack {
  readonly project: string;
  readonly stack: string;
}

const SUFFIX = ".json";
/** What the back end notes of a file, in a second one: content type and checksum. */
const NOTES = ".attrs";

/** A lock as it is written, before it has its name; and what is noted of one. */
const UNFINISHED = /\.json\.(\w+\.tmp|attrs)$/;

/** Folder of a stack's locks. Source: `stackLockDir` in pkg/backend/diy/lock.go of pulumi 3.260 (2026-11-26). */
function folderOf({ project, stack }: LockedStack): string {
  return `.pulumi/locks/organization/${project}/${stack}`;
}

function readLock(id: string, text: string): Lock {
  return { id, ...Content.parse(JSON.parse(text)) };
}

function filesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (isSystemError(error, "ENOENT")) return [];
    throw error;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false; // Cut off, or empty.
  }
}

/** Locks of a back end that is a folder: `file://…`. */
export class FileLocks implements LockStore {
  private readonly folder: string;

  constructor(
    private readonly state: string,
    private readonly stack: LockedStack,
  ) {
    this.folder = join(state, folderOf(stack));
  }

  list(): Promise<readonly Lock[]> {
    return Promise.resolve(
      this.names().flatMap((name) => {
        const text = this.read(name);
        return text === undefined ? [] : [readLock(name.slice(0, -SUFFIX.length), text)];
      }),
    );
  }

  release(id: string): Promise<void> {
    for (const name of [`${id}${SUFFIX}`, `${id}${SUFFIX}${NOTES}`]) rmSync(join(this.folder, name), { force: true });
    return Promise.resolve();
  }

  /**
   * The back end puts a state in its place in one step, but writes the notes beside it in place: a kill between leaves an empty file of notes, and then
   * the engine reads nothing ("failed to load checkpoint: EOF") though the state is whole. It does without notes.
   * And it writes every file under another name first: a disk that is full leaves that behind, empty, among the locks, and then the engine takes it for
   * a lock that it cannot read ("unexpected end of JSON input"), for good. Who is just about to lock would fail to, with nothing done.
   * Source: `setAttrs` and `writer.Close` in blob/fileblob of gocloud.dev, which pulumi 3.260 keeps files with (2026-11-26); seen by the tests that kill
   * and that fill a disk.
   */
  mend(): Promise<readonly string[]> {
    const { project, stack } = this.stack;
    const states = join(this.state, ".pulumi/stacks", project);
    const notes = filesOf(states).filter((name) => name.startsWith(`${stack}${SUFFIX}`) && name.endsWith(NOTES));
    const unfinished = filesOf(this.folder).filter((name) => UNFINISHED.test(name));
    const paths = [...notes.map((name) => join(states, name)), ...unfinished.map((name) => join(this.folder, name))];
    const broken = paths.filter((path) => !isJson(readFileSync(path, "utf8")));
    for (const path of broken) rmSync(path, { force: true });
    return Promise.resolve(broken);
  }

  private names(): string[] {
    return filesOf(this.folder).filter((name) => name.endsWith(SUFFIX));
  }

  /** A lock may be released between the listing and the reading. */
  private read(name: string): string | undefined {
    try {
      return readFileSync(join(this.folder, name), "utf8");
    } catch (error) {
      if (isSystemError(error, "ENOENT")) return undefined;
      throw error;
    }
  }
}

/** Where a back end in S3 is: `s3://bucket/prefix`. */
export interface S3Place {
  readonly bucket: string;
  /** Default: the bucket itself. */
  readonly prefix?: string;
}

/** Locks of a back end in S3. */
export class S3Locks implements LockStore {
  private readonly folder: string;

  constructor(
    private readonly client: S3Client,
    private readonly place: S3Place,
    stack: LockedStack,
  ) {
    this.folder = [place.prefix?.replace(/^\/|\/$/g, "") ?? "", folderOf(stack)].filter((part) => part !== "").join("/");
  }

  async list(): Promise<readonly Lock[]> {
    const { Contents: objects = [] } = await this.client.send(
      new ListObjectsV2Command({ Bucket: this.place.bucket, Prefix: `${this.folder}/` }),
    );
    const locks: Lock[] = [];
    for (const { Key: key = "" } of objects) {
      if (!key.endsWith(SUFFIX)) continue;
      const object = await this.client.send(new GetObjectCommand({ Bucket: this.place.bucket, Key: key }));
      locks.push(readLock(key.slice(this.folder.length + 1, -SUFFIX.length), (await object.Body?.transformToString()) ?? ""));
    }
    return locks;
  }

  async release(id: string): Promise<void> {
    await this.client.send(new DeleteObjectCommand({ Bucket: this.place.bucket, Key: `${this.folder}/${id}${SUFFIX}` }));
  }
}
