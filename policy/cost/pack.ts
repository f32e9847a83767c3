import type { Pack } from "../lib/rule";
import { addressIsUsed } from "./rules/address-is-used";
import { alarmIsNotFinerThanItsMetric } from "./rules/alarm-is-not-finer-than-its-metric";
import { bucketForgetsOldVersions } from "./rules/bucket-forgets-old-versions";
import { clusterTakesNoExtendedSupport } from "./rules/cluster-takes-no-extended-support";
import { codeRunsOnArm } from "./rules/code-runs-on-arm";
import { copiesFitDemand } from "./rules/copies-fit-demand";
import { environmentFitsItsBudget } from "./rules/environment-fits-its-budget";
import { idleStoreIsNotProvisioned } from "./rules/idle-store-is-not-provisioned";
import { instanceIsOfCurrentGeneration } from "./rules/instance-is-of-current-generation";
import { instanceRunsOnGraviton } from "./rules/instance-runs-on-graviton";
import { interfaceEndpointHasUsers } from "./rules/interface-endpoint-has-users";
import { interfaceEndpointSpansFewZones } from "./rules/interface-endpoint-spans-few-zones";
import { logGroupHasRetention } from "./rules/log-group-has-retention";
import { natGatewayIsShared } from "./rules/nat-gateway-is-shared";
import { serviceFitsItsBudget } from "./rules/service-fits-its-budget";
import { storePaidByUseHasALimit } from "./rules/store-paid-by-use-has-a-limit";
import { versionIsInStandardSupport } from "./rules/version-is-in-standard-support";
import { volumeIsNotGp2 } from "./rules/volume-is-not-gp2";

/** What is paid for and gives nothing for it. */
export const cost: Pack = {
  name: "strata-cost",
  description: "What is paid for and gives nothing for it.",
  rules: [
    environmentFitsItsBudget,
    serviceFitsItsBudget,
    copiesFitDemand,
    codeRunsOnArm,
    instanceRunsOnGraviton,
    instanceIsOfCurrentGeneration,
    volumeIsNotGp2,
    versionIsInStandardSupport,
    clusterTakesNoExtendedSupport,
    idleStoreIsNotProvisioned,
    natGatewayIsShared,
    addressIsUsed,
    interfaceEndpointHasUsers,
    interfaceEndpointSpansFewZones,
    storePaidByUseHasALimit,
    bucketForgetsOldVersions,
    logGroupHasRetention,
    alarmIsNotFinerThanItsMetric,
  ],
};
