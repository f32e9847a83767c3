import type { Pack } from "../lib/rule";
import { containerKeepsNoState } from "./rules/container-keeps-no-state";
import { executionRoleIsNotTaskRole } from "./rules/execution-role-is-not-task-role";
import { serviceHasLogs } from "./rules/service-has-logs";
import { storeIsAskedFor } from "./rules/store-is-asked-for";
import { storeIsNotReachableFromInternet } from "./rules/store-is-not-reachable-from-internet";

/** What holds for every platform: who reaches what, where state lives, and that it can be seen. */
export const architecture: Pack = {
  name: "strata-architecture",
  description: "What every platform of this project keeps to, whatever it is made of.",
  rules: [storeIsNotReachableFromInternet, storeIsAskedFor, serviceHasLogs, containerKeepsNoState, executionRoleIsNotTaskRole],
};
