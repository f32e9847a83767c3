import { HOURS_PER_MONTH } from "../../../facts/prices/month";
import type { StackGraph } from "../graph";
import { LAUNCH_TEMPLATE } from "../network/launch-templates";
import { read, type StackResource, text } from "../resource";
import {
  type Amount,
  amount,
  type Charge,
  combined,
  hourly,
  monthly,
  prefixed,
  type Pricer,
  unpriced,
  usage,
  type Word,
  word,
} from "./charge";
import { deviceCharges } from "./storage";

export const INSTANCE = "aws:ec2/instance:Instance";
export const SCALING_GROUP = "aws:autoscaling/group:Group";
export const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";
export const LAMBDA = "aws:lambda/function:Function";
const LAUNCH_CONFIGURATION = "aws:ec2/launchConfiguration:LaunchConfiguration";
const PROVISIONED_CONCURRENCY = "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig";

const ONE: Amount = { value: 1, property: "instanceType" };
const MIB_PER_GIB = 1_024;
const SECONDS_PER_HOUR = 3_600;
const SPOT = "the price of Spot changes by the hour";
/** Source: `instanceTypes` of aws.eks.NodeGroup (2026-11). */
const DEFAULT_NODE_TYPE = "t3.medium";
/** MiB of a function that names none. Source: `memorySize` of aws.lambda.Function (2026-11). */
const DEFAULT_LAMBDA_MIB = 128;

/** Instances of one type, on demand. Licences, dedicated hosts and credits of unlimited bursting are not counted. */
function instances(type: Word, count: Amount | number): Charge[] {
  return hourly(`hours of ${type.value ?? "instances"}`, prefixed("ec2.", type), count);
}

function instance(resource: StackResource, graph: StackGraph): Charge[] {
  const template = graph.reference(resource, "launchTemplate.id", [LAUNCH_TEMPLATE]);
  const own = word(resource, "instanceType");
  const type = own.value === undefined && template?.kind === "resource" ? word(template.resource, "instanceType") : own;
  const spot = read(resource, "instanceMarketOptions").state !== "absent";
  const root = read(resource, "rootBlockDevice").state === "known";
  return [
    ...(spot ? [unpriced("instance hours", SPOT)] : instances(type, 1)),
    ...(root
      ? deviceCharges({ ...resource, inputs: { list: [resource.inputs["rootBlockDevice"] ?? null] } }, "list", "", ONE)
      : [unpriced("its root volume", "it is as large as its image")]),
    ...deviceCharges(resource, "ebsBlockDevices", "", ONE),
  ];
}

/** The template of a group, wherever it names it. */
function templateOf(group: StackResource, graph: StackGraph): StackResource | undefined {
  const paths = [
    "launchTemplate.id",
    "launchTemplate.name",
    "mixedInstancesPolicy.launchTemplate.launchTemplateSpecification.launchTemplateId",
  ];
  for (const path of paths) {
    const found = graph.reference(group, path, [LAUNCH_TEMPLATE]);
    if (found?.kind === "resource") return found.resource;
  }
  const configuration = graph.reference(group, "launchConfiguration", [LAUNCH_CONFIGURATION]);
  return configuration?.kind === "resource" ? configuration.resource : undefined;
}

/** The type a group prefers: the first of its overrides, else that of its template. */
function groupType(group: StackResource, template: StackResource | undefined): Word {
  const overrides = "mixedInstancesPolicy.launchTemplate.overrides";
  const first = word(group, `${overrides}[0].instanceType`);
  if (read(group, `${overrides}[0].instanceType`).state !== "absent") return first;
  return template === undefined ? { value: undefined, property: "launchTemplate" } : word(template, "instanceType");
}

/** The part of a group that is on demand. */
function onDemand(group: StackResource, count: Amount): Amount {
  const distribution = "mixedInstancesPolicy.instancesDistribution";
  const base = amount(group, `${distribution}.onDemandBaseCapacity`, 0);
  const percent = amount(group, `${distribution}.onDemandPercentageAboveBaseCapacity`, 100);
  return combined([count, base, percent], (all, fixed, above) => Math.min(all, fixed) + (Math.max(0, all - fixed) * above) / 100);
}

function scalingGroup(group: StackResource, graph: StackGraph): Charge[] {
  const desired = read(group, "desiredCapacity").state === "absent" ? amount(group, "minSize", 0) : amount(group, "desiredCapacity");
  const template = templateOf(group, graph);
  const steady = onDemand(group, desired);
  const partly = desired.value !== undefined && steady.value !== undefined && steady.value < desired.value;
  return [
    ...(desired.value === 0 ? [] : instances(groupType(group, template), steady)),
    ...(partly ? [unpriced("Spot instances", SPOT)] : []),
    ...(template === undefined || desired.value === 0 ? [] : deviceCharges(template, "blockDeviceMappings", "ebs", desired)),
    usage("instances that are started for more load"),
  ];
}

function nodeGroup(nodes: StackResource, graph: StackGraph): Charge[] {
  const desired = amount(nodes, "scalingConfig.desiredSize");
  const template = templateOf(nodes, graph);
  const byTemplate = template !== undefined && read(template, "instanceType").state !== "absent";
  const type = byTemplate ? word(template, "instanceType") : word(nodes, "instanceTypes[0]", DEFAULT_NODE_TYPE);
  const spot = text(read(nodes, "capacityType")) === "SPOT";
  return [
    ...(spot ? [unpriced("Spot instances", SPOT)] : instances(type, desired)),
    ...(template === undefined
      ? [unpriced("root volumes", "the type of volume that EKS takes is not among the facts")]
      : deviceCharges(template, "blockDeviceMappings", "ebs", desired)),
  ];
}

/** Memory that is kept warm, whether it is called or not. */
function provisionedConcurrency(config: StackResource, graph: StackGraph): Charge[] {
  const what = "provisioned concurrency";
  const found = graph.reference(config, "functionName", [LAMBDA]);
  if (found?.kind !== "resource") return [{ kind: "unknown", what, property: "functionName" }];
  const memory = amount(found.resource, "memorySize", DEFAULT_LAMBDA_MIB);
  const architecture = word(found.resource, "architectures[0]", "x86_64");
  const gbSeconds = combined(
    [amount(config, "provisionedConcurrentExecutions"), memory],
    (count, mib) => (count * mib * HOURS_PER_MONTH * SECONDS_PER_HOUR) / MIB_PER_GIB,
  );
  return monthly(what, prefixed("lambda.provisioned.gb-second.", architecture), gbSeconds);
}

/** Instances and functions. */
export const COMPUTE_PRICERS: readonly Pricer[] = [
  { types: [INSTANCE], charges: instance },
  { types: [SCALING_GROUP], charges: scalingGroup },
  { types: [NODE_GROUP], charges: nodeGroup },
  { types: [LAMBDA], charges: () => [usage("requests and the time they take")] },
  { types: [PROVISIONED_CONCURRENCY], charges: provisionedConcurrency },
];
