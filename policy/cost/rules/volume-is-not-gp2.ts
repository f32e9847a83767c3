import { ifAsked } from "../../lib/asked";
import { notKnown } from "../../lib/expect";
import { type Finding, judge } from "../../lib/finding";
import { STATEFUL_SET } from "../../lib/pods";
import { STORAGE_CLASS, VOLUME, VOLUME_CLAIM } from "../../lib/price/storage";
import { elements, read, type Reading, readFlag, readPath, type Resource, text } from "../../lib/resource";
import { resourceRule } from "../../lib/rule";
import { DB_INSTANCE, SEARCH_DOMAIN } from "../../lib/stores/store-rule";

/** Types that gp3 does better for less: gp2, and the magnetic disks before it. */
const OLD = ["gp2", "standard"];
const INSTANCE = "aws:ec2/instance:Instance";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const CONFIGURATION = "aws:ec2/launchConfiguration:LaunchConfiguration";

type Findings = (resource: Resource) => readonly Finding[];

/** What each type says about its volumes. Left out, EBS, RDS and OpenSearch take gp2. Source: the argument types of @pulumi/aws 7.48 (2026-11). */
const KINDS: Readonly<Record<string, Findings>> = {
  [VOLUME]: (volume) => oldType(read(volume, "type"), "type"),
  [DB_INSTANCE]: instanceStorage,
  [SEARCH_DOMAIN]: (domain) =>
    ifAsked(
      readFlag(domain, "ebsOptions.ebsEnabled", false),
      oldType(read(domain, "ebsOptions.volumeType"), "ebsOptions.volumeType"),
      notKnown("ebsOptions.ebsEnabled"),
    ),
  [TEMPLATE]: (template) => devices(template, "blockDeviceMappings", "ebs"),
  [INSTANCE]: (instance) => [...root(instance), ...devices(instance, "ebsBlockDevices")],
  [CONFIGURATION]: (configuration) => [...root(configuration), ...devices(configuration, "ebsBlockDevices")],
  [STORAGE_CLASS]: storageClass,
  // EKS makes a class of the name gp2 with every cluster.
  [VOLUME_CLAIM]: (claim) => oldClass(read(claim, "spec.storageClassName"), "spec.storageClassName"),
  [STATEFUL_SET]: (set) =>
    elements(read(set, "spec.volumeClaimTemplates")).flatMap((claim) =>
      oldClass(claim.state === "known" ? readPath(claim.value, "spec.storageClassName") : claim, "spec.volumeClaimTemplates"),
    ),
};

export const volumeIsNotGp2 = resourceRule({
  id: "volume-is-not-gp2",
  title: "No volume is of the type gp2 or older",
  severity: "low",
  why: "gp3 costs a fifth less a GB than gp2, and its speed does not depend on its size: with gp2 people pay for space to get IOPS.",
  fix: "Set the type of the volume (type, volumeType, storageType, or the class of a claim) to gp3; EBS and RDS change it while the volume is in use.",
  links: ["https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html"],
  frameworks: [],
  types: Object.keys(KINDS),
  check: (resource) => {
    const findings = KINDS[resource.type];
    return findings === undefined || isSilent(resource)
      ? []
      : [judge(resource, `${resource.name} has volumes of an old type`, findings(resource))];
  },
});

/** A replica and a restored instance have the type of what they come from unless they say another; not every set of pods has claims. */
function isSilent(resource: Resource): boolean {
  const absent = (path: string): boolean => read(resource, path).state === "absent";
  if (resource.type === DB_INSTANCE)
    return absent("storageType") && ["replicateSourceDb", "snapshotIdentifier", "restoreToPointInTime"].some((path) => !absent(path));
  if (resource.type === STATEFUL_SET) return absent("spec.volumeClaimTemplates");
  return resource.type === VOLUME_CLAIM && absent("spec.storageClassName");
}

function oldType(reading: Reading, property: string): Finding[] {
  if (reading.state === "unknown") return [notKnown(property)];
  if (reading.state === "absent") return [{ what: `it names no type, which is gp2, by ${property}`, property }];
  const type = text(reading) ?? "";
  return OLD.includes(type) ? [{ what: `${property} is ${type}`, property }] : [];
}

/** Without a type an instance that asks for IOPS has io1. */
function instanceStorage(instance: Resource): Finding[] {
  const property = "storageType";
  const type = read(instance, property);
  return type.state === "absent" && read(instance, "iops").state !== "absent" ? [] : oldType(type, property);
}

function root(instance: Resource): Finding[] {
  const property = "rootBlockDevice";
  const device = read(instance, property);
  if (device.state === "unknown") return [notKnown(property)];
  // Without one the image says what its root volume is.
  return device.state === "absent" ? [] : deviceType(device, property);
}

function devices(resource: Resource, property: string, inside = ""): Finding[] {
  return elements(read(resource, property)).flatMap((device) => {
    const ebs = device.state === "known" && inside !== "" ? readPath(device.value, inside) : device;
    return ebs.state === "absent" ? [] : deviceType(ebs, property);
  });
}

/** A device that names no type has that of its snapshot or image, or gp2. */
function deviceType(device: Reading, property: string): Finding[] {
  if (device.state !== "known") return [notKnown(property)];
  const type = readPath(device.value, "volumeType");
  if (type.state === "absent" && readPath(device.value, "volumeSize").state === "absent") return [];
  return oldType(type, `${property}.volumeType`);
}

/** The driver of the cluster takes gp3 for a class that names no type; the one that was built into Kubernetes took gp2. */
function storageClass(resource: Resource): Finding[] {
  const provisioner = read(resource, "provisioner");
  if (provisioner.state === "unknown") return [notKnown("provisioner")];
  const name = text(provisioner) ?? "";
  if (!/\bebs\b/.test(name)) return [];
  const type = read(resource, "parameters.type");
  return type.state === "absent" && name !== "kubernetes.io/aws-ebs" ? [] : oldType(type, "parameters.type");
}

function oldClass(reading: Reading, property: string): Finding[] {
  if (reading.state === "unknown") return [notKnown(property)];
  return text(reading) === "gp2" ? [{ what: `its storage class is gp2, by ${property}`, property }] : [];
}
