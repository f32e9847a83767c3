import { z } from "zod";
import { LAMBDA_LIMITS } from "../../../../facts/limits-lambda";
import type { StackGraph } from "../../../lib/graph";
import { append } from "../../../lib/multimap";
import { number, read, type StackResource, text } from "../../../lib/resource";
import { fail, notEvaluated, pass, stackRule, type Verdict } from "../../../lib/rule";
import { FUNCTION } from "../../../lib/visibility/log-groups";

const UNRESERVED = LAMBDA_LIMITS.unreserved.value;
const property = "reservedConcurrentExecutions";

const config = z.strictObject({
  accountConcurrency: z
    .number()
    .int()
    .positive()
    .default(LAMBDA_LIMITS.concurrency.value)
    .describe("Functions that may run at once in a region, by the quota of the account; a new account may have 10."),
});

/** Of functions in one region. -1 reserves nothing; what is not in the stack is not counted. */
export const reservedConcurrencyFitsTheAccount = stackRule({
  id: "reserved-concurrency-fits-the-account",
  title: "Functions reserve no more concurrency than their account has to give",
  severity: "high",
  why: "Lambda refuses a reservation that leaves less than 100 of the account's concurrency to all other functions, and the functions before it already have theirs.",
  fix: "Lower reservedConcurrentExecutions of some functions, or have the quota raised and set accountConcurrency to it.",
  links: [LAMBDA_LIMITS.unreserved.source],
  frameworks: [],
  config,
  check: (stack, { accountConcurrency }) => [...byRegion(stack).values()].flatMap((functions) => verdicts(functions, accountConcurrency)),
});

/**
 * One verdict for each function that reserves something; where it is too much, the one that reserves most is told so. While others are not known, it may be
 * that one as long as they make it too much with no more than it reserves itself.
 */
function verdicts(functions: readonly StackResource[], account: number): Verdict[] {
  const available = Math.max(0, account - UNRESERVED);
  const reserving = functions.filter((lambda) => read(lambda, property).state !== "absent");
  const amounts = reserving.map((lambda) => Math.max(0, number(read(lambda, property)) ?? 0));
  const sum = amounts.reduce((total, amount) => total + amount, 0);
  const unknown = reserving.filter(isUnknown).length;
  const largest = amounts.indexOf(Math.max(...amounts));
  return reserving.map((lambda, index) => {
    if (sum > available && index === largest) {
      const most = `${lambda.name} reserves ${amounts[index] ?? 0}, and with the others of its region ${sum}`;
      return fail(lambda.urn, `${most}; ${available} of ${account} can be reserved`, property);
    }
    const open = isUnknown(lambda) ? sum <= available : index === largest && sum + unknown * (amounts[index] ?? 0) > available;
    return open ? notEvaluated(lambda.urn, `${property} is not known yet`, property) : pass(lambda.urn);
  });
}

function isUnknown(lambda: StackResource): boolean {
  return read(lambda, property).state === "unknown";
}

/** The functions of each region, told apart by their provider and their own word. */
function byRegion(graph: StackGraph): ReadonlyMap<string, readonly StackResource[]> {
  const result = new Map<string, StackResource[]>();
  for (const lambda of graph.ofType(FUNCTION)) append(result, text(read(lambda, "region")) ?? lambda.provider ?? "", lambda);
  return result;
}
