import type { Rule } from "../../../lib/rule";
import { awslogsOptionsAreAccepted } from "./awslogs-options-are-accepted";
import { capacityProviderNameIsFree } from "./capacity-provider-name-is-free";
import { capacityStrategyIsOfOneKind } from "./capacity-strategy-is-of-one-kind";
import { containerMemoryFitsItsTask } from "./container-memory-fits-its-task";
import { fargateTaskHasItsOwnNetwork } from "./fargate-task-has-its-own-network";
import { fargateTaskSizeIsValid } from "./fargate-task-size-is-valid";
import { serviceHasAtMostFiveTargetGroups } from "./service-has-at-most-five-target-groups";
import { serviceHasLaunchTypeOrStrategy } from "./service-has-launch-type-or-strategy";
import { serviceNamesAPortOfItsTask } from "./service-names-a-port-of-its-task";
import { serviceNetworkFitsItsTask } from "./service-network-fits-its-task";
import { serviceWaitsForItsListener } from "./service-waits-for-its-listener";
import { taskHasAnEssentialContainer } from "./task-has-an-essential-container";
import { taskHasAtMostTenContainers } from "./task-has-at-most-ten-containers";
import { taskHasTheExecutionRoleItNeeds } from "./task-has-the-execution-role-it-needs";
import { terminationProtectionHasManagedScaling } from "./termination-protection-has-managed-scaling";

/** Amazon ECS. */
export const containerChecks: readonly Rule[] = [
  capacityProviderNameIsFree,
  terminationProtectionHasManagedScaling,
  capacityStrategyIsOfOneKind,
  taskHasAnEssentialContainer,
  taskHasAtMostTenContainers,
  fargateTaskSizeIsValid,
  fargateTaskHasItsOwnNetwork,
  containerMemoryFitsItsTask,
  awslogsOptionsAreAccepted,
  taskHasTheExecutionRoleItNeeds,
  serviceHasLaunchTypeOrStrategy,
  serviceHasAtMostFiveTargetGroups,
  serviceNetworkFitsItsTask,
  serviceNamesAPortOfItsTask,
  serviceWaitsForItsListener,
];
