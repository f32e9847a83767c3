import { z } from "zod";
import { LAMBDA_LIMITS } from "../../../../facts/limits-lambda";
import { notKnown } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { number, read, type StackResource, text } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";

const REST = "aws:apigateway/integration:Integration";
const V2 = "aws:apigatewayv2/integration:Integration";
const LEAST = LAMBDA_LIMITS.apiTimeoutMin.value;
const LONGEST = LAMBDA_LIMITS.apiTimeout.value;
const property = "timeoutMilliseconds";

const config = z.strictObject({
  restTimeoutMs: z
    .number()
    .int()
    .min(LEAST)
    .default(LAMBDA_LIMITS.restTimeout.value)
    .describe("Longest time in ms that a REST API may wait for an answer, by the quota of the account."),
});

/** Left out, an API waits as long as it can. Whether an API of the second version speaks HTTP or WebSocket is known only of one of the stack. */
export const apiIntegrationAnswersInTime = stackRule({
  id: "api-integration-answers-in-time",
  title: "No API waits longer for an answer than API Gateway lets it",
  severity: "high",
  why: "API Gateway refuses an integration that waits for less than 50 ms, or for more than 30 s in an HTTP API and 29 s in the others.",
  fix: "Set timeoutMilliseconds of the integration within the limits; take longer work out of the request and answer 202.",
  links: [LAMBDA_LIMITS.apiTimeout.source, LAMBDA_LIMITS.restTimeout.source],
  frameworks: [],
  config,
  check: (stack, { restTimeoutMs }) =>
    stack
      .ofType(V2, REST)
      .map((integration) => judge(integration, `API Gateway refuses ${integration.name}`, timeFindings(integration, restTimeoutMs, stack))),
});

function timeFindings(integration: StackResource, restTimeout: number, graph: StackGraph): Finding[] {
  const reading = read(integration, property);
  if (reading.state === "absent") return [];
  const time = number(reading);
  if (time === undefined) return [notKnown(property)];
  const { least, most } = integration.type === REST ? { least: restTimeout, most: restTimeout } : longest(integration, graph);
  if (time >= LEAST && time <= least) return [];
  if (time >= LEAST && time <= most) return [{ what: "protocolType of its API is not known yet", property: "apiId", unknown: true }];
  return [{ what: `${property} ${time} is not ${LEAST} to ${most}`, property }];
}

/** How long an API of the second version may wait: at the least and at the most, while it is not known of which kind it is. */
function longest(integration: StackResource, graph: StackGraph): { readonly least: number; readonly most: number } {
  const api = graph.reference(integration, "apiId", ["aws:apigatewayv2/api:Api"]);
  const protocol = api?.kind === "resource" ? read(api.resource, "protocolType") : undefined;
  const open = api?.kind === "unknown" || protocol?.state === "unknown";
  const webSocket = protocol !== undefined && text(protocol) === "WEBSOCKET";
  return {
    least: open || webSocket ? LAMBDA_LIMITS.restTimeout.value : LONGEST,
    most: webSocket ? LAMBDA_LIMITS.restTimeout.value : LONGEST,
  };
}
