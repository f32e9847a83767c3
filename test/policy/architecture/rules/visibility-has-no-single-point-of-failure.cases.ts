import { visibilityHasNoSinglePointOfFailure as rule } from "../../../../policy/architecture/rules/visibility-has-no-single-point-of-failure";
import { UNKNOWN } from "../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../cases";
import { type Input, type Inputs } from "../../stack";

const DEPLOYMENT = "kubernetes:apps/v1:Deployment";

/** An ECS service of the metrics store. */
function relay(inputs: Inputs, durable: Input = true): Given {
  return (stack) => {
    const platform = stack.add("strata:stacks:Platform", "x", { durable });
    const part = stack.add("strata:visibility:Graphite", "graphite", {}, platform);
    return stack.add("aws:ecs/service:Service", "relay", { networkConfiguration: { subnets: ["a", "b"] }, ...inputs }, part);
  };
}

export const cases: RuleCases = {
  rule,
  pass: { "with two tasks in two subnets": relay({ desiredCount: 2 }) },
  fail: {
    "with one task": { given: relay({ desiredCount: 1 }), says: /relay is a single point of failure: it has one copy, by desiredCount/ },
    "with two in one subnet": {
      given: relay({ desiredCount: 2, networkConfiguration: { subnets: ["a"] } }),
      says: /stand in one subnet/,
    },
  },
  absent: {
    "of desiredCount: no task": { given: relay({}), says: /it has no copy/ },
    "where nothing is durable": { given: relay({ desiredCount: 1 }, false), says: "nothing" },
  },
  unknown: { "while the number is not known": relay({ desiredCount: UNKNOWN }) },
  mutations: {
    "Grafana runs once": (stack) => stack.set(stack.one(DEPLOYMENT, "grafana"), ["spec", "replicas"], 1),
    "the relay of the metrics is pinned to a zone": (stack) =>
      stack.set(stack.one(DEPLOYMENT, "graphite-relay"), ["spec", "template", "spec", "nodeSelector"], {
        "topology.kubernetes.io/zone": "us-east-1a",
      }),
  },
};
