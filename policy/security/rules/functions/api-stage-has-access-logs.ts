import { judge } from "../../../lib/finding";
import { API_STAGE, REST_STAGE } from "../../../lib/functions/apis";
import { unlessGiven } from "../../../lib/given";
import { stackRule } from "../../../lib/rule";

/** Looks at the whole stack: before a log group exists its ARN is not known, but that there will be one already is. */
export const apiStageHasAccessLogs = stackRule({
  id: "api-stage-has-access-logs",
  title: "Every stage of an API logs who called it",
  severity: "medium",
  why: "Without access logs nobody can tell who called the API, when, and what came of it, neither after an attack nor after a failure.",
  fix: "Set accessLogSettings with the ARN of a log group and a format.",
  links: [
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging.html",
    "https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html#apigateway-9",
  ],
  frameworks: [
    { name: "FSBP", id: "APIGateway.9" },
    { name: "Checkov", id: "CKV_AWS_76" },
    { name: "Checkov", id: "CKV_AWS_95" },
    { name: "AwsSolutions", id: "APIG1" },
  ],
  check: (stack) =>
    stack
      .ofType(API_STAGE, REST_STAGE)
      .map((stage) =>
        judge(
          stage,
          `stage ${stage.name} logs no calls`,
          unlessGiven(stage, "accessLogSettings.destinationArn", "it has no accessLogSettings"),
        ),
      ),
});
