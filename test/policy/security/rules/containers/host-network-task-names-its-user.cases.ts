import { hostNetworkTaskNamesItsUser as rule } from "../../../../../policy/security/rules/containers/host-network-task-names-its-user";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Inputs } from "../../../stack";
import { addTask } from "./examples";

const TYPE = "aws:ecs/taskDefinition:TaskDefinition";

/** A task in the network of its host, with one container. */
function task(container: Inputs, inputs: Inputs = {}): Given {
  return (stack) =>
    stack.add(TYPE, "agent", {
      networkMode: "host",
      containerDefinitions: JSON.stringify([{ name: "agent", image: "agent:1", ...container }]),
      ...inputs,
    });
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with a user": task({ user: "1000:1000" }),
    "with a user as a number": task({ user: 1000 }),
    "as root with a reason": task({}, { tags: { "strata:because": "it looks after its host" } }),
  },
  fail: {
    "as root": { given: task({ user: "root:root" }), says: /agent is in the network of its host: container agent runs as root/ },
    "with an empty user": { given: task({ user: "" }), says: /container agent names no user/ },
  },
  absent: {
    "of a user, which is root in most images": { given: task({}), says: /names no user/ },
    "with nothing to say about another network mode": { given: task({}, { networkMode: "awsvpc" }), says: "nothing" },
    "with nothing to say without a network mode, which is bridge": { given: task({}, { networkMode: null }), says: "nothing" },
  },
  unknown: {
    "while its containers are not known": task({}, { containerDefinitions: UNKNOWN }),
    "when its containers can't be read": task({}, { containerDefinitions: "{" }),
    "while its network mode is not known": task({}, { networkMode: UNKNOWN }),
    "while it is not known whether it gives a reason": task({}, { tags: UNKNOWN }),
  },
  mutations: {
    "a task is in the network of its host as whatever its image says": (stack) => addTask(stack, { networkMode: "host" }),
  },
};
