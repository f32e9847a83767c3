import { instanceDiskIsEncrypted as rule } from "../../../../../policy/security/rules/network/instance-disk-is-encrypted";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Inputs } from "../../../stack";

const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const INSTANCE = "aws:ec2/instance:Instance";

function instance(inputs: Inputs, type = INSTANCE): Given {
  return (stack) => stack.add(type, "workers", inputs);
}

function template(...blockDeviceMappings: Inputs[]): Given {
  return instance({ blockDeviceMappings }, TEMPLATE);
}

function withAccountDefault(settings: Inputs): Given {
  return (stack) => {
    stack.add("aws:ebs/encryptionByDefault:EncryptionByDefault", "account", settings);
    return stack.add(INSTANCE, "workers", {});
  };
}

export const cases: RuleCases = {
  rule,
  pass: {
    "when each disk is": instance({ rootBlockDevice: { encrypted: true }, ebsBlockDevices: [{ encrypted: true }] }),
    "when the flag is a text, as launch templates have it": template({ deviceName: "/dev/xvda", ebs: { encrypted: "true" } }),
    "with an instance store beside": template(
      { deviceName: "/dev/xvda", ebs: { encrypted: "true" } },
      { deviceName: "/dev/sdb", virtualName: "ephemeral0" },
    ),
    "when the account encrypts by default": withAccountDefault({}),
  },
  fail: {
    "when its root disk is not": { given: instance({ rootBlockDevice: { encrypted: false } }), says: /a disk of workers is in the clear/ },
    "when another disk is not": {
      given: instance({ rootBlockDevice: { encrypted: true }, ebsBlockDevices: [{ deviceName: "/dev/sdf" }] }),
      says: /\/dev\/sdf has no encrypted: true/,
    },
    "when the launch template says no": { given: template({ deviceName: "/dev/xvda", ebs: { encrypted: "false" } }), says: /\/dev\/xvda/ },
    "when the account does not encrypt by default": { given: withAccountDefault({ enabled: false }), says: /rootBlockDevice is not set/ },
  },
  absent: {
    "of the disk, which is as the image": { given: instance({}), says: /rootBlockDevice is not set/ },
    "of the disks of a launch template": { given: template(), says: /blockDeviceMappings is not set/ },
    "of the flag": { given: template({ deviceName: "/dev/xvda", ebs: { volumeSize: 30 } }), says: /has no encrypted: true/ },
    "with nothing to say about an instance whose launch template decides": {
      given: instance({ launchTemplate: { id: "lt-1" } }),
      says: "nothing",
    },
  },
  unknown: {
    "while a disk is not known": instance({ rootBlockDevice: UNKNOWN }),
    "while the flag is not known": template({ deviceName: "/dev/xvda", ebs: { encrypted: UNKNOWN } }),
    "when a disk comes from a snapshot and does not say": template({ deviceName: "/dev/xvda", ebs: { snapshotId: "snap-1" } }),
    "while it is not known whether the account encrypts": withAccountDefault({ enabled: UNKNOWN }),
  },
  mutations: {
    "the disks of instances are in the clear": (stack) =>
      stack.set(stack.one(TEMPLATE), ["blockDeviceMappings", 0, "ebs", "encrypted"], "false"),
    "a second disk does not say that it is encrypted": (stack) =>
      stack.set(stack.one(TEMPLATE), ["blockDeviceMappings", 1], { deviceName: "/dev/xvdb", ebs: { volumeSize: 50, volumeType: "gp3" } }),
  },
};
