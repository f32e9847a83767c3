import type { Rule } from "../../../lib/rule";
import { apiIntegrationAnswersInTime } from "./api-integration-answers-in-time";
import { bucketHasOneNotification } from "./bucket-has-one-notification";
import { eventSourceBatchIsAccepted } from "./event-source-batch-is-accepted";
import { eventSourceSaysWhereToBegin } from "./event-source-says-where-to-begin";
import { functionInVpcMayMakeInterfaces } from "./function-in-vpc-may-make-interfaces";
import { functionIsZipOrImage } from "./function-is-zip-or-image";
import { functionSetsNoReservedVariable } from "./function-sets-no-reserved-variable";
import { functionSizeIsInRange } from "./function-size-is-in-range";
import { functionVariablesFitFourKilobytes } from "./function-variables-fit-four-kilobytes";
import { notificationFiltersDoNotOverlap } from "./notification-filters-do-not-overlap";
import { notificationWaitsForItsPermission } from "./notification-waits-for-its-permission";
import { queueOutlastsItsFunction } from "./queue-outlasts-its-function";
import { reservedConcurrencyFitsTheAccount } from "./reserved-concurrency-fits-the-account";

/** Lambda, API Gateway and S3 events. */
export const functionChecks: readonly Rule[] = [
  functionIsZipOrImage,
  functionSizeIsInRange,
  functionSetsNoReservedVariable,
  functionVariablesFitFourKilobytes,
  functionInVpcMayMakeInterfaces,
  reservedConcurrencyFitsTheAccount,
  eventSourceBatchIsAccepted,
  eventSourceSaysWhereToBegin,
  queueOutlastsItsFunction,
  notificationWaitsForItsPermission,
  notificationFiltersDoNotOverlap,
  bucketHasOneNotification,
  apiIntegrationAnswersInTime,
];
