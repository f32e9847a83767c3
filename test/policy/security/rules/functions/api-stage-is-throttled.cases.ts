import { apiStageIsThrottled as rule } from "../../../../../policy/security/rules/functions/api-stage-is-throttled";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { id, type Input, type Inputs } from "../../../stack";
import { addRestApi, METHOD_SETTINGS, REST_STAGE, STAGE } from "./functions";

const stage =
  (inputs: Inputs): Given =>
  (stack) =>
    stack.add(STAGE, "live", inputs);
const limited = (throttlingRateLimit: Input): Given => stage({ defaultRouteSettings: { throttlingRateLimit } });

function rest(throttlingRateLimit: Input): Given {
  return (stack) => {
    const api = stack.add("aws:apigateway/restApi:RestApi", "orders");
    const made = stack.add(REST_STAGE, "live", { restApi: id(api), stageName: "live" });
    stack.add(METHOD_SETTINGS, "live", { restApi: id(api), stageName: "live", methodPath: "*/*", settings: { throttlingRateLimit } });
    return made;
  };
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with a limit": limited(100),
    "with a limit given as a text": limited("0.5"),
    "with a limit of every method of a REST API": rest(100),
  },
  fail: {
    "with -1, which is none": { given: rest(-1), says: /stage live takes all the requests .*: settings.throttlingRateLimit is not set/ },
    "with limits of single routes": {
      given: stage({ routeSettings: [{ routeKey: "GET /", throttlingRateLimit: 10 }] }),
      says: /defaultRouteSettings.throttlingRateLimit is not set/,
    },
  },
  absent: {
    "without one, which is that of the account": { given: stage({}), says: /is not set/ },
    "without settings, of a REST API": {
      given: (stack) => stack.add(REST_STAGE, "live", { stageName: "live" }),
      says: /no method settings/,
    },
  },
  unknown: { "while it is not known": limited(UNKNOWN), "while the settings are not known": stage({ defaultRouteSettings: UNKNOWN }) },
  mutations: {
    "the API takes whatever comes": (stack) => {
      stack.set(stack.one(STAGE), ["defaultRouteSettings", "throttlingRateLimit"], undefined);
      stack.set(stack.one(STAGE), ["defaultRouteSettings", "throttlingBurstLimit"], undefined);
    },
    "a REST API takes whatever comes": (stack) => addRestApi(stack, { settings: { throttlingRateLimit: -1, throttlingBurstLimit: -1 } }),
  },
};
