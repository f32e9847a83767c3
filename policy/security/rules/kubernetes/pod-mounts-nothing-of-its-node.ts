import { z } from "zod";
import type { Finding } from "../../../lib/finding";
import { judgePods, type PodView, STANDARD } from "../../../lib/kubernetes/pod-security";
import { nameOf } from "../../../lib/pods";
import { REASON_CONFIG } from "../../../lib/reason";
import { isObject, isUnknown, type Json, readAll } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";

/** The kinds of volumes that the restricted standard lets pods have, and `name`. Source: Pod Security Standards, "Volume Types" (2026-11). */
const ALLOWED = new Set([
  "name",
  "configMap",
  "csi",
  "downwardAPI",
  "emptyDir",
  "ephemeral",
  "persistentVolumeClaim",
  "projected",
  "secret",
  // A file system out of an image, read-only: Pod Security admits it since it is stable.
  "image",
]);

export const podMountsNothingOfItsNode = stackRule({
  id: "pod-mounts-nothing-of-its-node",
  title: "No pod mounts a path of its node, or another volume that the restricted standard refuses",
  severity: "high",
  why: "By a path of its node a pod reads the secrets of others and writes what the node runs; an in-tree volume carries credentials for a store that nobody else controls.",
  fix: "Use emptyDir, a persistentVolumeClaim, configMap, secret or projected; an agent of the node stands in a namespace at privileged and gives its reason in strata.dev/because.",
  links: [STANDARD, "https://kubernetes.io/docs/concepts/storage/volumes/#hostpath"],
  frameworks: [{ name: "Checkov", id: "CKV_K8S_27" }],
  config: z.strictObject(REASON_CONFIG),
  check: (stack, names) => judgePods(stack, "mount what they must not", names, inVolumes),
});

function inVolumes({ resource, path }: PodView): Finding[] {
  const property = `${path}.volumes`;
  return readAll(resource, `${property}[*]`).flatMap((reading): Finding[] => {
    if (reading.state !== "known" || !isObject(reading.value)) return [{ what: "a volume is not known yet", property, unknown: true }];
    const volume = reading.value;
    return kindsOf(volume).map((kind) => {
      const what = `volume ${nameOf(volume)} is a ${kind}`;
      return isUnknown(volume[kind]) ? { what: `whether ${what} is not known yet`, property, unknown: true } : { what, property };
    });
  });
}

function kindsOf(volume: { readonly [key: string]: Json }): string[] {
  return Object.entries(volume).flatMap(([kind, value]) => (value === null || ALLOWED.has(kind) ? [] : [kind]));
}
