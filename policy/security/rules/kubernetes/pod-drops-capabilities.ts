import { z } from "zod";
import type { Finding } from "../../../lib/finding";
import { type ContainerView, judgePods, STANDARD } from "../../../lib/kubernetes/pod-security";
import { REASON_CONFIG } from "../../../lib/reason";
import { elements, some, text } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";

/** The only one that the restricted standard lets a container add: to listen on a port below 1024. */
const ADDABLE = "NET_BIND_SERVICE";

export const podDropsCapabilities = stackRule({
  id: "pod-drops-capabilities",
  title: "Every container drops all capabilities, and adds at most that of listening on low ports",
  severity: "medium",
  why: "The capabilities a container has by default let it forge packets, change owners of files and more; whoever takes it over has them too.",
  fix: "Set securityContext.capabilities.drop to [ALL] in every container, and add none but NET_BIND_SERVICE.",
  links: [STANDARD],
  frameworks: [
    { name: "Checkov", id: "CKV_K8S_28" },
    { name: "Checkov", id: "CKV_K8S_37" },
    { name: "Checkov", id: "CKV_K8S_39" },
  ],
  config: z.strictObject(REASON_CONFIG),
  check: (stack, names) =>
    judgePods(stack, "have more capabilities than they need", names, (pods) => pods.onLinux(() => pods.inContainers(inContainer))),
});

function inContainer(container: ContainerView): Finding[] {
  return [...unlessDropped(container), ...added(container)];
}

function unlessDropped({ name, property, at }: ContainerView): Finding[] {
  const dropped = some(
    elements(at("securityContext.capabilities.drop")).map((one) => (one.state === "unknown" ? undefined : text(one) === "ALL")),
  );
  if (dropped === undefined) return [{ what: `what container ${name} drops is not known yet`, property, unknown: true }];
  return dropped ? [] : [{ what: `container ${name} does not drop ALL`, property }];
}

function added({ name, property, at }: ContainerView): Finding[] {
  return elements(at("securityContext.capabilities.add")).flatMap((one): Finding[] => {
    if (one.state === "unknown") return [{ what: `what container ${name} adds is not known yet`, property, unknown: true }];
    const capability = text(one) ?? ADDABLE;
    return capability === ADDABLE ? [] : [{ what: `container ${name} adds ${capability}`, property }];
  });
}
