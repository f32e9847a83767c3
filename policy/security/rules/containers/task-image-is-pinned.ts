import { containersOf, TASK_DEFINITION } from "../../../lib/containers";
import { judge } from "../../../lib/finding";
import type { Json } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { inEachContainer } from "../../../lib/ecs/tasks";

/** A tag may be moved too, but that of a version is not by good custom; a digest can't be. */
export const taskImageIsPinned = resourceRule({
  id: "task-image-is-pinned",
  title: "Every container of a task runs an image of a stated version",
  severity: "medium",
  why: "What latest is differs from one start to the next: copies of one service run different code, nothing can be rolled back, and a bad image spreads by itself.",
  fix: "Name the image with the tag of a version, or with its digest (@sha256:…), and change it by a deployment.",
  links: ["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/container-considerations.html"],
  frameworks: [],
  types: [TASK_DEFINITION],
  check: (task) => {
    // Of containers of which nothing is known, container-is-confined tells.
    if (containersOf(task).state === "unknown") return [];
    const found = inEachContainer(task, ({ image }, name) => faults(image, name));
    return [judge(task, `${task.name} runs whatever its image happens to be`, found)];
  },
});

function faults(image: Json | undefined, name: string): string[] {
  // Without an image there is nothing to run, which ECS refuses.
  if (typeof image !== "string" || image.includes("@sha256:")) return [];
  const [, tag] = image.slice(image.lastIndexOf("/") + 1).split(":");
  if (tag === undefined || tag === "") return [`${name} has image ${image} without a tag, which is latest`];
  return tag === "latest" ? [`${name} has image ${image}`] : [];
}
