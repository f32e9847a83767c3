import { unlessOff } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import { API_STAGE, METHOD_SETTINGS } from "../../../lib/functions/apis";
import { read, type Resource } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";

export const apiLogsNoBodies = resourceRule({
  id: "api-logs-no-bodies",
  title: "No API writes whole requests and answers into its log",
  severity: "medium",
  why: "A data trace holds tokens, passwords and personal data in plain text, for everyone who may read logs, as long as they are kept.",
  fix: "Set dataTraceEnabled to false, and log by accessLogSettings what you need of a request.",
  links: ["https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html"],
  frameworks: [{ name: "Checkov", id: "CKV_AWS_276" }],
  types: [METHOD_SETTINGS, API_STAGE],
  check: (settings) => {
    const findings = settings.type === API_STAGE ? inStage(settings) : traced(settings, "settings");
    return [judge(settings, `${settings.name} logs whole requests`, findings)];
  },
});

function inStage(stage: Resource): Finding[] {
  const routes = read(stage, "routeSettings");
  const count = routes.state === "known" && Array.isArray(routes.value) ? routes.value.length : 0;
  return [
    ...traced(stage, "defaultRouteSettings"),
    ...(routes.state === "unknown" ? traced(stage, "routeSettings") : []),
    ...Array.from({ length: count }, (_, index) => traced(stage, `routeSettings[${index}]`)).flat(),
  ];
}

function traced(resource: Resource, settings: string): Finding[] {
  return unlessOff(resource, `${settings}.dataTraceEnabled`, false, `dataTraceEnabled of ${settings} is on`);
}
