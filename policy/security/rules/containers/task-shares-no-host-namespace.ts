import { z } from "zod";
import { TASK_DEFINITION } from "../../../lib/containers";
import { unless } from "../../../lib/expect";
import { judge } from "../../../lib/finding";
import { hasReason, REASON_CONFIG } from "../../../lib/reason";
import { resourceRule } from "../../../lib/rule";

/** Left out, a container has namespaces of its own. */
export const taskSharesNoHostNamespace = resourceRule({
  id: "task-shares-no-host-namespace",
  title: "No task shares the processes or the shared memory of its host without a reason",
  severity: "high",
  why: "Who takes over such a container sees, stops and reads the memory of every other process of the host, those of other services included.",
  fix: 'Leave pidMode and ipcMode out, or set them to "task"; or give the reason in the tag strata:because, as an agent that watches its host may.',
  links: ["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html#other_task_definition_params"],
  frameworks: [
    { name: "FSBP", id: "ECS.3" },
    { name: "Checkov", id: "CKV_AWS_335" },
  ],
  types: [TASK_DEFINITION],
  config: z.strictObject({ reasonTag: REASON_CONFIG.reasonTag }),
  check: (task, names) => {
    const found = ["pidMode", "ipcMode"].flatMap((property) =>
      unless(task, property, { accepts: (mode) => mode !== "host", absent: "fine", what: `${property} is host` }),
    );
    const excuse = { given: hasReason(task, names), what: "whether it gives a reason", property: "tags" };
    return [judge(task, `${task.name} shares what is its host's`, found, excuse)];
  },
});
