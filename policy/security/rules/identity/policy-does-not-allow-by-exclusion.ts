import { allowedVerdicts } from "../../../lib/iam/identity-policies";
import { stackRule } from "../../../lib/rule";

export const policyDoesNotAllowByExclusion = stackRule({
  id: "policy-does-not-allow-by-exclusion",
  title: "No policy allows everything but what it names",
  severity: "high",
  why: "NotAction and NotResource with Allow take in all that is not named, of every service, and whatever AWS adds tomorrow.",
  fix: "Say in Action and Resource what is allowed; keep NotAction and NotResource for statements that deny.",
  links: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html"],
  frameworks: [],
  check: (stack) =>
    allowedVerdicts(stack, "allows everything but what it names", (statement, name, property) =>
      ["NotAction", "NotResource"]
        .filter((element) => element in statement)
        .map((element) => ({ what: `${name} allows by ${element}`, property })),
    ),
});
