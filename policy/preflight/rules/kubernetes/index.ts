import type { Rule } from "../../../lib/rule";
import { addonIsKnownForItsCluster } from "./addon-is-known-for-its-cluster";
import { clusterHasSubnetsInTwoZones } from "./cluster-has-subnets-in-two-zones";
import { disruptionBudgetLetsPodsGo } from "./disruption-budget-lets-pods-go";
import { labelIsAccepted } from "./label-is-accepted";
import { mountedVolumeExists } from "./mounted-volume-exists";
import { namedPortExists } from "./named-port-exists";
import { nodeGroupImageFitsItsInstances } from "./node-group-image-fits-its-instances";
import { objectNameIsAccepted } from "./object-name-is-accepted";
import { requestsDoNotExceedLimits } from "./requests-do-not-exceed-limits";
import { scalingBoundsHoldTheDesiredNumber } from "./scaling-bounds-hold-the-desired-number";
import { selectorMatchesItsPods } from "./selector-matches-its-pods";

/** EKS and Kubernetes objects. */
export const kubernetesChecks: readonly Rule[] = [
  clusterHasSubnetsInTwoZones,
  addonIsKnownForItsCluster,
  nodeGroupImageFitsItsInstances,
  scalingBoundsHoldTheDesiredNumber,
  objectNameIsAccepted,
  labelIsAccepted,
  selectorMatchesItsPods,
  namedPortExists,
  requestsDoNotExceedLimits,
  mountedVolumeExists,
  disruptionBudgetLetsPodsGo,
];
