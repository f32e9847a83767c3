import { type Finding, judge } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { hasTemplate, INSTANCE_TYPES } from "../../../lib/network/instances";
import { assigned, LAUNCH_TEMPLATE } from "../../../lib/network/launch-templates";
import { elements, read, readFlag, type Reading, readPath, some, type StackResource, text, type Tri } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";

/** The setting of an account by which every new volume is encrypted. */
const BY_DEFAULT = "aws:ebs/encryptionByDefault:EncryptionByDefault";

/**
 * Volumes that are resources of their own are stores, which `store-is-encrypted` judges. A disk that nothing is said about is as its image:
 * those that AWS offers are not encrypted.
 */
export const instanceDiskIsEncrypted = stackRule({
  id: "instance-disk-is-encrypted",
  title: "Every disk of an instance is encrypted",
  severity: "high",
  why: "A disk keeps images, logs, swapped memory and scratch files; its snapshot, or an image made of it, is read by whoever it is shared with.",
  fix: "Set encrypted on rootBlockDevice and ebsBlockDevices of the instance, or on ebs of each block device of the launch template; or make an ebs.EncryptionByDefault.",
  links: ["https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html"],
  frameworks: [
    { name: "FSBP", id: "EC2.181" },
    { name: "Checkov", id: "CKV_AWS_8" },
    { name: "AwsSolutions", id: "EC26" },
  ],
  check: (stack) => {
    const byDefault = encryptsByDefault(stack);
    return stack.ofType(...INSTANCE_TYPES).flatMap((instance) => {
      if (hasTemplate(instance) && disksOf(instance).length === 0) return [];
      return [judge(instance, `a disk of ${instance.name} is in the clear`, byDefault === true ? [] : findings(instance, byDefault))];
    });
  },
});

function encryptsByDefault(stack: StackGraph): Tri {
  return some(stack.ofType(BY_DEFAULT).map((setting) => readFlag(setting, "enabled", true)));
}

/** A disk with the property it stands at. */
interface Disk {
  readonly reading: Reading;
  readonly property: string;
}

function disksOf(instance: StackResource): Disk[] {
  const at = (property: string): Disk[] => elements(read(instance, property)).map((reading) => ({ reading, property }));
  if (instance.type === LAUNCH_TEMPLATE) return at("blockDeviceMappings");
  return [...at("rootBlockDevice"), ...at("ebsBlockDevices")];
}

function findings(instance: StackResource, byDefault: Tri): Finding[] {
  const disks = disksOf(instance);
  const root = instance.type === LAUNCH_TEMPLATE ? "blockDeviceMappings" : "rootBlockDevice";
  const unsaid = disks.every(({ property }) => property !== root);
  const missing = unsaid ? fault(`${root} is not set, so its root disk is as the image`, root, byDefault) : [];
  return [...missing, ...disks.flatMap((disk) => diskFindings(disk, instance.type === LAUNCH_TEMPLATE, byDefault))];
}

function diskFindings({ reading, property }: Disk, template: boolean, byDefault: Tri): Finding[] {
  if (reading.state !== "known") return [{ what: `${property} is not known yet`, property, unknown: true }];
  // An instance store, or no device at all.
  if (["virtualName", "noDevice"].some((key) => readPath(reading.value, key).state !== "absent")) return [];
  const disk = template ? readPath(reading.value, "ebs") : reading;
  const name = text(readPath(reading.value, "deviceName")) ?? "its root disk";
  const encrypted = disk.state === "known" ? readPath(disk.value, "encrypted") : disk;
  if (encrypted.state === "absent" && disk.state === "known" && readPath(disk.value, "snapshotId").state !== "absent")
    return [{ what: `${name} is encrypted as its snapshot, which the stack does not show`, property, unknown: true }];
  const on = assigned(encrypted, false);
  if (on === undefined) return [{ what: `whether ${name} is encrypted is not known yet`, property, unknown: true }];
  return on ? [] : fault(`${name} has no encrypted: true`, property, byDefault);
}

function fault(what: string, property: string, byDefault: Tri): Finding[] {
  if (byDefault === undefined) return [{ what: "whether the account encrypts by default is not known yet", property, unknown: true }];
  return [{ what, property }];
}
