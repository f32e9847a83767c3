import { fargatePlatformIsLatest as rule } from "../../../../../policy/security/rules/containers/fargate-platform-is-latest";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Inputs } from "../../../stack";

const SERVICE = "aws:ecs/service:Service";
const SCHEDULE = "aws:scheduler/schedule:Schedule";

function service(inputs: Inputs): Given {
  return (stack) => stack.add(SERVICE, "orders", inputs);
}

function scheduled(ecsParameters: Inputs): Given {
  return (stack) => stack.add(SCHEDULE, "reports", { target: { ecsParameters } });
}

export const cases: RuleCases = {
  rule,
  pass: {
    "on the latest": service({ launchType: "FARGATE", platformVersion: "LATEST" }),
    "as a scheduled task": scheduled({ launchType: "FARGATE", platformVersion: "LATEST" }),
  },
  fail: {
    "on a pinned one": {
      given: service({ launchType: "FARGATE", platformVersion: "1.4.0" }),
      says: /orders .* pinned platform: .* 1\.4\.0/,
    },
    "through a capacity provider": {
      given: service({ capacityProviderStrategies: [{ capacityProvider: "FARGATE_SPOT" }], platformVersion: "1.3.0" }),
      says: /1\.3\.0/,
    },
    "as a scheduled task": { given: scheduled({ platformVersion: "1.4.0" }), says: /target\.ecsParameters\.platformVersion is 1\.4\.0/ },
    "as the target of a rule": {
      given: (stack) => stack.add("aws:cloudwatch/eventTarget:EventTarget", "encode", { ecsTarget: { platformVersion: "1.4.0" } }),
      says: /ecsTarget\.platformVersion/,
    },
  },
  absent: {
    "which is the latest": { given: service({ launchType: "FARGATE" }), says: "pass" },
    "with nothing to say about a service on instances": { given: service({ launchType: "EC2" }), says: "nothing" },
    "with nothing to say about a schedule of something else": {
      given: (stack) => stack.add(SCHEDULE, "tick", { target: { arn: "arn" } }),
      says: "nothing",
    },
  },
  unknown: {
    "while it is not known": service({ launchType: "FARGATE", platformVersion: UNKNOWN }),
    "while it is not known whether it runs on Fargate": service({ launchType: UNKNOWN }),
    "while the parameters of a scheduled task are not known": (stack) =>
      stack.add(SCHEDULE, "reports", { target: { ecsParameters: UNKNOWN } }),
  },
  mutations: {
    "a service stays on a pinned platform": (stack) => stack.set(stack.one(SERVICE, "orders"), "platformVersion", "1.4.0"),
  },
};
