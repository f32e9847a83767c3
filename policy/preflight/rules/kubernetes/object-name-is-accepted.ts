import { KUBERNETES_NAMES, LABEL_KINDS } from "../../../../facts/kubernetes-names";
import { notKnown } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import { podContainersOf, POD_TYPES } from "../../../lib/pods";
import { elements, read, type Reading, readPath, type Resource, type StackResource, text } from "../../../lib/resource";
import { stackRule, type Verdict } from "../../../lib/rule";

const LABEL = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;
const PORT = /^(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/;
/** A hyphen and eight hexadecimal digits, as the provider puts them behind a name that it makes up. */
const MADE_UP = "-00000000";
/** No objects of the cluster, or changes of objects that are there. */
const OTHERS = /^kubernetes:(yaml|helm\.sh|kustomize)|(List|Patch)$/;

/** An object without a name is called as its resource, with something random behind. */
export const objectNameIsAccepted = stackRule({
  id: "object-name-is-accepted",
  title: "The names of Kubernetes objects, containers and ports are such as Kubernetes takes",
  severity: "high",
  why: "Kubernetes refuses capitals, underscores and names that are too long, when the cluster has been waited for.",
  fix: "Name the object with lower-case letters, digits and inner hyphens: 63 characters for a namespace or a service, 52 for a StatefulSet or a CronJob, 15 for a port.",
  links: [KUBERNETES_NAMES.source],
  frameworks: [],
  check: (stack) =>
    stack.resources.flatMap((object) => (object.type.startsWith("kubernetes:") && !OTHERS.test(object.type) ? verdicts(object) : [])),
});

function verdicts(object: StackResource): Verdict[] {
  const kind = object.type.slice(object.type.lastIndexOf(":") + 1);
  const findings = [...(KUBERNETES_NAMES.free.has(kind) ? [] : nameFindings(object, kind)), ...containerFindings(object)];
  return [judge(object, `Kubernetes refuses ${object.name}`, findings)];
}

function nameFindings(object: Resource, kind: string): Finding[] {
  const property = "metadata.name";
  const [reading, prefix] = [read(object, property), read(object, "metadata.generateName")];
  if (reading.state === "unknown" || (reading.state === "absent" && prefix.state === "unknown")) return [notKnown(property)];
  const name = text(reading) ?? `${text(prefix) ?? object.name}${MADE_UP}`;
  const longest = KUBERNETES_NAMES.byKind[kind] ?? KUBERNETES_NAMES.longest;
  const shown = reading.state === "known" ? `its name "${name}"` : `its name, which is made from "${text(prefix) ?? object.name}",`;
  if (!(LABEL_KINDS.kinds.has(kind) ? LABEL : SUBDOMAIN).test(name))
    return [{ what: `${shown} is not made of lower-case letters, digits and inner hyphens`, property }];
  return name.length > longest ? [{ what: `${shown} has ${name.length} characters, of at most ${longest}`, property }] : [];
}

function containerFindings(object: Resource): Finding[] {
  if (!POD_TYPES.includes(object.type)) return [];
  const containers = podContainersOf(object);
  if (containers.state === "unknown") return [notKnown(containers.property)];
  return containers.value.flatMap(({ name, spec }) => [
    ...partFindings(readPath(spec, "name"), "container", LABEL, KUBERNETES_NAMES.longestLabel),
    ...elements(readPath(spec, "ports")).flatMap((port) =>
      partFindings(port.state === "known" ? readPath(port.value, "name") : port, `port of ${name}`, PORT, KUBERNETES_NAMES.longestPort),
    ),
  ]);
}

function partFindings(reading: Reading, what: string, pattern: RegExp, longest: number): Finding[] {
  const property = "spec";
  if (reading.state === "unknown") return [{ what: `the name of a ${what} is not known yet`, property, unknown: true }];
  const name = text(reading);
  if (name === undefined || (pattern.test(name) && name.length <= longest)) return [];
  return [{ what: `the ${what} "${name}" is not up to ${longest} lower-case letters, digits and inner hyphens`, property }];
}
