import { type Architecture, architectureOf } from "../../../../facts/ec2-types";
import { NODE_GROUP_DEFAULTS, WITHOUT_AL2 } from "../../../../facts/eks-addons";
import { notKnown } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { EKS_CLUSTER } from "../../../lib/network/eks";
import { LAUNCH_TEMPLATE } from "../../../lib/network/launch-templates";
import { elements, read, type Reading, type StackResource, text } from "../../../lib/resource";
import { stackRule, type Verdict } from "../../../lib/rule";

/** Looks at node groups whose image EKS chooses; one with an image of its own in a launch template is not known here. */
export const nodeGroupImageFitsItsInstances = stackRule({
  id: "node-group-image-fits-its-instances",
  title: "The image of a node group is for the processor of its instances and the version of its cluster",
  severity: "high",
  why: "EKS refuses arm64 instances with an x86 image, which is the default, and Amazon Linux 2 from Kubernetes 1.33 on, when the cluster has been waited for.",
  fix: "Set amiType to AL2023_ARM_64_STANDARD for Graviton instances or AL2023_x86_64_STANDARD for others, and instanceTypes to types of one processor.",
  links: [NODE_GROUP_DEFAULTS.source, WITHOUT_AL2.source],
  frameworks: [],
  check: (stack) => stack.ofType("aws:eks/nodeGroup:NodeGroup").flatMap((nodes) => verdicts(nodes, stack)),
});

function verdicts(nodes: StackResource, graph: StackGraph): Verdict[] {
  const image = read(nodes, "amiType");
  if (text(image) === "CUSTOM") return [];
  const template = graph
    .references(nodes, "launchTemplate.id", [LAUNCH_TEMPLATE])
    .concat(graph.references(nodes, "launchTemplate.name", [LAUNCH_TEMPLATE]))[0];
  if (template !== undefined && template.kind !== "resource") return [];
  if (template !== undefined && read(template.resource, "imageId").state !== "absent") return [];
  const fault = `EKS refuses the image of ${nodes.name}`;
  const types = instanceTypes(nodes, template?.resource);
  return [judge(nodes, fault, [...processorFindings(types, image), ...versionFindings(nodes, image, graph)])];
}

/** Those of the node group, else that of its launch template, else the default of EKS. */
function instanceTypes(nodes: StackResource, template: StackResource | undefined): readonly Reading[] {
  const own = elements(read(nodes, "instanceTypes"));
  if (own.length > 0) return own;
  const shared = template === undefined ? [] : elements(read(template, "instanceType"));
  return shared.length > 0 ? shared : [{ state: "known", value: NODE_GROUP_DEFAULTS.instanceType }];
}

function processorFindings(types: readonly Reading[], image: Reading): Finding[] {
  const property = "amiType";
  const known = types.flatMap((type) => text(type) ?? []);
  const processors = new Set(known.flatMap((type) => architectureOf(type) ?? []));
  if (processors.size > 1) return [{ what: `its instances ${known.join(", ")} are of two processors`, property: "instanceTypes" }];
  const wanted = image.state === "absent" ? NODE_GROUP_DEFAULTS.architecture : imageArchitecture(text(image));
  if (wanted !== undefined && processors.size === 1 && !processors.has(wanted))
    return [{ what: `${text(image) ?? "the default"} is for ${wanted}, and its instances are ${known.join(", ")}`, property }];
  if (image.state === "unknown") return [notKnown(property)];
  return types.some(({ state }) => state === "unknown") ? [notKnown("instanceTypes")] : [];
}

function imageArchitecture(image: string | undefined): Architecture | undefined {
  if (image === undefined) return undefined;
  if (image.includes("ARM_64")) return "arm64";
  return image.includes("x86_64") ? "x86_64" : undefined;
}

function versionFindings(nodes: StackResource, image: Reading, graph: StackGraph): Finding[] {
  const property = "amiType";
  if (text(image)?.startsWith("AL2_") !== true) return [];
  const cluster = graph.reference(nodes, "clusterName", [EKS_CLUSTER]);
  const own = read(nodes, "version");
  const version = own.state === "absent" && cluster?.kind === "resource" ? read(cluster.resource, "version") : own;
  if (version.state === "unknown" || cluster?.kind === "unknown") return [notKnown("version")];
  const minor = /^1\.(\d+)/.exec(text(version) ?? "")?.[1];
  if (minor === undefined || Number(minor) < WITHOUT_AL2.minor) return [];
  return [{ what: `there is no ${text(image) ?? ""} for Kubernetes ${text(version) ?? ""}`, property }];
}
