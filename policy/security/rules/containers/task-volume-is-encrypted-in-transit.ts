import { TASK_DEFINITION } from "../../../lib/containers";
import { type Finding, judge } from "../../../lib/finding";
import { elements, read, type Reading, readPath, text } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";

/** Of tasks with volumes of EFS. Left out, `transitEncryption` is off. */
export const taskVolumeIsEncryptedInTransit = resourceRule({
  id: "task-volume-is-encrypted-in-transit",
  title: "Every volume that a task mounts from EFS is encrypted on the way",
  severity: "medium",
  why: "NFS shows every file to whoever listens between the task and the file system, and without TLS the task can't prove who it is.",
  fix: 'Set efsVolumeConfiguration.transitEncryption of the volume to "ENABLED".',
  links: ["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/efs-volumes.html"],
  frameworks: [{ name: "Checkov", id: "CKV_AWS_97" }],
  types: [TASK_DEFINITION],
  check: (task) => {
    const volumes = elements(read(task, "volumes"));
    const mounted = volumes.filter(isOnEfs);
    return mounted.length === 0 ? [] : [judge(task, `volumes of ${task.name} are read in the clear`, mounted.flatMap(findings))];
  },
});

/** True also while it is not known: then it is not known either whether it is encrypted. */
function isOnEfs(volume: Reading): boolean {
  return volume.state === "unknown" || (volume.state === "known" && readPath(volume.value, "efsVolumeConfiguration").state !== "absent");
}

function findings(volume: Reading): Finding[] {
  const property = "volumes";
  const transit = volume.state === "known" ? readPath(volume.value, "efsVolumeConfiguration.transitEncryption") : volume;
  const name = (volume.state === "known" ? text(readPath(volume.value, "name")) : undefined) ?? "without a name";
  if (transit.state === "unknown")
    return [{ what: `whether volume ${name} is encrypted on the way is not known yet`, property, unknown: true }];
  return text(transit) === "ENABLED" ? [] : [{ what: `volume ${name} has transitEncryption ${text(transit) ?? "DISABLED"}`, property }];
}
