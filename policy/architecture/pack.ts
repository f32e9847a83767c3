import type { Pack } from "../lib/rule";
import { busIsNotTheSystemOfRecord } from "./rules/bus-is-not-the-system-of-record";
import { containerKeepsNoState } from "./rules/container-keeps-no-state";
import { criticalServiceHasNoSingleStore } from "./rules/critical-service-has-no-single-store";
import { dashboardNamesAServiceThatExists } from "./rules/dashboard-names-a-service-that-exists";
import { ecsServesHttpOnOnePort } from "./rules/ecs-serves-http-on-one-port";
import { grafanaIsNotOpenWithoutSignIn } from "./rules/grafana-is-not-open-without-sign-in";
import { lambdaPackageIsSmall } from "./rules/lambda-package-is-small";
import { lambdaSuitsItsService } from "./rules/lambda-suits-its-service";
import { metricsRetentionFitsInterval } from "./rules/metrics-retention-fits-interval";
import { nameDoesNotBlockRecreation } from "./rules/name-does-not-block-recreation";
import { resourceHasOwnerTags } from "./rules/resource-has-owner-tags";
import { serviceHasHealthCheck } from "./rules/service-has-health-check";
import { serviceHasLogs } from "./rules/service-has-logs";
import { serviceHasNoSingleCopy } from "./rules/service-has-no-single-copy";
import { storeHasAlarms } from "./rules/store-has-alarms";
import { storeIsAskedFor } from "./rules/store-is-asked-for";
import { storeIsNotReachableFromInternet } from "./rules/store-is-not-reachable-from-internet";
import { targetIsNotDearerWithoutReason } from "./rules/target-is-not-dearer-without-reason";
import { visibilityHasNoSinglePointOfFailure } from "./rules/visibility-has-no-single-point-of-failure";
import { workloadHasLogRoute } from "./rules/workload-has-log-route";

/** What holds for every platform: who reaches what, where services run and how, which stores there are, and that all of it can be seen. */
export const architecture: Pack = {
  name: "strata-architecture",
  description: "What every platform of this project keeps to, whatever it is made of.",
  rules: [
    storeIsNotReachableFromInternet,
    storeIsAskedFor,
    criticalServiceHasNoSingleStore,
    busIsNotTheSystemOfRecord,
    nameDoesNotBlockRecreation,
    resourceHasOwnerTags,
    serviceHasLogs,
    serviceHasHealthCheck,
    serviceHasNoSingleCopy,
    containerKeepsNoState,
    targetIsNotDearerWithoutReason,
    ecsServesHttpOnOnePort,
    lambdaSuitsItsService,
    lambdaPackageIsSmall,
    workloadHasLogRoute,
    storeHasAlarms,
    metricsRetentionFitsInterval,
    dashboardNamesAServiceThatExists,
    visibilityHasNoSinglePointOfFailure,
    grafanaIsNotOpenWithoutSignIn,
  ],
};
