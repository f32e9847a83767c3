import type { Finding } from "../../../lib/finding";
import { judge } from "../../../lib/finding";
import { type ContainerView, PodView } from "../../../lib/kubernetes/pod-security";
import { POD_TYPES } from "../../../lib/pods";
import { text } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";

/** What a registry, a path and a tag look like once the digest is gone; a colon before the last slash is a port. */
const TAG = /:([^:/]+)$/;

export const podImageIsPinned = stackRule({
  id: "pod-image-is-pinned",
  title: "Every container of a pod names the version of its image",
  severity: "medium",
  why: "latest is another image tomorrow: two pods of one Deployment then run different code, nobody can tell which, and a rollback brings nothing back.",
  fix: "Give image a tag that is not moved, such as 1.27.3, or a digest.",
  links: ["https://kubernetes.io/docs/concepts/containers/images/"],
  frameworks: [{ name: "Checkov", id: "CKV_K8S_14" }],
  check: (stack) =>
    stack
      .ofType(...POD_TYPES)
      .map((workload) =>
        judge(workload, `pods of ${workload.name} run images of no certain version`, new PodView(workload).inContainers(inContainer)),
      ),
});

function inContainer({ name, property, at }: ContainerView): Finding[] {
  const reading = at("image");
  if (reading.state === "unknown") return [{ what: `the image of container ${name} is not known yet`, property, unknown: true }];
  const image = text(reading);
  if (image === undefined || image.includes("@sha256:")) return [];
  const tag = TAG.exec(image)?.[1];
  return tag !== undefined && tag !== "latest" ? [] : [{ what: `container ${name} runs ${image}`, property }];
}
