import { notKnown } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import { API_STAGE, REST_STAGE, inMethodSettings } from "../../../lib/functions/apis";
import type { StackGraph } from "../../../lib/graph";
import { number, read, type StackResource } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";

export const apiStageIsThrottled = stackRule({
  id: "api-stage-is-throttled",
  title: "Every stage of an API has a limit of requests of its own",
  severity: "medium",
  why: "All APIs of a region share one limit of the account: a flood of requests to one of them closes every other, and is paid for.",
  fix: "Set throttlingRateLimit: in defaultRouteSettings of an HTTP or WebSocket stage, in method settings for every path (`*/*`) of a REST stage.",
  links: ["https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html"],
  frameworks: [],
  check: (stack) => [
    ...stack.ofType(API_STAGE).map((stage) => judge(stage, fault(stage), unlessLimited(stage, "defaultRouteSettings.throttlingRateLimit"))),
    ...stack.ofType(REST_STAGE).map((stage) => judge(stage, fault(stage), inMethods(stage, stack))),
  ],
});

function fault({ name }: StackResource): string {
  return `stage ${name} takes all the requests that the account may have`;
}

function inMethods(stage: StackResource, stack: StackGraph): readonly Finding[] {
  return inMethodSettings(stage, stack, (settings) => unlessLimited(settings, "settings.throttlingRateLimit"));
}

/** The provider's -1 is no limit. */
function unlessLimited(resource: StackResource, property: string): Finding[] {
  const reading = read(resource, property);
  if (reading.state === "unknown") return [notKnown(property)];
  return (number(reading) ?? fraction(reading.state === "known" ? reading.value : undefined) ?? -1) >= 0
    ? []
    : [{ what: `${property} is not set`, property }];
}

/** A rate may be less than one request a second, which `number` reads only as a number. */
function fraction(value: unknown): number | undefined {
  return typeof value === "string" && /^\d*\.\d+$/.test(value) ? Number(value) : undefined;
}
