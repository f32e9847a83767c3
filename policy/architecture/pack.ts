import type { Pack } from "../lib/rule";
import { containerIsConfined } from "./rules/container-is-confined";
import { containerKeepsNoState } from "./rules/container-keeps-no-state";
import { ecsServesHttpOnOnePort } from "./rules/ecs-serves-http-on-one-port";
import { executionRoleIsNotTaskRole } from "./rules/execution-role-is-not-task-role";
import { lambdaPackageIsSmall } from "./rules/lambda-package-is-small";
import { lambdaSuitsItsService } from "./rules/lambda-suits-its-service";
import { serviceHasHealthCheck } from "./rules/service-has-health-check";
import { serviceHasLogs } from "./rules/service-has-logs";
import { serviceHasNoSingleCopy } from "./rules/service-has-no-single-copy";
import { storeIsAskedFor } from "./rules/store-is-asked-for";
import { storeIsNotReachableFromInternet } from "./rules/store-is-not-reachable-from-internet";
import { targetIsNotDearerWithoutReason } from "./rules/target-is-not-dearer-without-reason";
import { workloadHasNoPublicAddress } from "./rules/workload-has-no-public-address";

/** What holds for every platform: who reaches what, where state lives, where services run and how, and that they can be seen. */
export const architecture: Pack = {
  name: "strata-architecture",
  description: "What every platform of this project keeps to, whatever it is made of.",
  rules: [
    storeIsNotReachableFromInternet,
    storeIsAskedFor,
    serviceHasLogs,
    serviceHasHealthCheck,
    serviceHasNoSingleCopy,
    containerKeepsNoState,
    containerIsConfined,
    executionRoleIsNotTaskRole,
    workloadHasNoPublicAddress,
    targetIsNotDearerWithoutReason,
    ecsServesHttpOnOnePort,
    lambdaSuitsItsService,
    lambdaPackageIsSmall,
  ],
};
