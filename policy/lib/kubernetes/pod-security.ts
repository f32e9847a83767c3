import { type Excuse, type Finding, judge } from "../finding";
import type { StackGraph } from "../graph";
import { isObject } from "../json";
import { nameOf, podSpecOf, POD_TYPES } from "../pods";
import { hasReason, type ReasonNames } from "../reason";
import { every, type Properties, read, readAll, type Reading, readPath, type StackResource, text, type Tri } from "../resource";
import type { Verdict } from "../rule";
import { namespaceOf } from "./namespaces";

/** The label by which a namespace says what Pod Security refuses in it. */
export const ENFORCE = `metadata.labels["pod-security.kubernetes.io/enforce"]`;

/** The standard the rules here hold pods to, part by part. */
export const STANDARD = "https://kubernetes.io/docs/concepts/security/pod-security-standards/";

/** One container of some pods, with the property it stands in. */
export interface ContainerView {
  readonly name: string;
  readonly property: string;
  /** Reads a property of the container. */
  readonly at: (path: string) => Reading;
}

/** The pods that one resource makes. */
export class PodView {
  /** The property their specification stands at. */
  readonly path: string;

  constructor(readonly resource: StackResource) {
    this.path = podSpecOf(resource).path;
  }

  /** Reads a property of the pods. */
  at(path: string): Reading {
    return read(this.resource, `${this.path}.${path}`);
  }

  /** What is found in pods of Linux: parts of the standard are not about those of Windows. What may be Windows is left open. */
  onLinux(find: () => readonly Finding[]): Finding[] {
    const system = this.at("os.name");
    if (text(system) === "windows") return [];
    const open = system.state === "unknown";
    return find().map((finding) =>
      open ? { what: `${finding.what}, unless it runs on Windows`, property: `${this.path}.os.name`, unknown: true } : finding,
    );
  }

  /** What is found in the containers, init containers too; those that are not known are one unknown finding. */
  inContainers(find: (container: ContainerView) => readonly Finding[]): Finding[] {
    return ["containers", "initContainers"].flatMap((list) => {
      const property = `${this.path}.${list}`;
      return readAll(this.resource, `${property}[*]`).flatMap((reading) => {
        if (reading.state !== "known" || !isObject(reading.value))
          return [{ what: `${property} is not known yet`, property, unknown: true }];
        return find(view(reading.value, property));
      });
    });
  }

  /** A setting of the security context of a container: what it does not say, its pod says for it. */
  security(container: ContainerView, path: string): Reading {
    const own = container.at(`securityContext.${path}`);
    return own.state === "absent" ? this.at(`securityContext.${path}`) : own;
  }
}

/** What is found where a yes or no of a container is not as it must be; `byDefault` is what Kubernetes takes where it is left out. */
export function unlessContainer(container: ContainerView, path: string, wanted: boolean, byDefault: boolean, what: string): Finding[] {
  const reading = container.at(path);
  const { name, property } = container;
  if (reading.state === "unknown") return [{ what: `${path} of container ${name} is not known yet`, property, unknown: true }];
  const value = reading.state === "absent" ? byDefault : reading.value === true || reading.value === "true";
  return value === wanted ? [] : [{ what: `container ${name} ${what}`, property }];
}

/**
 * The verdicts of a rule of the standard on everything that makes pods. Excused is what gives a reason and stands in a namespace that is
 * at `privileged`: an agent that looks after its node. Neither of the two alone is enough.
 */
export function judgePods(stack: StackGraph, fault: string, names: ReasonNames, find: (pods: PodView) => readonly Finding[]): Verdict[] {
  return stack.ofType(...POD_TYPES).map((resource) => {
    const findings = find(new PodView(resource));
    return judge(
      resource,
      `pods of ${resource.name} ${fault}`,
      findings,
      findings.length > 0 ? agentExcuse(resource, stack, names) : undefined,
    );
  });
}

function agentExcuse(resource: StackResource, stack: StackGraph, names: ReasonNames): Excuse {
  return {
    given: every([hasReason(resource, names), isPrivileged(resource, stack)]),
    what: "whether it gives a reason and its namespace is at privileged",
    property: "metadata",
  };
}

/** Whether the namespace of an object says that anything goes in it; not known of one outside the stack. */
function isPrivileged(object: StackResource, stack: StackGraph): Tri {
  const namespace = namespaceOf(object, stack);
  if (namespace.kind !== "resource") return undefined;
  const level = read(namespace.resource, ENFORCE);
  return level.state === "unknown" ? undefined : level.state === "known" && level.value === "privileged";
}

function view(container: Properties, property: string): ContainerView {
  return { name: nameOf(container), property, at: (path) => readPath(container, path) };
}
