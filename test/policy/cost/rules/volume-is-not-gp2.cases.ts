import { volumeIsNotGp2 as rule } from "../../../../policy/cost/rules/volume-is-not-gp2";
import { UNKNOWN } from "../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../cases";
import { type Inputs } from "../../stack";

const VOLUME = "aws:ebs/volume:Volume";
const DATABASE = "aws:rds/instance:Instance";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const CLASS = "kubernetes:storage.k8s.io/v1:StorageClass";
const SET = "kubernetes:apps/v1:StatefulSet";

function of(type: string, inputs: Inputs): Given {
  return (stack) => stack.add(type, "disk", inputs);
}

const device = (ebs: Inputs): Inputs => ({ blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs }] });
const claims = (storageClassName: string): Inputs => ({ spec: { volumeClaimTemplates: [{ spec: { storageClassName } }] } });

export const cases: RuleCases = {
  rule,
  pass: {
    "with a gp3 volume": of(VOLUME, { type: "gp3" }),
    "with a database on gp3": of(DATABASE, { storageType: "gp3" }),
    "with a database that asks for IOPS, which is io1": of(DATABASE, { iops: 1000 }),
    "with a template whose volumes are gp3": of(TEMPLATE, device({ volumeSize: 30, volumeType: "gp3" })),
    "with a template that leaves its volumes to the image": of(TEMPLATE, device({ encrypted: true })),
    "with a class of the driver, which takes gp3": of(CLASS, { provisioner: "ebs.csi.aws.com" }),
    "with a class of another driver": of(CLASS, { provisioner: "efs.csi.aws.com", parameters: { type: "gp2" } }),
    "with claims of another class": of(SET, claims("gp3")),
    "with a search domain without volumes": of("aws:opensearch/domain:Domain", { ebsOptions: { ebsEnabled: false } }),
  },
  fail: {
    "with a gp2 volume": { given: of(VOLUME, { type: "gp2" }), says: /disk has volumes of an old type: type is gp2/ },
    "with a database on magnetic disks": { given: of(DATABASE, { storageType: "standard" }), says: /storageType is standard/ },
    "with one gp2 volume in a template": {
      given: of(TEMPLATE, { blockDeviceMappings: [{ ebs: { volumeType: "gp3" } }, { ebs: { volumeType: "gp2" } }] }),
      says: /blockDeviceMappings.volumeType is gp2/,
    },
    "with a class that makes gp2": {
      given: of(CLASS, { provisioner: "ebs.csi.aws.com", parameters: { type: "gp2" } }),
      says: /parameters.type is gp2/,
    },
    "with claims of the class that EKS makes": { given: of(SET, claims("gp2")), says: /its storage class is gp2/ },
    "with a root volume of gp2": {
      given: of("aws:ec2/instance:Instance", { rootBlockDevice: { volumeType: "gp2" } }),
      says: /rootBlockDevice.volumeType is gp2/,
    },
  },
  absent: {
    "with a volume without a type, which is gp2": { given: of(VOLUME, { size: 10 }), says: /names no type, which is gp2/ },
    "with a database without a type, which is gp2": { given: of(DATABASE, { allocatedStorage: 20 }), says: /gp2/ },
    "with a sized device without a type, which is gp2": { given: of(TEMPLATE, device({ volumeSize: 30 })), says: /gp2/ },
    "with a class of the old provisioner, which makes gp2": { given: of(CLASS, { provisioner: "kubernetes.io/aws-ebs" }), says: /gp2/ },
    "with a replica, which has the type of its source": { given: of(DATABASE, { replicateSourceDb: "orders" }), says: "nothing" },
    "with pods without claims": { given: of(SET, { spec: { replicas: 1 } }), says: "nothing" },
    "with an instance without devices": { given: of("aws:ec2/instance:Instance", {}), says: "pass" },
  },
  unknown: {
    "while the type is not known": of(VOLUME, { type: UNKNOWN }),
    "while the devices are not known": of(TEMPLATE, { blockDeviceMappings: UNKNOWN }),
    "while it is not known whether a search domain has volumes": of("aws:opensearch/domain:Domain", {
      ebsOptions: { ebsEnabled: UNKNOWN },
    }),
    "while the claims of pods are not known": of(SET, { spec: { volumeClaimTemplates: [UNKNOWN] } }),
    "while the pods are not known": of(SET, { spec: UNKNOWN }),
    "while the provisioner is not known": of(CLASS, { provisioner: UNKNOWN }),
  },
  mutations: {
    "the storage class of the cluster makes gp2": (stack) => stack.set(stack.one(CLASS), ["parameters", "type"], "gp2"),
    "the disks of the hosts are gp2": (stack) => stack.set(stack.one(TEMPLATE), ["blockDeviceMappings", 0, "ebs", "volumeType"], "gp2"),
  },
};
