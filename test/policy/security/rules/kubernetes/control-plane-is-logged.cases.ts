import { controlPlaneIsLogged as rule } from "../../../../../policy/security/rules/kubernetes/control-plane-is-logged";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { type Input } from "../../../stack";
import { CLUSTER, cluster } from "./clusters";

const ALL = ["api", "audit", "authenticator", "controllerManager", "scheduler"];
const logged = (enabledClusterLogTypes: Input) => cluster({ enabledClusterLogTypes });

export const cases: RuleCases = {
  rule,
  pass: {
    "with all logs": logged(ALL),
    "with all logs beside one that is not known": logged([UNKNOWN, ...ALL]),
    "with those that are asked for": { given: logged(["audit"]), config: { types: ["audit"] } },
  },
  fail: {
    "without some": {
      given: logged(["api", "audit"]),
      says: /main does not log .*: authenticator, controllerManager, scheduler is left out/,
    },
    "with an empty list": { given: logged([]), says: /api, audit, authenticator/ },
  },
  absent: { "without a list, which logs nothing": { given: cluster({}), says: /api, audit/ } },
  unknown: { "while the list is not known": logged(UNKNOWN), "while one of them is not known": logged(["api", UNKNOWN]) },
  mutations: {
    "nobody sees who asked the Kubernetes API": (stack) =>
      stack.set(stack.one(CLUSTER), "enabledClusterLogTypes", ["api", "authenticator"]),
  },
};
