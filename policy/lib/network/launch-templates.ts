import type { Reference, StackGraph } from "../graph";
import { elements, read, type Reading, readPath, some, type StackResource, type Tri } from "../resource";
import { GROUP_TYPES } from "./groups";
import type { Subnet } from "./subnets";

export const LAUNCH_TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";

/** Where a resource that starts instances names its launch template. */
const TEMPLATE_PATHS = [
  "launchTemplate.id",
  "launchTemplate.name",
  "mixedInstancesPolicy.launchTemplate.launchTemplateSpecification.launchTemplateId",
  "mixedInstancesPolicy.launchTemplate.launchTemplateSpecification.launchTemplateName",
] as const;

/** The security groups that the launch template of a resource gives its instances. */
export function templateGroups(resource: StackResource, graph: StackGraph): Reference[] {
  const [template] = templatesOf(resource, graph).flatMap((found) => (found.kind === "resource" ? [found.resource] : []));
  if (template === undefined) return [];
  return ["vpcSecurityGroupIds[*]", "networkInterfaces[*].securityGroups[*]"].flatMap((path) =>
    graph.references(template, path, GROUP_TYPES),
  );
}

/** Whether the instances of a resource get a public address: as its launch template says, else as their subnets say. */
export function templateAddress(resource: StackResource, graph: StackGraph, subnets: readonly Subnet[]): Tri {
  const bySubnet = some(subnets.map(({ mapsPublicAddress }) => mapsPublicAddress));
  const references = templatesOf(resource, graph);
  if (references.length === 0) return bySubnet;
  return some(references.map((found) => (found.kind === "resource" ? interfaceAddress(found.resource, bySubnet) : undefined)));
}

/** Whether a launch template asks for a public address; undefined when it is not known, `bySubnet` when it does not say. */
export function interfaceAddress(template: StackResource, bySubnet: Tri): Tri {
  const interfaces = elements(read(template, "networkInterfaces"));
  if (interfaces.length === 0) return bySubnet;
  return some(
    interfaces.map((found) =>
      found.state === "known" ? assigned(readPath(found.value, "associatePublicIpAddress"), bySubnet) : undefined,
    ),
  );
}

/** What a setting for a public address says; `bySubnet` when it is absent. */
export function assigned(setting: Reading, bySubnet: Tri): Tri {
  if (setting.state === "unknown") return undefined;
  if (setting.state === "absent") return bySubnet;
  return setting.value === true || setting.value === "true";
}

function templatesOf(resource: StackResource, graph: StackGraph): Reference[] {
  return TEMPLATE_PATHS.flatMap((path) => graph.references(resource, path, [LAUNCH_TEMPLATE]));
}
