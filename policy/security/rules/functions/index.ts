import type { Rule } from "../../../lib/rule";
import { apiCacheIsEncrypted } from "./api-cache-is-encrypted";
import { apiDomainUsesModernTls } from "./api-domain-uses-modern-tls";
import { apiLogsNoBodies } from "./api-logs-no-bodies";
import { apiStageHasAccessLogs } from "./api-stage-has-access-logs";
import { apiStageIsThrottled } from "./api-stage-is-throttled";
import { apiStageLogsErrors } from "./api-stage-logs-errors";
import { functionHasConcurrencyLimit } from "./function-has-concurrency-limit";
import { functionIsNotPublic } from "./function-is-not-public";
import { functionKeepsFailedEvents } from "./function-keeps-failed-events";
import { functionRuntimeIsSupported } from "./function-runtime-is-supported";
import { functionSpansZones } from "./function-spans-zones";
import { functionUrlNeedsAuthorization } from "./function-url-needs-authorization";
import { functionVariablesHaveOwnKey } from "./function-variables-have-own-key";
import { routeNeedsAuthorization } from "./route-needs-authorization";

/** Lambda and API Gateway. */
export const functionRules: readonly Rule[] = [
  functionIsNotPublic,
  functionRuntimeIsSupported,
  functionSpansZones,
  functionKeepsFailedEvents,
  functionHasConcurrencyLimit,
  functionUrlNeedsAuthorization,
  functionVariablesHaveOwnKey,
  routeNeedsAuthorization,
  apiStageHasAccessLogs,
  apiStageLogsErrors,
  apiStageIsThrottled,
  apiDomainUsesModernTls,
  apiCacheIsEncrypted,
  apiLogsNoBodies,
];
