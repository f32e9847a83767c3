import { z } from "zod";
import { unless } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import { API, apiOf, METHOD, ROUTE } from "../../../lib/functions/apis";
import type { StackGraph } from "../../../lib/graph";
import { hasReason, REASON_CONFIG, type ReasonNames } from "../../../lib/reason";
import { type Json, not, read, some, type StackResource, text, type Tri } from "../../../lib/resource";
import { stackRule, type Verdict } from "../../../lib/rule";

/**
 * Reads the routes of HTTP and WebSocket APIs and the methods of REST APIs; those of an OpenAPI document are not resources. A browser asks
 * OPTIONS before it may send credentials, and a WebSocket is authorized once, when it connects. An API key tells callers apart, no more.
 * Routes have no tags: the reason for open ones is given by their API, or by an exception for one route.
 */
export const routeNeedsAuthorization = stackRule({
  id: "route-needs-authorization",
  title: "No route of an API is open to everyone without a reason",
  severity: "high",
  why: "What stands behind an open route is called by anyone who finds it; one that was only forgotten looks the same as one that is meant to be open.",
  fix: "Set authorizationType (of a REST method: authorization) to AWS_IAM or an authorizer; an API that is meant to be open says why in the tag strata:because.",
  links: [
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control.html",
    "https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html#apigateway-8",
  ],
  frameworks: [
    { name: "FSBP", id: "APIGateway.8" },
    { name: "Checkov", id: "CKV_AWS_309" },
    { name: "Checkov", id: "CKV_AWS_59" },
    { name: "AwsSolutions", id: "APIG4" },
  ],
  config: z.strictObject({ reasonTag: REASON_CONFIG.reasonTag }),
  check: (stack, names) => {
    const judged = (type: string, property: string, isAsked: (resource: StackResource, graph: StackGraph) => Tri): Verdict[] =>
      stack.ofType(type).flatMap((route) => {
        const asked = isAsked(route, stack);
        return asked === false ? [] : [verdict(route, unlessAuthorized(route, property), stack, names, asked)];
      });
    return [
      ...judged(ROUTE, "authorizationType", isAskedRoute),
      ...judged(METHOD, "authorization", isAskedMethod),
      ...stack
        .ofType(API)
        .filter((api) => read(api, "target").state !== "absent")
        .map((api) => verdict(api, [{ what: "the route that target makes has no authorization", property: "target" }], stack, names, true)),
    ];
  },
});

/** `asked` undefined: it is not known whether the route is one that a browser or a connection asks by itself. */
function verdict(route: StackResource, findings: readonly Finding[], stack: StackGraph, names: ReasonNames, asked: Tri): Verdict {
  const api = route.type === API ? route : apiOf(route, stack);
  const reason = api === undefined ? false : hasReason(api, names);
  const what = asked === undefined ? "which requests it takes" : "whether its API gives a reason";
  const excuse = { given: some([not(asked), reason]), what, property: "apiId" };
  return judge(route, `everyone can call ${text(read(route, "routeKey")) ?? route.name}`, findings, excuse);
}

/** Absent is NONE. */
function unlessAuthorized(route: StackResource, property: string): Finding[] {
  const accepts = (value: Json): boolean => value !== "NONE";
  return unless(route, property, { accepts, absent: "wrong", what: `${property} is NONE` });
}

/** A browser asks OPTIONS before it has credentials. */
function isAskedMethod(method: StackResource): Tri {
  const reading = read(method, "httpMethod");
  return reading.state === "unknown" ? undefined : text(reading) !== "OPTIONS";
}

function isAskedRoute(route: StackResource, stack: StackGraph): Tri {
  const reading = read(route, "routeKey");
  if (reading.state === "unknown") return undefined;
  const key = text(reading);
  if (key === undefined || key === "$connect") return true;
  if (key.startsWith("OPTIONS ")) return false;
  const api = apiOf(route, stack);
  // Only the keys of an HTTP API hold a method and a path.
  if (api === undefined) return key.includes(" ") || key === "$default";
  const protocol = read(api, "protocolType");
  return protocol.state === "unknown" ? undefined : text(protocol) !== "WEBSOCKET";
}
