import { LAMBDA_PACKAGE_LIMITS } from "../../../../facts/limits-lambda-package";
import { notKnown } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import { isObject, read, type Resource } from "../../../lib/resource";
import { isUnknown } from "../../../lib/json";
import { resourceRule } from "../../../lib/rule";
import { FUNCTION } from "../../../lib/visibility/log-groups";

const MOST = LAMBDA_PACKAGE_LIMITS.environment.value * 1_024 * 1_024;
/** Bytes that a value which is not known yet is likely to have at most: names, URLs and ARNs of AWS are seldom longer. */
const UNKNOWN_BYTES = 256;

/** Nothing is said of variables that are likely to fit while some are not known yet, as in the first preview of nearly every function. */
export const functionVariablesFitFourKilobytes = resourceRule({
  id: "function-variables-fit-four-kilobytes",
  title: "The variables of a function have at most 4 KB together",
  severity: "high",
  why: "Lambda refuses a function whose environment variables, names and values, are larger than 4 KB.",
  fix: "Move long values of environment.variables to a parameter, a secret or a file in the package, and give the function its name.",
  links: [LAMBDA_PACKAGE_LIMITS.environment.source],
  frameworks: [],
  types: [FUNCTION],
  check: (lambda) => {
    const findings = sizeFindings(lambda);
    return findings === undefined ? [] : [judge(lambda, `Lambda refuses the variables of ${lambda.name}`, findings)];
  },
});

/** Undefined when nothing is to be said. */
function sizeFindings(lambda: Resource): Finding[] | undefined {
  const property = "environment";
  const variables = read(lambda, "environment.variables");
  if (variables.state === "unknown") return [notKnown(property)];
  if (variables.state === "absent" || !isObject(variables.value)) return [];
  const entries = Object.entries(variables.value);
  const unknown = entries.filter(([, value]) => isUnknown(value)).length;
  const known = entries.reduce(
    (sum, [name, value]) => sum + bytes(name) + (isUnknown(value) ? 0 : bytes(typeof value === "string" ? value : JSON.stringify(value))),
    0,
  );
  if (known > MOST) return [{ what: `they have ${known} bytes, of at most ${MOST}`, property }];
  if (unknown === 0) return [];
  if (known + unknown * UNKNOWN_BYTES <= MOST) return undefined;
  return [{ what: `${unknown} of its variables are not known yet, the others have ${known} bytes of ${MOST}`, property, unknown: true }];
}

function bytes(value: string): number {
  return Buffer.byteLength(value);
}
