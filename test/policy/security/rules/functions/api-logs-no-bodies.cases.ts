import { apiLogsNoBodies as rule } from "../../../../../policy/security/rules/functions/api-logs-no-bodies";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Input, type Inputs } from "../../../stack";
import { addRestApi, METHOD_SETTINGS, STAGE } from "./functions";

const settings =
  (dataTraceEnabled: Input): Given =>
  (stack) =>
    stack.add(METHOD_SETTINGS, "live", { methodPath: "*/*", settings: { dataTraceEnabled } });
const stage =
  (inputs: Inputs): Given =>
  (stack) =>
    stack.add(STAGE, "live", inputs);

export const cases: RuleCases = {
  rule,
  pass: { "with it off": settings(false), "with it off, of a WebSocket API": stage({ defaultRouteSettings: { dataTraceEnabled: false } }) },
  fail: {
    "with it on": { given: settings(true), says: /live logs whole requests: dataTraceEnabled of settings is on/ },
    "with it on, said as a text": { given: settings("true"), says: /logs whole requests/ },
    "with it on for one route of two": {
      given: stage({ routeSettings: [UNKNOWN, { routeKey: "send", dataTraceEnabled: true }] }),
      says: /: dataTraceEnabled of routeSettings\[1\] is on$/,
    },
  },
  absent: {
    "with nothing said, which is off": { given: settings(null), says: "pass" },
    "without settings": { given: stage({}), says: "pass" },
  },
  unknown: { "while it is not known": settings(UNKNOWN), "while the routes are not known": stage({ routeSettings: UNKNOWN }) },
  mutations: { "a REST API logs the tokens of its callers": (stack) => addRestApi(stack, { settings: { dataTraceEnabled: true } }) },
};
