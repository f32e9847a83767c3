import { unless } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import { API_STAGE, apiOf, REST_STAGE, inMethodSettings } from "../../../lib/functions/apis";
import type { StackGraph } from "../../../lib/graph";
import { type Json, not, read, type StackResource, type Tri } from "../../../lib/resource";
import { stackRule, type Verdict } from "../../../lib/rule";

/** HTTP APIs have no such logs, so their stages have no verdict. */
export const apiStageLogsErrors = stackRule({
  id: "api-stage-logs-errors",
  title: "Every stage of a REST or WebSocket API logs the errors of API Gateway",
  severity: "medium",
  why: "The access log says that a call failed; only this log says why: an authorizer that threw, a mapping that broke, a back end that did not answer.",
  fix: "Set loggingLevel to ERROR or INFO: in method settings for every path (`*/*`) of a REST stage, in defaultRouteSettings of a WebSocket stage.",
  links: [
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html",
    "https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html#apigateway-1",
  ],
  frameworks: [
    { name: "FSBP", id: "APIGateway.1" },
    { name: "Checkov", id: "CKV2_AWS_4" },
    { name: "AwsSolutions", id: "APIG6" },
  ],
  check: (stack) => [
    ...stack.ofType(REST_STAGE).map((stage) => verdict(stage, inMethods(stage, stack), true)),
    ...stack.ofType(API_STAGE).flatMap((stage) => {
      const asked = isWebSocket(stage, stack);
      return asked === false ? [] : [verdict(stage, unlessLogged(stage, "defaultRouteSettings.loggingLevel"), asked)];
    }),
  ],
});

function verdict(stage: StackResource, findings: readonly Finding[], asked: Tri): Verdict {
  const excuse = { given: not(asked), what: "whether its API speaks WebSocket", property: "apiId" };
  return judge(stage, `stage ${stage.name} logs no errors`, findings, excuse);
}

function inMethods(stage: StackResource, stack: StackGraph): readonly Finding[] {
  return inMethodSettings(stage, stack, (settings) => unlessLogged(settings, "settings.loggingLevel"));
}

/** Absent is OFF. */
function unlessLogged(resource: StackResource, property: string): Finding[] {
  return unless(resource, property, { accepts: isLevel, absent: "wrong", what: `${property} is neither ERROR nor INFO` });
}

function isLevel(value: Json): boolean {
  return value === "ERROR" || value === "INFO";
}

function isWebSocket(stage: StackResource, stack: StackGraph): Tri {
  const api = apiOf(stage, stack);
  if (api === undefined) return false;
  const protocol = read(api, "protocolType");
  return protocol.state === "unknown" ? undefined : protocol.state === "known" && protocol.value === "WEBSOCKET";
}
