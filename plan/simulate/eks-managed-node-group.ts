import { type Json, UNKNOWN } from "../graph";
import { type Expand, type Find, referencedUrn, type RegisteredChild } from "./expansion";
import { isRecord } from "./shapes";
import { Construction, derive, expanded, idOf, type Input, outputOf, referenceTo, Sourced } from "./sourced";

/** Arguments that only a user data script of its own can carry to the nodes. */
const USER_DATA_ARGUMENTS = ["bootstrapExtraArgs", "kubeletExtraArgs", "bottlerocketSettings", "nodeadmExtraOptions"];

/** Arguments for which the component makes a launch template. */
const TEMPLATE_ARGUMENTS = [...USER_DATA_ARGUMENTS, "enableIMDSv2", "userData", "amiId"];

/** Arguments that go to the node group as they are. */
const NODE_GROUP_ARGUMENTS = [
  "capacityType",
  "forceUpdateVersion",
  "instanceTypes",
  "labels",
  "nodeGroupName",
  "nodeGroupNamePrefix",
  "remoteAccess",
  "tags",
  "taints",
];

/** Nodes of a group that does not say. Source: nodejs/eks/nodes/nodegroup.ts of pulumi-eks 4.3. */
const DEFAULT_SCALING = { desiredSize: 2, minSize: 1, maxSize: 2 };

const TAINT_EFFECTS = ["NO_SCHEDULE", "NO_EXECUTE", "PREFER_NO_SCHEDULE"];

type OperatingSystem = "AL2" | "AL2023" | "Bottlerocket";

/** Amazon Machine Image types by operating system, GPU and architecture. Source: nodejs/eks/nodes/ami.ts of pulumi-eks 4.3; Windows is not there. */
const AMI_TYPES: readonly { type: string; os: OperatingSystem; gpu: boolean; architecture: "x86_64" | "arm64" }[] = [
  { type: "AL2_x86_64", os: "AL2", gpu: false, architecture: "x86_64" },
  { type: "AL2_x86_64_GPU", os: "AL2", gpu: true, architecture: "x86_64" },
  { type: "AL2_ARM_64", os: "AL2", gpu: false, architecture: "arm64" },
  { type: "AL2023_x86_64_STANDARD", os: "AL2023", gpu: false, architecture: "x86_64" },
  { type: "AL2023_ARM_64_STANDARD", os: "AL2023", gpu: false, architecture: "arm64" },
  { type: "AL2023_x86_64_NVIDIA", os: "AL2023", gpu: true, architecture: "x86_64" },
  { type: "BOTTLEROCKET_ARM_64", os: "Bottlerocket", gpu: false, architecture: "arm64" },
  { type: "BOTTLEROCKET_x86_64", os: "Bottlerocket", gpu: false, architecture: "x86_64" },
  { type: "BOTTLEROCKET_ARM_64_NVIDIA", os: "Bottlerocket", gpu: true, architecture: "arm64" },
  { type: "BOTTLEROCKET_x86_64_NVIDIA", os: "Bottlerocket", gpu: true, architecture: "x86_64" },
];

/**
 * The children of `eks.ManagedNodeGroup`: the node group, and a launch template where an argument needs one (`enableIMDSv2`, `kubeletExtraArgs`, `userData`, `amiId`).
 * The user data the component writes and the image AWS recommends stay unknown.
 * Throws RefusedByComponent for what the component refuses, NotModelled for EFA.
 * Source: test/recorded, and nodejs/eks/nodes/nodegroup.ts of pulumi-eks 4.3.
 */
export const expandManagedNodeGroup: Expand = (component, register, find) => {
  const construction = new Construction(component, register);
  checkArguments(construction);
  const { cluster, subnetIds } = clusterOf(construction, find);
  const ownUserData = [...USER_DATA_ARGUMENTS, "userData", "amiId"].some((key) => construction.has(key));
  const template = TEMPLATE_ARGUMENTS.some((key) => construction.has(key))
    ? registerTemplate(construction, cluster, ownUserData)
    : undefined;
  const version =
    construction.has("version") || construction.has("launchTemplate") ? construction.argument("version") : outputOf(cluster, "version");

  const nodeGroup = construction.child(
    "aws:eks/nodeGroup:NodeGroup",
    component.name,
    component,
    {
      ...Object.fromEntries(NODE_GROUP_ARGUMENTS.map((key) => [key, construction.argument(key)])),
      // An image of one's own has its own version; the template has the disk.
      ...(!ownUserData && { version, releaseVersion: construction.argument("releaseVersion"), amiType: amiType(construction) }),
      ...(!template && { diskSize: construction.argument("diskSize") }),
      clusterName: construction.has("clusterName") ? construction.argument("clusterName") : outputOf(cluster, "name"),
      nodeRoleArn: nodeRoleArn(construction, find),
      scalingConfig: scaling(construction),
      subnetIds: construction.has("subnetIds") ? construction.argument("subnetIds") : subnetIds,
      launchTemplate: template
        ? {
            id: idOf(template),
            version: derive([outputOf(template, "latestVersion")], ([latest]) => (latest === undefined ? undefined : String(latest))),
          }
        : construction.argument("launchTemplate"),
    },
    construction.flag("ignoreScalingChanges") ? { ignoreChanges: ["scalingConfig.desiredSize"] } : {},
  );
  return expanded({ nodeGroup: referenceTo(nodeGroup), placementGroupName: "" });
};

/** The cluster the nodes join, given as an `eks.Cluster` or as its `core`, and the subnets it has. */
function clusterOf(construction: Construction, find: Find): { cluster: RegisteredChild; subnetIds: Json | undefined } {
  const { value } = construction.argument("cluster");
  const component = referencedUrn(value);
  const core = component === undefined ? value : find(component)?.outputs["core"];
  const urn = isRecord(core) ? referencedUrn(core["cluster"]) : undefined;
  const cluster = urn === undefined ? undefined : find(urn);
  if (!isRecord(core) || !cluster) return construction.refuse("cluster is no cluster of this plan", "Give the eks.Cluster, or its core");
  return { cluster, subnetIds: core["subnetIds"] };
}

function checkArguments(construction: Construction): void {
  const given = (keys: readonly string[]): string[] => keys.filter((key) => construction.has(key));
  if (construction.has("nodeRole") && construction.has("nodeRoleArn"))
    construction.refuse("nodeRole and nodeRoleArn are both given", "Give one of the two");
  if (!construction.has("nodeRole") && !construction.has("nodeRoleArn"))
    construction.refuse("neither nodeRole nor nodeRoleArn is given", "Give the role the nodes have");
  if (construction.has("enableEfaSupport"))
    construction.notModelled("enableEfaSupport", "Make the placement group and the launch template with aws.ec2");
  const beside = given(["gpu", "amiType"]);
  if (construction.has("amiId") && beside.length > 0)
    construction.refuse(`amiId and ${beside.join(" and ")} are both given`, "Give one of them");
  const inTemplate = given(TEMPLATE_ARGUMENTS);
  if (construction.has("launchTemplate") && inTemplate.length > 0) {
    construction.refuse(`launchTemplate and ${inTemplate.join(", ")} are both given`, "Put them into the launch template");
  }
  const inUserData = given(USER_DATA_ARGUMENTS);
  if (construction.has("userData") && inUserData.length > 0) {
    construction.refuse(`userData and ${inUserData.join(", ")} are both given`, "Put them into userData");
  }
  for (const taint of construction.records("taints") ?? []) {
    const { effect } = taint;
    if (effect !== UNKNOWN && !TAINT_EFFECTS.includes(String(effect))) {
      construction.refuse(`a taint has the effect ${JSON.stringify(effect)}`, `Use one of ${TAINT_EFFECTS.join(", ")}`);
    }
  }
}

function nodeRoleArn(construction: Construction, find: Find): Sourced {
  if (construction.has("nodeRoleArn")) return construction.argument("nodeRoleArn");
  const { value, urns } = construction.argument("nodeRole");
  const urn = referencedUrn(value);
  if (urn === undefined) return new Sourced(UNKNOWN, urns);
  return new Sourced(find(urn)?.outputs["arn"] ?? UNKNOWN, [...new Set([...urns, urn])]);
}

function scaling(construction: Construction): Sourced {
  const { value, urns } = construction.argument("scalingConfig");
  if (value === UNKNOWN) return new Sourced(UNKNOWN, urns);
  const { desiredSize, minSize, maxSize } = { ...DEFAULT_SCALING, ...(isRecord(value) ? value : {}) };
  return new Sourced({ desiredSize, minSize, maxSize }, urns);
}

function registerTemplate(construction: Construction, cluster: RegisteredChild, ownUserData: boolean): RegisteredChild {
  const { component } = construction;
  const disk = construction.argument("diskSize");
  const imds = construction.flag("enableIMDSv2");
  const os = operatingSystem(construction);
  const template: Record<string, Input> = {
    blockDeviceMappings: disk.value
      ? [{ deviceName: os === "Bottlerocket" ? "/dev/xvdb" : "/dev/xvda", ebs: { volumeSize: disk } }]
      : undefined,
    metadataOptions:
      imds === undefined ? undefined : { httpTokens: imds ? "required" : "optional", httpPutResponseHopLimit: 2, httpEndpoint: "enabled" },
  };
  if (ownUserData) {
    const sources = ["userData", "labels", "taints", ...USER_DATA_ARGUMENTS].flatMap((key) => construction.argument(key).urns);
    const version = construction.has("version") ? construction.argument("version").urns : [cluster.urn];
    template["userData"] = new Sourced(UNKNOWN, [...new Set([cluster.urn, ...sources])]);
    template["imageId"] = construction.has("amiId") ? construction.argument("amiId") : new Sourced(UNKNOWN, version);
  }
  return construction.child("aws:ec2/launchTemplate:LaunchTemplate", `${component.name}-launchTemplate`, component, template);
}

/** The operating system of the nodes; the one of `amiType` where both are given and agree. */
function operatingSystem(construction: Construction): OperatingSystem {
  const asked = construction.text("operatingSystem");
  const type = construction.text("amiType");
  const known = AMI_TYPES.find((ami) => ami.type === type);
  if (type !== undefined && !known) {
    return construction.refuse(
      `amiType is "${type}", whose operating system is not known`,
      `Use one of ${AMI_TYPES.map((ami) => ami.type).join(", ")}`,
    );
  }
  if (known && asked !== undefined && asked !== known.os) {
    construction.refuse(`operatingSystem is ${asked} and amiType ${known.type} is ${known.os}`, "Leave out one of the two");
  }
  const os = known?.os ?? AMI_TYPES.find((ami) => ami.os === (asked ?? "AL2023"))?.os;
  return os ?? construction.refuse(`operatingSystem is "${String(asked)}"`, "Use AL2023, AL2 or Bottlerocket");
}

/** The image type: as given, or the one that runs the operating system on the instance types. Left to EKS when the program names neither. */
function amiType(construction: Construction): Input {
  if (construction.has("amiType") || !construction.has("operatingSystem")) return construction.argument("amiType");
  const os = operatingSystem(construction);
  const gpu = construction.flag("gpu") ?? false;
  const types = construction.argument("instanceTypes");
  return derive([types], ([list]) => {
    const arm = (Array.isArray(list) ? list : []).map((type) => isGraviton(construction, String(type)));
    if (arm.includes(true) && arm.includes(false)) {
      construction.refuse("instanceTypes mix x86_64 and arm64", "Use instance types of one architecture in a node group");
    }
    const architecture = arm.includes(true) ? "arm64" : "x86_64";
    const ami = AMI_TYPES.find((each) => each.os === os && each.gpu === gpu && each.architecture === architecture);
    return (
      ami?.type ??
      construction.refuse(
        `there is no ${os} image for ${architecture}${gpu ? " with a GPU" : ""}`,
        "Use another operatingSystem or instanceTypes",
      )
    );
  });
}

/** True for an instance type with a Graviton processor: a "g" right after the generation, as in m7g or c7gn. */
function isGraviton(construction: Construction, type: string): boolean {
  const match = /[0-9]([a-z])?[a-z-]*\.[a-zA-Z0-9-]+$/.exec(type);
  return match ? match[1] === "g" : construction.refuse(`instanceTypes has "${type}"`, 'Write it as AWS does, for example "m7g.large"');
}
