import { z } from "zod";
import { unless } from "../../../lib/expect";
import { judge } from "../../../lib/finding";
import { functionOf } from "../../../lib/functions/functions";
import { hasReason, REASON_CONFIG } from "../../../lib/reason";
import { stackRule } from "../../../lib/rule";

const FUNCTION_URL = "aws:lambda/functionUrl:FunctionUrl";

/** A URL has no tags, so its function gives the reason. */
export const functionUrlNeedsAuthorization = stackRule({
  id: "function-url-needs-authorization",
  title: "No function URL is open to everyone without a reason",
  severity: "high",
  why: "Whoever learns the URL calls the function, as often as they like: nothing in front of it limits, logs or filters requests.",
  fix: "Set authorizationType to AWS_IAM, or put the function behind an API; the URL of a webhook gives its reason in the tag strata:because of the function.",
  links: ["https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html"],
  frameworks: [{ name: "Checkov", id: "CKV_AWS_258" }],
  config: z.strictObject({ reasonTag: REASON_CONFIG.reasonTag }),
  check: (stack, names) =>
    stack.ofType(FUNCTION_URL).map((url) => {
      const findings = unless(url, "authorizationType", {
        accepts: (value) => value === "AWS_IAM",
        absent: "wrong",
        what: "authorizationType is not AWS_IAM",
      });
      const called = functionOf(url, "functionName", stack);
      const given = called === undefined ? false : hasReason(called, names);
      const excuse = { given, what: "whether its function gives a reason", property: "functionName" };
      return judge(url, `everyone can call the function URL ${url.name}`, findings, excuse);
    }),
});
