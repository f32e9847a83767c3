import { apiStageLogsErrors as rule } from "../../../../../policy/security/rules/functions/api-stage-logs-errors";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { id, type Input, type Inputs } from "../../../stack";
import { addRestApi, API, METHOD_SETTINGS, REST_STAGE, STAGE } from "./functions";

/** A stage of a REST API with settings for a path. */
function rest(settings: Input, methodPath = "*/*"): Given {
  return (stack) => {
    const api = stack.add("aws:apigateway/restApi:RestApi", "orders");
    const stage = stack.add(REST_STAGE, "live", { restApi: id(api), stageName: "live" });
    stack.add(METHOD_SETTINGS, "live", { restApi: id(api), stageName: "live", methodPath, settings });
    return stage;
  };
}
function stageOf(protocolType: Input, defaultRouteSettings: Inputs): Given {
  return (stack) => stack.add(STAGE, "live", { apiId: id(stack.add(API, "orders", { protocolType })), defaultRouteSettings });
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with errors of every method": rest({ loggingLevel: "ERROR" }),
    "with errors of every method, of an API that is not made yet": { given: rest({ loggingLevel: "INFO" }), known: false },
    "with errors of a WebSocket API": stageOf("WEBSOCKET", { loggingLevel: "ERROR" }),
  },
  fail: {
    "with logs turned off": { given: rest({ loggingLevel: "OFF" }), says: /stage live logs no errors: settings.loggingLevel is neither/ },
    "with errors of one method alone": { given: rest({ loggingLevel: "ERROR" }, "orders/GET"), says: /no method settings for the path/ },
  },
  absent: {
    "without a level, which is off": { given: rest({}), says: /is neither ERROR nor INFO/ },
    "without settings": { given: (stack) => stack.add(REST_STAGE, "live", { stageName: "live" }), says: /no method settings/ },
    "without a level, of a WebSocket API": { given: stageOf("WEBSOCKET", {}), says: /defaultRouteSettings.loggingLevel is neither/ },
    "of an HTTP API, which has no such logs": { given: stageOf("HTTP", {}), says: "nothing" },
  },
  unknown: { "while the level is not known": rest({ loggingLevel: UNKNOWN }), "while the settings are not known": rest(UNKNOWN) },
  mutations: { "nobody sees why calls fail": (stack) => addRestApi(stack, { settings: { loggingLevel: "OFF" } }) },
};
