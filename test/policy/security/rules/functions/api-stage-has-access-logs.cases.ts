import { apiStageHasAccessLogs as rule } from "../../../../../policy/security/rules/functions/api-stage-has-access-logs";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { arn, type Inputs } from "../../../stack";
import { addRestApi, REST_STAGE, STAGE } from "./functions";

const stage =
  (inputs: Inputs, type = STAGE): Given =>
  (stack) =>
    stack.add(type, "live", inputs);
const GROUP = "arn:aws:logs:us-east-1:111122223333:log-group:calls";
const ownGroup: Given = (stack) =>
  stack.add(STAGE, "live", {
    accessLogSettings: { destinationArn: arn(stack.add("aws:cloudwatch/logGroup:LogGroup", "calls")), format: "x" },
  });

export const cases: RuleCases = {
  rule,
  pass: {
    "with a log group": stage({ accessLogSettings: { destinationArn: GROUP, format: "x" } }),
    "with a log group of the stack that is not made yet": { given: ownGroup, known: false },
    "of a REST API": stage({ accessLogSettings: { destinationArn: GROUP } }, REST_STAGE),
  },
  fail: { "with an empty ARN": { given: stage({ accessLogSettings: { destinationArn: "" } }), says: /stage live logs no calls/ } },
  absent: {
    "with nothing said, which logs nothing": { given: stage({}), says: /stage live logs no calls: it has no accessLogSettings/ },
    "with nothing said, of a REST API": { given: stage({}, REST_STAGE), says: /logs no calls/ },
  },
  unknown: {
    "while its settings are not known": stage({ accessLogSettings: UNKNOWN }),
    "while the log group is not known, nor where it comes from": stage({ accessLogSettings: { destinationArn: UNKNOWN } }),
  },
  mutations: {
    "nobody sees who calls the API": (stack) => stack.set(stack.one(STAGE), "accessLogSettings", undefined),
    "nobody sees who calls a REST API": (stack) => addRestApi(stack, { stage: { accessLogSettings: null } }),
  },
};
