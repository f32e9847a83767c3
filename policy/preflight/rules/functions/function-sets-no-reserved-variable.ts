import { LAMBDA_RESERVED_VARIABLES } from "../../../../facts/limits-lambda-package";
import { notKnown } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import { isObject, read, type Resource } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { FUNCTION } from "../../../lib/visibility/log-groups";

const NAME = /^[A-Za-z][A-Za-z0-9_]+$/;

/** The names are known as soon as there is a list of variables, whatever their values. */
export const functionSetsNoReservedVariable = resourceRule({
  id: "function-sets-no-reserved-variable",
  title: "No function sets a variable that Lambda sets, or one of another form",
  severity: "high",
  why: "Lambda refuses a function that sets AWS_REGION, a key of its role or another name that it keeps, and names that do not begin with a letter.",
  fix: "Rename the entry of environment.variables, or take it out: Lambda sets the reserved ones itself.",
  links: [LAMBDA_RESERVED_VARIABLES.source],
  frameworks: [],
  types: [FUNCTION],
  check: (lambda) => [judge(lambda, `Lambda refuses the variables of ${lambda.name}`, nameFindings(lambda))],
});

function nameFindings(lambda: Resource): Finding[] {
  const property = "environment";
  const variables = read(lambda, "environment.variables");
  if (variables.state === "unknown") return [notKnown(property)];
  if (variables.state === "absent" || !isObject(variables.value)) return [];
  return Object.keys(variables.value).flatMap((name): Finding[] => {
    if (LAMBDA_RESERVED_VARIABLES.names.has(name)) return [{ what: `${name} is set by Lambda itself`, property }];
    return NAME.test(name) ? [] : [{ what: `${JSON.stringify(name)} is not two or more letters, digits and _, a letter first`, property }];
  });
}
