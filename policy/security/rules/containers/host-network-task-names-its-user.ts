import { z } from "zod";
import { ifAsked } from "../../../lib/asked";
import { isRoot, TASK_DEFINITION } from "../../../lib/containers";
import { notKnown } from "../../../lib/expect";
import { judge } from "../../../lib/finding";
import { hasReason, REASON_CONFIG } from "../../../lib/reason";
import { read, text } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { inEachContainer } from "../../../lib/ecs/tasks";

/** Of tasks in the network of their host: a user that is not named is the one of the image, which is nearly always root. */
export const hostNetworkTaskNamesItsUser = resourceRule({
  id: "host-network-task-names-its-user",
  title: "No task shares the network of its host as root without a reason",
  severity: "high",
  why: "In the host's network a container hears what every other container says to the host, and reaches its agents; as root it can also take their ports and packets.",
  fix: 'Set networkMode to "awsvpc", or name a user other than root in each container; or give the reason in the tag strata:because.',
  links: ["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/networking-networkmode-host.html"],
  frameworks: [{ name: "FSBP", id: "ECS.1" }],
  types: [TASK_DEFINITION],
  config: z.strictObject({ reasonTag: REASON_CONFIG.reasonTag }),
  check: (task, names) => {
    const mode = read(task, "networkMode");
    if (mode.state !== "unknown" && text(mode) !== "host") return [];
    const found = inEachContainer(task, (container, name) => {
      if (isRoot(container)) return [`${name} runs as root`];
      const { user = "" } = container;
      return user === "" || user === null ? [`${name} names no user`] : [];
    });
    const asked = mode.state === "unknown" ? undefined : true;
    const excuse = { given: hasReason(task, names), what: "whether it gives a reason", property: "tags" };
    return [judge(task, `${task.name} is in the network of its host`, ifAsked(asked, found, notKnown("networkMode")), excuse)];
  },
});
