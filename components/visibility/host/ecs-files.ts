import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { posix } from "node:path";
import { AWS_CLI_IMAGE } from "../../../facts/aws-cli";
import { type TaskContainer, type TaskDefinitionSpec } from "../../compute/ecs-task-definition";
import { type Statement } from "../../iam";
import { type ServiceBucket } from "../../persistence/bucket";
import { type PlatformContext } from "../../platform-context";
import { contentHash } from "./content-hash";

/** Where files of programs are kept for their tasks. */
export interface FileStore {
  readonly bucket: ServiceBucket;
  /** Key that the bucket's objects are encrypted with. */
  readonly keyArn: pulumi.Input<string>;
}

/** What a program or daemon wants to find in its file system before it starts. */
export interface TaskFileSpec {
  readonly context: PlatformContext;
  readonly store: FileStore;
  readonly files: Readonly<Record<string, pulumi.Input<string>>>;
  readonly secretFiles: Readonly<Record<string, pulumi.Input<string>>>;
  /** Directories that each container may write to, by its name. */
  readonly scratch: Readonly<Record<string, readonly string[]>>;
  /** Directories that are mounted in some other way, inside which or above which files may be. */
  readonly otherMounts: readonly string[];
}

/** Files of a task: the volumes they are in, what fills these, and where each container finds them. */
export interface TaskFiles {
  readonly volumes: NonNullable<TaskDefinitionSpec["volumes"]>;
  /** Runs before the others and ends; absent when there is nothing to prepare. */
  readonly prepare: TaskContainer | undefined;
  /** Volumes of a container, by its name. */
  readonly mounts: (container: string) => NonNullable<TaskContainer["mounts"]>;
  /** What the task's role may do, so that the files are there. */
  readonly statements: readonly Statement[];
  readonly ready: readonly pulumi.Resource[];
}

const PREPARE = "prepare";
/** Where the volumes stand in the container that fills them. */
const FILES_ROOT = "/strata/files";
const SCRATCH_ROOT = "/strata/scratch";

/** What a container of a task waits for. */
export function afterPrepare({ prepare }: TaskFiles): Pick<TaskContainer, "after"> {
  return prepare ? { after: { [PREPARE]: "SUCCESS" } } : {};
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** True for a path inside a directory. */
function inside(path: string, directory: string): boolean {
  return path.startsWith(`${directory}/`);
}

/** Directories that hold the files, without those inside another: each is a volume. */
export function fileRoots(paths: readonly string[]): string[] {
  const directories = [...new Set(paths.map((path) => posix.dirname(path)))].sort();
  return directories.filter((directory) => !directories.some((other) => inside(directory, other)));
}

/** What a container does that prepares the volumes of a task. */
export interface Preparation {
  /** Directories of files, each a volume. */
  readonly roots: readonly string[];
  /** True when there are files to fetch, from the S3 URL in the variable `FILES`. */
  readonly fetches: boolean;
  /** Paths of secrets; the values are in the variables `SECRET_0`, `SECRET_1`, …. */
  readonly secrets: readonly string[];
  /** Directories to make inside the volumes: mount points, and those of secrets. */
  readonly directories: readonly string[];
  /** How many directories the program writes to. */
  readonly scratch: number;
}

/** Fetches files, writes secrets, and lets a program that is not root read and write what is its own: the volumes are its task's alone. */
export function prepareScript({ roots, fetches, secrets, directories, scratch }: Preparation): string {
  const within = (path: string) => quoted(`${FILES_ROOT}${path}`);
  return [
    "set -eu",
    ...(fetches ? [`aws s3 cp --recursive --only-show-errors "$FILES" ${FILES_ROOT}/`] : []),
    ...directories.map((directory) => `mkdir -p ${within(directory)}`),
    ...secrets.map((path, index) => `printf %s "$SECRET_${index}" > ${within(path)}`),
    ...roots.map((root) => `chmod -R a+rX ${within(root)}`),
    ...Array.from({ length: scratch }, (_, index) => `chmod 1777 ${SCRATCH_ROOT}/${index}`),
  ].join("\n");
}

/**
 * Puts the files of a program into S3 under a key that is another when one of them changes, so that a change is another revision of the task
 * definition, which itself holds 64 KiB at most. Earlier ones stay: a deployment that is rolled back reads them again.
 */
export function taskFiles(name: string, spec: TaskFileSpec, parent: pulumi.Resource): TaskFiles {
  const { context, store, files, secretFiles, scratch, otherMounts } = spec;
  const secrets = Object.keys(secretFiles).sort();
  const roots = fileRoots([...Object.keys(files), ...secrets]);
  const scratched = Object.entries(scratch).flatMap(([container, paths]) => paths.map((path) => ({ container, path })));
  const prefix = pulumi.interpolate`${name}/${contentHash(files)}`;
  const objects = Object.entries(files).map(
    ([path, content]) =>
      new aws.s3.BucketObjectv2(
        `${name}${path.replaceAll("/", "-")}`,
        { bucket: store.bucket.id, key: pulumi.interpolate`${prefix}${path}`, content },
        { parent, retainOnDelete: true },
      ),
  );
  const fetches = objects.length > 0;
  // A mount point inside a read-only volume must be there before it is mounted.
  const mounted = [...otherMounts, ...scratched.map(({ path }) => path)].filter((path) => roots.some((root) => inside(path, root)));
  const directories = [...new Set([...secrets.map((path) => posix.dirname(path)), ...mounted])].sort();
  const fileVolumes = roots.map((path, index) => ({ volume: `files-${index}`, path }));
  const scratchVolumes = scratched.map(({ container, path }, index) => ({ volume: `prepared-${index}`, container, path }));
  const prepare: TaskContainer = {
    name: PREPARE,
    image: AWS_CLI_IMAGE.image,
    entryPoint: ["sh", "-c"],
    command: [prepareScript({ roots, fetches, secrets, directories, scratch: scratched.length })],
    essential: false,
    writable: [],
    variables: {
      AWS_REGION: context.region,
      ...(fetches && { FILES: pulumi.interpolate`s3://${store.bucket.id}/${prefix}/` }),
    },
    ...(secrets.length > 0 && {
      secrets: Object.fromEntries(secrets.map((path, index) => [`SECRET_${index}`, secretFiles[path] ?? ""])),
    }),
    mounts: [
      ...fileVolumes.map(({ volume, path }) => ({ volume, path: `${FILES_ROOT}${path}`, readOnly: false })),
      ...scratchVolumes.map(({ volume }, index) => ({ volume, path: `${SCRATCH_ROOT}/${index}`, readOnly: false })),
    ],
  };
  return {
    volumes: [...fileVolumes, ...scratchVolumes].map(({ volume }) => ({ name: volume })),
    prepare: fileVolumes.length + scratchVolumes.length > 0 ? prepare : undefined,
    mounts: (container) => [
      ...fileVolumes.map(({ volume, path }) => ({ volume, path, readOnly: true })),
      ...scratchVolumes.flatMap(({ volume, path, container: owner }) => (owner === container ? [{ volume, path, readOnly: false }] : [])),
    ],
    statements: fetches ? readFiles(name, context, store) : [],
    ready: objects,
  };
}

/** Lets a role read the files of one program and no other's. */
function readFiles(name: string, { region }: PlatformContext, { bucket, keyArn }: FileStore): Statement[] {
  return [
    { Effect: "Allow", Action: "s3:GetObject", Resource: pulumi.interpolate`${bucket.arn}/${name}/*` },
    { Effect: "Allow", Action: "s3:ListBucket", Resource: bucket.arn, Condition: { StringLike: { "s3:prefix": `${name}/*` } } },
    {
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: keyArn,
      // With a bucket key the context is the bucket's ARN (S3 user guide, "Reducing the cost of SSE-KMS with bucket keys", 2026-11).
      Condition: { StringEquals: { "kms:EncryptionContext:aws:s3:arn": bucket.arn, "kms:ViaService": `s3.${region}.amazonaws.com` } },
    },
  ];
}
