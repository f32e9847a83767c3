import { LAMBDA_LIMITS } from "../../../../facts/limits-lambda";
import { notKnown } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import { number, read, type Resource } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { FUNCTION } from "../../../lib/visibility/log-groups";

const MS_PER_SECOND = 1_000;

/** What Lambda takes of each size. Left out, memory is 128 MB, the timeout 3 s and /tmp 512 MB. */
const RANGES: readonly (readonly [path: string, least: number, most: number, unit: string])[] = [
  ["memorySize", LAMBDA_LIMITS.memoryMin.value, LAMBDA_LIMITS.memoryMax.value, "MB"],
  ["timeout", 1, LAMBDA_LIMITS.timeout.value / MS_PER_SECOND, "s"],
  ["ephemeralStorage.size", LAMBDA_LIMITS.scratchMin.value, LAMBDA_LIMITS.scratch.value, "MB"],
];

export const functionSizeIsInRange = resourceRule({
  id: "function-size-is-in-range",
  title: "The memory, timeout and scratch space of a function are such as Lambda has",
  severity: "high",
  why: "Lambda refuses a function with less than 128 MB or more than 10,240 MB of memory, with more than 15 minutes, or with other scratch space than 512 MB to 10,240 MB.",
  fix: "Set memorySize (MB), timeout (seconds) and ephemeralStorage.size (MB) to whole numbers in these ranges; for longer work use Fargate.",
  links: [LAMBDA_LIMITS.memoryMax.source],
  frameworks: [],
  types: [FUNCTION],
  check: (lambda) => [judge(lambda, `Lambda refuses the size of ${lambda.name}`, sizeFindings(lambda))],
});

function sizeFindings(lambda: Resource): Finding[] {
  return RANGES.flatMap(([path, least, most, unit]): Finding[] => {
    const reading = read(lambda, path);
    const property = path.split(".")[0] ?? path;
    if (reading.state === "absent") return [];
    if (reading.state === "unknown") return [notKnown(property)];
    const size = number(reading);
    if (size !== undefined && Number.isInteger(size) && least <= size && size <= most) return [];
    return [{ what: `${path} is ${JSON.stringify(reading.value)}, not ${least} to ${most} ${unit}`, property }];
  });
}
