import type { StackGraph } from "../graph";
import { elements, isObject, read, type Reading, readPath, type Resource, type StackResource, text } from "../resource";
import { STATEFUL_SET } from "../pods";
import { podsOf } from "../copies";
import { gibOf } from "./quantity";
import { type Amount, amount, type Charge, combined, monthly, prefixed, type Pricer, type Word, word } from "./charge";

export const VOLUME = "aws:ebs/volume:Volume";
export const STORAGE_CLASS = "kubernetes:storage.k8s.io/v1:StorageClass";
export const VOLUME_CLAIM = "kubernetes:core/v1:PersistentVolumeClaim";

/** What a gp3 volume has without paying more. Source: Amazon EBS user guide, "General Purpose SSD volumes" (2026-11). */
const GP3_IOPS = 3_000;
const GP3_MIBPS = 125;
/** Type of a volume that names none. Source: `type` of aws.ebs.Volume, `volumeType` of a block device (2026-11). */
export const DEFAULT_VOLUME_TYPE = "gp2";

/** What is charged for volumes of one size, so many copies of them. */
export function volumeCharges(type: Word, gib: Amount, iops: Amount, throughput: Amount, copies: Amount): Charge[] {
  const each = (size: Amount): Amount => combined([size, copies], (units, count) => units * count);
  const provisioned = type.value === "io1" || type.value === "io2";
  return [
    ...monthly(`${type.value ?? "EBS"} storage`, prefixed("ebs.", type), each(gib)),
    ...(type.value === "gp3"
      ? [
          ...monthly("IOPS", "ebs.gp3.iops", each(combined([iops], (value) => value - GP3_IOPS))),
          ...monthly("throughput", "ebs.gp3.throughput", each(combined([throughput], (value) => value - GP3_MIBPS))),
        ]
      : []),
    ...(provisioned ? monthly("IOPS", prefixed("ebs.", { ...type, value: `${type.value}.iops` }), each(iops)) : []),
  ];
}

/** The volumes of a block device mapping, such as `ebsBlockDevices` or `rootBlockDevice`, as far as their sizes are given. */
export function deviceCharges(resource: Resource, property: string, inside: string, copies: Amount): Charge[] {
  return elements(read(resource, property)).flatMap((device): Charge[] => {
    if (device.state !== "known") return [{ kind: "unknown", what: "volumes", property }];
    const ebs = inside === "" ? device : readPath(device.value, inside);
    if (ebs.state === "absent") return [];
    if (ebs.state === "unknown") return [{ kind: "unknown", what: "volumes", property }];
    const inputs = isObject(ebs.value) ? ebs.value : {};
    const at = { urn: "", type: "", name: "", inputs };
    if (read(at, "volumeSize").state === "absent") return [{ kind: "unknown", what: "a volume as large as its image", property }];
    return volumeCharges(
      word(at, "volumeType", DEFAULT_VOLUME_TYPE),
      amount(at, "volumeSize"),
      amount(at, "iops", GP3_IOPS),
      amount(at, "throughput", GP3_MIBPS),
      copies,
    );
  });
}

/** A claim asks for a size and, by the name of its class, for a type. */
function claimCharges(claim: Reading, property: string, copies: Amount, graph: StackGraph): Charge[] {
  const what = "storage of a claim";
  if (claim.state !== "known") return [{ kind: "unknown", what, property }];
  const size = text(readPath(claim.value, "spec.resources.requests.storage"));
  const name = text(readPath(claim.value, "spec.storageClassName"));
  const type = name === undefined ? undefined : classType(name, graph);
  const gib = { value: size === undefined ? undefined : gibOf(size), property };
  return volumeCharges(
    { value: type, property: `${property}.spec.storageClassName` },
    gib,
    { value: GP3_IOPS, property },
    { value: GP3_MIBPS, property },
    copies,
  );
}

/** The volume type of a storage class of the stack; undefined for a class from elsewhere. */
function classType(name: string, graph: StackGraph): string | undefined {
  const found = graph.ofType(STORAGE_CLASS).find((resource) => text(read(resource, "metadata.name")) === name);
  if (found === undefined || !/\bebs\b/.test(text(read(found, "provisioner")) ?? "")) return undefined;
  return word(found, "parameters.type", "gp3").value;
}

/** Volumes that stand by themselves or for pods. */
export const STORAGE_PRICERS: readonly Pricer[] = [
  {
    types: [VOLUME],
    charges: (volume) =>
      volumeCharges(
        word(volume, "type", DEFAULT_VOLUME_TYPE),
        amount(volume, "size"),
        amount(volume, "iops", GP3_IOPS),
        amount(volume, "throughput", GP3_MIBPS),
        { value: 1, property: "size" },
      ),
  },
  {
    types: [VOLUME_CLAIM],
    charges: (claim, graph) => claimCharges({ state: "known", value: { ...claim.inputs } }, "spec", { value: 1, property: "spec" }, graph),
  },
  {
    types: [STATEFUL_SET],
    charges: (set: StackResource, graph) => {
      const { fewest, property } = podsOf(set, graph);
      const claims = "spec.volumeClaimTemplates";
      return elements(read(set, claims)).flatMap((claim) => claimCharges(claim, claims, { value: fewest, property }, graph));
    },
  },
];
