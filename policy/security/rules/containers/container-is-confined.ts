import { z } from "zod";
import { type Container, containerName, containersOf, isRoot, TASK_DEFINITION } from "../../../lib/containers";
import { type Finding, judge } from "../../../lib/finding";
import { type PodContainer, podContainersOf, POD_TYPES, podSpecOf } from "../../../lib/pods";
import { hasReason, REASON_CONFIG } from "../../../lib/reason";
import { isObject, type Properties, read, readPath, type Reading, type Resource, text } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";

/**
 * Reads ECS task definitions and Kubernetes workloads. A task that names no user runs as the one of its image, which no stack tells, so that
 * alone is no fault; a pod can be told never to run as root, so one that is not told is.
 */
export const containerIsConfined = resourceRule({
  id: "container-is-confined",
  title: "No container is privileged, runs as root or writes to its root file system without a reason",
  severity: "high",
  why: "Whoever takes over such a container can change what it runs, or take over its host and every other container on it.",
  fix: "Set privileged to false, a user other than root (runAsNonRoot: true in a pod) and a read-only root file system with scratch volumes, or give the reason in the tag strata:because or the annotation strata.dev/because.",
  links: [
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-tasks-containers.html",
    "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
  ],
  frameworks: [
    { name: "FSBP", id: "ECS.4" },
    { name: "FSBP", id: "ECS.5" },
    { name: "Checkov", id: "CKV_AWS_334" },
    { name: "Checkov", id: "CKV_AWS_336" },
    { name: "Checkov", id: "CKV_K8S_16" },
    { name: "Checkov", id: "CKV_K8S_22" },
    { name: "Checkov", id: "CKV_K8S_23" },
  ],
  types: [TASK_DEFINITION, ...POD_TYPES],
  config: z.strictObject(REASON_CONFIG),
  check: (resource, names) => {
    const findings = resource.type === TASK_DEFINITION ? inTask(resource) : inPods(resource);
    const excuse = { given: hasReason(resource, names), what: "whether it gives a reason", property: "tags" };
    return [judge(resource, `${resource.name} is not confined`, findings, excuse)];
  },
});

function inTask(task: Resource): Finding[] {
  const property = "containerDefinitions";
  const containers = containersOf(task);
  if (containers.state === "known") {
    const windows = isWindowsTask(task);
    return containers.value.flatMap((container, index) => inContainer(container, index, windows));
  }
  if (containers.state === "unknown") return [{ what: "its containers are not known yet", property, unknown: true }];
  const why = containers.state === "absent" ? "it has no containerDefinitions" : `containerDefinitions can't be read: ${containers.why}`;
  return [{ what: why, property, unknown: true }];
}

function inContainer(container: Container, index: number, windows: boolean): Finding[] {
  return faults(`container ${containerName(container, index)}`, "containerDefinitions", {
    privileged: readPath(container, "privileged"),
    readOnly: windows ? READ_ONLY : readPath(container, "readonlyRootFilesystem"),
    root: isRoot(container) ? YES : NO,
  });
}

/** Windows containers have no read-only root file system. */
function isWindowsTask(task: Resource): boolean {
  return text(read(task, "runtimePlatform.operatingSystemFamily"))?.startsWith("WINDOWS") ?? false;
}

function inPods(resource: Resource): Finding[] {
  const containers = podContainersOf(resource);
  if (containers.state === "unknown") return [{ what: "its pods are not known yet", property: containers.property, unknown: true }];
  const { path, reading } = podSpecOf(resource);
  const pod = reading.state === "known" && isObject(reading.value) ? reading.value : {};
  return containers.value.flatMap((container) => inPodContainer(container, pod, path));
}

function inPodContainer({ name, spec, init }: PodContainer, pod: Properties, path: string): Finding[] {
  const own = (key: string): Reading => readPath(spec, `securityContext.${key}`);
  // What a container does not say, its pod says for it.
  const either = (key: string): Reading => (own(key).state === "absent" ? readPath(pod, `securityContext.${key}`) : own(key));
  const user = either("runAsUser");
  const nonRoot = either("runAsNonRoot");
  const isUserRoot = user.state === "known" && user.value === 0;
  return faults(`container ${name}`, `${path}.${init ? "initContainers" : "containers"}`, {
    privileged: own("privileged"),
    readOnly: text(readPath(pod, "os.name")) === "windows" ? READ_ONLY : own("readOnlyRootFilesystem"),
    root: isUserRoot ? YES : nonRoot.state === "unknown" ? nonRoot : nonRoot.state === "known" && nonRoot.value === true ? NO : YES,
  });
}

const YES: Reading = { state: "known", value: true };
const NO: Reading = { state: "known", value: false };
const READ_ONLY = YES;

/** What is wrong with a container. */
function faults(who: string, property: string, of: { privileged: Reading; readOnly: Reading; root: Reading }): Finding[] {
  const questions: readonly (readonly [Reading, boolean, string])[] = [
    [of.privileged, holds(of.privileged), "is privileged"],
    [of.readOnly, !holds(of.readOnly), "can write to its root file system"],
    [of.root, holds(of.root), "may run as root"],
  ];
  return questions.flatMap(([setting, wrong, what]): Finding[] => {
    if (setting.state === "unknown") return [{ what: `whether ${who} ${what} is not known yet`, property, unknown: true }];
    return wrong ? [{ what: `${who} ${what}`, property }] : [];
  });
}

function holds(reading: Reading): boolean {
  return reading.state === "known" && (reading.value === true || reading.value === "true");
}
