import { z } from "zod";
import { type Containers, containersOf, TASK_DEFINITION } from "../../lib/containers";
import { type Finding, judge } from "../../lib/finding";
import { nameOf, POD_TYPES, podMark, podSpecOf, STATEFUL_SET } from "../../lib/pods";
import {
  isObject,
  type Json,
  type Properties,
  read,
  readAll,
  type Reading,
  readPath,
  type Resource,
  some,
  type Tri,
} from "../../lib/resource";
import { resourceRule } from "../../lib/rule";

const CLAIM = "kubernetes:core/v1:PersistentVolumeClaim";

/**
 * What makes a volume of a task definition outlive the task. A volume with only a name is scratch space that goes with it.
 * `configureAtLaunch` is an EBS volume that the service describes.
 */
const TASK_VOLUME_STATE = [
  "hostPath",
  "configureAtLaunch",
  "dockerVolumeConfiguration",
  "efsVolumeConfiguration",
  "fsxWindowsFileServerVolumeConfiguration",
  "s3filesVolumeConfiguration",
] as const;

/** Volumes of a pod that hold no state of the container: scratch space, and what others wrote for it to read. */
const STATELESS_POD_VOLUMES = new Set(["name", "emptyDir", "ephemeral", "configMap", "secret", "projected", "downwardAPI", "image"]);

const config = z.strictObject({
  legacyTag: z.string().min(1).default("strata:legacy").describe("The AWS tag that marks a legacy workload, which may keep state."),
  legacyLabel: z.string().min(1).default("strata.dev/legacy").describe("The Kubernetes label or annotation that marks a legacy workload."),
  storeTag: z
    .string()
    .min(1)
    .default("strata:store")
    .describe("The AWS tag that marks a workload that is a store, such as a time series database."),
  storeLabel: z
    .string()
    .min(1)
    .default("strata.dev/store")
    .describe("The Kubernetes label or annotation that marks a workload that is a store."),
});

/**
 * Reads ECS task definitions and Kubernetes workloads. A legacy workload, and one that keeps state because that is what it is for, is marked by
 * a tag, label or annotation that is not `false`.
 */
export const containerKeepsNoState = resourceRule({
  id: "container-keeps-no-state",
  title: "No container keeps state, unless it is a marked legacy workload or store",
  severity: "high",
  why: "A service that keeps files of its own can't be killed, moved or scaled out; its state belongs in a store.",
  fix: "Move the state to a store the service declares as a need, or mark the workload as legacy with the tag strata:legacy or the label strata.dev/legacy; one that is itself a store has the mark strata:store or strata.dev/store.",
  links: ["https://12factor.net/processes"],
  frameworks: [],
  types: [TASK_DEFINITION, CLAIM, ...POD_TYPES],
  config,
  check: (resource, { legacyTag, legacyLabel, storeTag, storeLabel }) => {
    const onEcs = resource.type === TASK_DEFINITION;
    const findings = onEcs ? taskVolumes(resource) : kubernetesVolumes(resource);
    const marks = onEcs
      ? [legacyTag, storeTag].map((tag) => read(resource, `tags["${tag}"]`))
      : [legacyLabel, storeLabel].map((label) => podMark(resource, label));
    const given = some(marks.map(marked));
    return [
      judge(resource, `${resource.name} keeps state`, findings, {
        given,
        what: "whether it is marked as legacy or a store",
        property: "tags",
      }),
    ];
  },
});

function marked(mark: Reading): Tri {
  if (mark.state === "unknown") return undefined;
  return mark.state === "known" && mark.value !== false && mark.value !== "false";
}

function taskVolumes(task: Resource): Finding[] {
  const containers = containersOf(task);
  return readAll(task, "volumes[*]").flatMap((volume): Finding[] => {
    if (volume.state !== "known") return [{ what: "its volumes are not known yet", property: "volumes", unknown: true }];
    return TASK_VOLUME_STATE.flatMap((kind) => taskVolume(volume.value, kind, containers));
  });
}

function taskVolume(volume: Json, kind: (typeof TASK_VOLUME_STATE)[number], containers: Containers): Finding[] {
  const name = nameOf(volume);
  const property = "volumes";
  const reading = readPath(volume, kind);
  if (reading.state === "unknown") return [{ what: `${kind} of volume ${name} is not known yet`, property, unknown: true }];
  // What a provider fills in for a volume that has none of it is false or empty.
  if (reading.state === "absent" || reading.value === false || reading.value === "") return [];
  const found = { what: `volume ${name} has ${kind}`, property };
  if (kind !== "hostPath") return [found];
  if (containers.state === "unknown") {
    return [{ what: `whether its containers write to the hostPath of volume ${name} is not known yet`, property, unknown: true }];
  }
  return isOnlyRead(name, containers) ? [] : [found];
}

/** A path of the host that containers only read, such as an agent's view of it, holds no state of theirs. */
function isOnlyRead(volume: string, containers: Containers): boolean {
  if (containers.state !== "known") return false;
  const mounts = containers.value
    .flatMap(({ mountPoints }) => (Array.isArray(mountPoints) ? mountPoints : []))
    .filter((mount) => readPathValue(mount, "sourceVolume") === volume);
  return mounts.length > 0 && mounts.every((mount) => readPathValue(mount, "readOnly") === true);
}

function kubernetesVolumes(resource: Resource): Finding[] {
  if (resource.type === CLAIM) return [{ what: "it is a PersistentVolumeClaim", property: "spec" }];
  const findings = resource.type === STATEFUL_SET ? claims(resource) : [];
  const { path, reading: pod } = podSpecOf(resource);
  if (pod.state === "unknown") return [...findings, { what: "its pods are not known yet", property: path, unknown: true }];
  if (pod.state === "known" && isObject(pod.value)) findings.push(...podVolumes(pod.value, path));
  return findings;
}

function claims(set: Resource): Finding[] {
  const property = "spec.volumeClaimTemplates";
  return readAll(set, `${property}[*]`).map((claim) =>
    claim.state === "known"
      ? { what: `volume claim template ${nameOf(readPathValue(claim.value, "metadata") ?? {})}`, property }
      : { what: "its volume claim templates are not known yet", property, unknown: true },
  );
}

function podVolumes(pod: Properties, path: string): Finding[] {
  const property = `${path}.volumes`;
  const volumes = readPath(pod, "volumes");
  if (volumes.state === "unknown") return [{ what: "its volumes are not known yet", property, unknown: true }];
  if (volumes.state === "absent" || !Array.isArray(volumes.value)) return [];
  return volumes.value.flatMap((volume): Finding[] => {
    if (!isObject(volume)) return [{ what: "one of its volumes is not known yet", property, unknown: true }];
    const kinds = Object.keys(volume).filter((kind) => !STATELESS_POD_VOLUMES.has(kind) && readPath(volume, kind).state !== "absent");
    return kinds.flatMap((kind) => podVolume(volume, kind, pod, property));
  });
}

/** As with a task, a path of the node that containers only read holds no state of theirs. */
function podVolume(volume: Properties, kind: string, pod: Properties, property: string): Finding[] {
  const name = nameOf(volume);
  if (readPath(volume, kind).state === "unknown") return [{ what: `${kind} of volume ${name} is not known yet`, property, unknown: true }];
  const writable = kind !== "hostPath" || mounts(pod, name).some((mount) => readPathValue(mount, "readOnly") !== true);
  return writable ? [{ what: `volume ${name} is a ${kind}`, property }] : [];
}

/** The mounts of a volume in all containers of a pod. */
function mounts(pod: Properties, volume: string): Json[] {
  const containers = ["containers", "initContainers"].flatMap((key) => pod[key] ?? []);
  const all = containers.flatMap((container) => (isObject(container) ? (container["volumeMounts"] ?? []) : []));
  return all.filter((mount) => readPathValue(mount, "name") === volume);
}

function readPathValue(value: Json | Properties, path: string): Json | undefined {
  const reading = readPath(value, path);
  return reading.state === "known" ? reading.value : undefined;
}
