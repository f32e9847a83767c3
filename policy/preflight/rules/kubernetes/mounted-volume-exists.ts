import { notKnown } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import { podContainersOf, POD_TYPES, podSpecOf, STATEFUL_SET } from "../../../lib/pods";
import { elements, read, type Reading, readPath, type Resource, text } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";

/** The volumes of a StatefulSet are those of its pods and those of its claim templates. */
export const mountedVolumeExists = resourceRule({
  id: "mounted-volume-exists",
  title: "A container mounts only volumes that its pod has",
  severity: "high",
  why: "Kubernetes refuses a workload whose containers mount a volume that is not there.",
  fix: "Add the volume to volumes of the pod, or to volumeClaimTemplates of the StatefulSet, or correct the name in volumeMounts.",
  links: ["https://kubernetes.io/docs/concepts/storage/volumes/"],
  frameworks: [],
  types: POD_TYPES,
  check: (workload) => {
    const containers = podContainersOf(workload);
    const fault = `Kubernetes refuses the pods of ${workload.name}`;
    if (containers.state === "unknown") return [judge(workload, fault, [notKnown(containers.property)])];
    const mounts = containers.value.flatMap(({ name, spec }) => elements(readPath(spec, "volumeMounts")).map((mount) => ({ name, mount })));
    return mounts.length === 0 ? [] : [judge(workload, fault, mountFindings(workload, mounts))];
  },
});

function mountFindings(workload: Resource, mounts: readonly { readonly name: string; readonly mount: Reading }[]): Finding[] {
  const { path } = podSpecOf(workload);
  const property = `${path}.volumes`;
  const volumes = [
    ...elements(read(workload, property)).map((volume) => at(volume, "name")),
    ...(workload.type === STATEFUL_SET
      ? elements(read(workload, "spec.volumeClaimTemplates")).map((claim) => at(claim, "metadata.name"))
      : []),
  ];
  const names = new Set(volumes.flatMap((volume) => text(volume) ?? []));
  const open = volumes.some(({ state }) => state === "unknown");
  return mounts.flatMap(({ name, mount }): Finding[] => {
    const wanted = at(mount, "name");
    const known = text(wanted);
    if (known !== undefined && names.has(known)) return [];
    if (wanted.state === "unknown" || open) return [notKnown(property)];
    return [{ what: `container ${name} mounts ${known ?? "nothing"}, which is no volume of its pod`, property }];
  });
}

function at(reading: Reading, path: string): Reading {
  return reading.state === "known" ? readPath(reading.value, path) : reading;
}
