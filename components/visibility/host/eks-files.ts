import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { AWS_CLI_IMAGE } from "../../../facts/aws-cli";
import { EKS_LIMITS } from "../../../facts/limits-eks";
import { type KubernetesCluster, objectOptions } from "../../compute/kubernetes/cluster";
import { sizeText } from "../../compute/kubernetes/pod";
import { contentHash } from "./content-hash";

type Container = kubernetes.types.input.core.v1.Container;
type Volume = kubernetes.types.input.core.v1.Volume;
type VolumeMount = kubernetes.types.input.core.v1.VolumeMount;

/** Files of a pod, ready to mount in each of its containers. */
export interface PodFiles {
  readonly volumes: readonly Volume[];
  readonly mounts: readonly VolumeMount[];
  /** Another text when a file changes, so that pods with it are replaced. */
  readonly hash: pulumi.Output<string>;
  readonly ready: readonly pulumi.Resource[];
}

/** What the ConfigMaps of a program need to know. */
export interface FileTarget {
  readonly cluster: KubernetesCluster;
  readonly namespace: pulumi.Input<string>;
  readonly labels: Record<string, string>;
}

const BYTES_PER_MIB = 1_048_576;
/** Bytes of a ConfigMap that are left for its own fields. */
const OVERHEAD = 16_384;
const ROOM = EKS_LIMITS.configMap.value * BYTES_PER_MIB - OVERHEAD;
const READ_ONLY = 0o444;
const FILES = "files";
const SECRETS = "secrets";
/** Where secrets are written before the program starts. */
const SECRETS_PATH = "/run/strata/secrets";
const FETCH = { cpu: "50m", memory: "256Mi" } as const;

type File = readonly [path: string, content: pulumi.Input<string>];

/** Name of a file in a ConfigMap, which holds no slashes. */
function keyOf(path: string): string {
  return path.slice(1).replace(/[^-._a-zA-Z0-9]/g, "_");
}

/** Files in as few ConfigMaps as hold them. One whose content is not known yet has its own, so that how many there are never depends on it. */
function split(files: Readonly<Record<string, pulumi.Input<string>>>): File[][] {
  const maps: File[][] = [];
  let room = 0;
  for (const file of Object.entries(files).sort(([left], [right]) => (left < right ? -1 : 1))) {
    const [path, content] = file;
    if (typeof content !== "string") {
      maps.unshift([file]);
      continue;
    }
    const size = Buffer.byteLength(content) + path.length;
    if (size > room) {
      maps.push([]);
      room = ROOM;
    }
    room -= size;
    maps.at(-1)?.push(file);
  }
  return maps;
}

function checked(path: string, content: pulumi.Input<string>): pulumi.Input<string> {
  const check = (text: string) => {
    const size = Buffer.byteLength(text);
    if (size > ROOM) throw new Error(`file ${path} has ${size} bytes; a ConfigMap holds ${ROOM} of one file`);
    return text;
  };
  return typeof content === "string" ? check(content) : pulumi.output(content).apply(check);
}

/**
 * Makes the ConfigMaps of a program's files. Their names are Pulumi's own: a change makes new ones, which only new pods mount, so that a pod
 * that starts again before its turn still finds what it was made with.
 * @throws {Error} for a file that no ConfigMap holds.
 */
export function configFiles(
  name: string,
  files: Readonly<Record<string, pulumi.Input<string>>>,
  { cluster, namespace, labels }: FileTarget,
  parent: pulumi.Resource,
): PodFiles {
  const paths = Object.keys(files);
  const clash = paths.find((path, index) => paths.some((other, at) => at < index && keyOf(other) === keyOf(path)));
  if (clash !== undefined) throw new Error(`file ${clash} of ${name} has the key of another, ${keyOf(clash)}`);
  const maps = split(files).map((part, index) => ({
    part,
    map: new kubernetes.core.v1.ConfigMap(
      `${name}-files-${index}`,
      { metadata: { namespace, labels }, data: Object.fromEntries(part.map(([path, content]) => [keyOf(path), checked(path, content)])) },
      objectOptions(cluster, parent),
    ),
  }));
  const sources = maps.map(({ part, map }) => ({
    configMap: { name: map.metadata.name, items: part.map(([path]) => ({ key: keyOf(path), path: keyOf(path) })) },
  }));
  return {
    volumes: maps.length > 0 ? [{ name: FILES, projected: { defaultMode: READ_ONLY, sources } }] : [],
    mounts: paths.map((path) => ({ name: FILES, mountPath: path, subPath: keyOf(path), readOnly: true })),
    hash: contentHash(files),
    ready: maps.map(({ map }) => map),
  };
}

/** Secrets of a pod: what fetches them, and where they then are. */
export interface PodSecrets extends Omit<PodFiles, "hash" | "ready"> {
  readonly fetch: readonly Container[];
}

/** What fetches secrets before a program starts: each into memory, readable by the program's user alone. */
export function secretScript(count: number, directory: string): string {
  return [
    "set -eu",
    "umask 077",
    ...Array.from(
      { length: count },
      (_, index) =>
        `value=$(aws secretsmanager get-secret-value --secret-id "$SECRET_${index}" --query SecretString --output text) && printf %s "$value" > ${directory}/${index}`,
    ),
  ].join("\n");
}

/** Secrets that an init container reads with the program's own role; the program finds them as files, and Kubernetes never knows them. */
export function secretFiles(
  secrets: Readonly<Record<string, pulumi.Input<string>>>,
  region: string,
  securityContext: Container["securityContext"],
): PodSecrets {
  const entries = Object.entries(secrets).sort(([left], [right]) => (left < right ? -1 : 1));
  if (entries.length === 0) return { volumes: [], mounts: [], fetch: [] };
  return {
    volumes: [{ name: SECRETS, emptyDir: { medium: "Memory", sizeLimit: sizeText(1) } }],
    mounts: entries.map(([path], index) => ({ name: SECRETS, mountPath: path, subPath: String(index), readOnly: true })),
    fetch: [
      {
        name: "fetch-secrets",
        image: AWS_CLI_IMAGE.image,
        command: ["sh", "-c", secretScript(entries.length, SECRETS_PATH)],
        env: [
          { name: "AWS_REGION", value: region },
          { name: "AWS_EC2_METADATA_DISABLED", value: "true" },
          { name: "HOME", value: SECRETS_PATH },
          ...entries.map(([, arn], index) => ({ name: `SECRET_${index}`, value: arn })),
        ],
        resources: { requests: { cpu: FETCH.cpu, memory: FETCH.memory }, limits: { memory: FETCH.memory } },
        securityContext,
        volumeMounts: [{ name: SECRETS, mountPath: SECRETS_PATH }],
      },
    ],
  };
}
