import { z } from "zod";
import { budgetOf, budgetVerdict } from "../../lib/price/budget";
import { totalOf } from "../../lib/price/total";
import { stackRule, type Verdict } from "../../lib/rule";

const PLATFORM = "strata:stacks:Platform";
const STACK = "pulumi:pulumi:Stack";

const config = z.strictObject({
  monthlyUsd: z
    .number()
    .positive()
    .optional()
    .describe(
      "Most the stack may cost in a month, in USD at list prices. Default: what its platform declares; without either nothing is asked.",
    ),
});

/** Sums what is paid whether it is used or not. What is paid by use comes on top: a budget for which this is too much is too small for certain. */
export const environmentFitsItsBudget = stackRule({
  id: "environment-fits-its-budget",
  title: "What an environment costs before anybody uses it is within its budget",
  severity: "medium",
  why: "Instances, endpoints and storage are paid for from the first hour; a budget that is found to be too small on the bill was too small a month before.",
  fix: "Make what the message names smaller or remove it, or raise monthlyUsd of strata:budget.",
  links: ["https://docs.aws.amazon.com/wellarchitected/latest/cost-optimization-pillar/practice-cloud-financial-management.html"],
  frameworks: [],
  config,
  check: (stack, { monthlyUsd }): Verdict[] => {
    const [subject] = [...stack.ofType(PLATFORM), ...stack.ofType(STACK), ...stack.resources];
    if (subject === undefined) return [];
    const budget = budgetOf(subject, monthlyUsd);
    return budget === undefined ? [] : budgetVerdict(subject, budget, totalOf(stack.resources, stack));
  },
});
