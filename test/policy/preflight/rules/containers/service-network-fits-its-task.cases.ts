import { serviceNetworkFitsItsTask as rule } from "../../../../../policy/preflight/rules/containers/service-network-fits-its-task";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { arn, type Inputs, type TestStack } from "../../../stack";

const SERVICE = "aws:ecs/service:Service";
const NETWORK = { networkConfiguration: { subnets: ["subnet-1"] } };

function service(mode: Inputs, inputs: Inputs, target?: Inputs): Given {
  return (stack: TestStack) => {
    const taskDefinition = arn(stack.add("aws:ecs/taskDefinition:TaskDefinition", "orders", mode));
    const group = target && arn(stack.add("aws:lb/targetGroup:TargetGroup", "orders", target));
    return stack.add(SERVICE, "orders", { taskDefinition, ...inputs, ...(group && { loadBalancers: [{ targetGroupArn: group }] }) });
  };
}

const AWSVPC = { networkMode: "awsvpc" };

export const cases: RuleCases = {
  rule,
  pass: {
    "awsvpc with subnets and targets by address": service(AWSVPC, NETWORK, { targetType: "ip" }),
    "awsvpc before anything is made": { given: service(AWSVPC, NETWORK, { targetType: "ip" }), known: false },
    "host without subnets": service({ networkMode: "host" }, {}),
  },
  fail: {
    "awsvpc without subnets": { given: service(AWSVPC, {}), known: false, says: /its tasks are awsvpc and it has no networkConfiguration/ },
    "host with subnets": {
      given: service({ networkMode: "host" }, NETWORK),
      says: /has a networkConfiguration and its tasks are not awsvpc/,
    },
    "awsvpc with targets that are instances": {
      given: service(AWSVPC, NETWORK, { targetType: "instance" }),
      known: false,
      says: /orders has targets of type instance/,
    },
  },
  absent: {
    "of the mode, which is bridge": { given: service({}, NETWORK), says: /its tasks are not awsvpc/ },
    "of the target type, which is instance": { given: service(AWSVPC, NETWORK, {}), says: /targets of type instance/ },
    "of a task definition": { given: (stack) => stack.add(SERVICE, "orders", NETWORK), says: "nothing" },
  },
  unknown: {
    "while the mode is not known": service({ networkMode: UNKNOWN }, NETWORK),
    "while the task definition is not known": (stack) => stack.add(SERVICE, "orders", { taskDefinition: UNKNOWN }),
  },
  mutations: {
    "a target group has targets that are instances": (stack) =>
      stack.set(stack.one("aws:lb/targetGroup:TargetGroup", "orders"), "targetType", undefined),
    "the daemon has subnets": (stack) => {
      const network = stack.one(SERVICE, "orders").inputs["networkConfiguration"];
      const dependencies = stack.one(SERVICE, "orders").propertyDependencies["networkConfiguration"] ?? [];
      const daemon = stack.one(SERVICE, "netdata");
      stack.replace(daemon, {
        inputs: { ...daemon.inputs, networkConfiguration: network ?? {} },
        propertyDependencies: { ...daemon.propertyDependencies, networkConfiguration: dependencies },
      });
    },
  },
};
