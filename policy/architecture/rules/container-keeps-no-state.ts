import { z } from "zod";
import { TASK_DEFINITION } from "../../lib/containers";
import { isObject, type Json, type Properties, read, readAll, type Reading, readPath, type Resource, type Tri } from "../../lib/resource";
import { fail, notEvaluated, pass, resourceRule, type Verdict } from "../../lib/rule";

const CLAIM = "kubernetes:core/v1:PersistentVolumeClaim";
const STATEFUL_SET = "kubernetes:apps/v1:StatefulSet";

/** Where the pod of each kind stands. */
const PODS: Readonly<Record<string, string>> = {
  "kubernetes:core/v1:Pod": "spec",
  "kubernetes:core/v1:ReplicationController": "spec.template.spec",
  "kubernetes:apps/v1:Deployment": "spec.template.spec",
  "kubernetes:apps/v1:ReplicaSet": "spec.template.spec",
  "kubernetes:apps/v1:DaemonSet": "spec.template.spec",
  [STATEFUL_SET]: "spec.template.spec",
  "kubernetes:batch/v1:Job": "spec.template.spec",
  "kubernetes:batch/v1:CronJob": "spec.jobTemplate.spec.template.spec",
};

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
});

/** Reads ECS task definitions and Kubernetes workloads. A legacy workload is marked by a tag, label or annotation that is not `false`. */
export const containerKeepsNoState = resourceRule({
  id: "container-keeps-no-state",
  title: "No container keeps state, unless it is a marked legacy workload",
  severity: "high",
  why: "A service that keeps files of its own can't be killed, moved or scaled out; its state belongs in a store.",
  fix: "Move the state to a store the service declares as a need, or mark the workload as legacy with the tag strata:legacy or the label strata.dev/legacy.",
  links: ["https://12factor.net/processes"],
  frameworks: [],
  types: [TASK_DEFINITION, CLAIM, ...Object.keys(PODS)],
  config,
  check: (resource, { legacyTag, legacyLabel }) => {
    if (resource.type === TASK_DEFINITION)
      return [verdict(resource, taskVolumes(resource), readPath(resource.inputs, `tags["${legacyTag}"]`))];
    return [verdict(resource, kubernetesVolumes(resource), label(resource, legacyLabel))];
  },
});

/** One way of keeping state; `unknown` when it can't be told whether it is one. */
interface Finding {
  readonly what: string;
  readonly property: string;
  readonly unknown?: boolean;
}

function verdict(resource: Resource, findings: readonly Finding[], mark: Reading): Verdict {
  const certain = findings.filter(({ unknown }) => unknown !== true);
  const [first] = findings;
  if (first === undefined) return pass(resource.urn);
  const legacy = marked(mark);
  if (legacy === true) return pass(resource.urn);
  if (legacy === undefined) return notEvaluated(resource.urn, "whether it is marked as legacy is not known yet", "tags");
  const [found] = certain;
  if (found === undefined) return notEvaluated(resource.urn, first.what, first.property);
  return fail(resource.urn, `${resource.name} keeps state: ${certain.map(({ what }) => what).join("; ")}`, found.property);
}

function marked(mark: Reading): Tri {
  if (mark.state === "unknown") return undefined;
  return mark.state === "known" && String(mark.value) !== "false";
}

/** The mark of an object: a label or an annotation of its own or of its pods. */
function label(resource: Resource, name: string): Reading {
  const places = ["metadata", "spec.template.metadata", "spec.jobTemplate.spec.template.metadata"];
  const readings = places.flatMap((place) => ["labels", "annotations"].map((kind) => read(resource, `${place}.${kind}["${name}"]`)));
  // Only an object that exists as a whole can be unmarked: one unknown place may hold the mark.
  return readings.find(({ state }) => state === "known") ?? readings.find(({ state }) => state === "unknown") ?? { state: "absent" };
}

function taskVolumes(task: Resource): Finding[] {
  return readAll(task, "volumes[*]").flatMap((volume): Finding[] => {
    if (volume.state !== "known") return [{ what: "its volumes are not known yet", property: "volumes", unknown: true }];
    const name = nameOf(volume.value);
    return TASK_VOLUME_STATE.flatMap((kind): Finding[] => {
      const reading = readPath(volume.value, kind);
      if (reading.state === "unknown") return [{ what: `${kind} of volume ${name} is not known yet`, property: "volumes", unknown: true }];
      // What a provider fills in for a volume that has none of it is false or empty.
      const set = reading.state === "known" && reading.value !== false && reading.value !== "";
      return set ? [{ what: `volume ${name} has ${kind}`, property: "volumes" }] : [];
    });
  });
}

function kubernetesVolumes(resource: Resource): Finding[] {
  if (resource.type === CLAIM) return [{ what: "it is a PersistentVolumeClaim", property: "spec" }];
  const path = PODS[resource.type];
  if (path === undefined) return [];
  const findings = resource.type === STATEFUL_SET ? claims(resource) : [];
  const pod = read(resource, path);
  if (pod.state === "unknown") return [...findings, { what: "its pods are not known yet", property: path, unknown: true }];
  if (pod.state === "known" && isObject(pod.value)) findings.push(...podVolumes(pod.value, path));
  return findings;
}

function claims(set: Resource): Finding[] {
  const property = "spec.volumeClaimTemplates";
  return readAll(set, `${property}[*]`).map((claim) =>
    claim.state === "known"
      ? { what: `volume claim template ${nameOf(readPathValue(claim.value, "metadata"))}`, property }
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

/** A path of the node that containers only read, such as an agent's view of the host, holds no state of theirs. */
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

function nameOf(value: Json | Properties | undefined): string {
  const name = value === undefined ? undefined : readPathValue(value, "name");
  return typeof name === "string" ? name : "without a name";
}

function readPathValue(value: Json | Properties, path: string): Json | undefined {
  const reading = readPath(value, path);
  return reading.state === "known" ? reading.value : undefined;
}
