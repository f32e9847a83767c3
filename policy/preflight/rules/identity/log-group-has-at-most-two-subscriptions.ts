import { LOG_LIMITS } from "../../../../facts/limits-logs";
import { type Rivals, rivalsOf } from "../../../lib/claims";
import type { StackGraph } from "../../../lib/graph";
import { fail, notEvaluated, pass, stackRule } from "../../../lib/rule";
import { LOG_GROUP } from "../../../lib/visibility/log-groups";

const FILTER = "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter";
const MOST = LOG_LIMITS.subscriptionsPerGroup.value;

export const logGroupHasAtMostTwoSubscriptions = stackRule({
  id: "log-group-has-at-most-two-subscriptions",
  title: "No log group has more than two subscription filters",
  severity: "high",
  why: "CloudWatch refuses a third filter, and raises that for nobody; which of them is third differs from run to run.",
  fix: "Send the group to one stream and from there to all, or use an account-level subscription (logAccountPolicy), which does not count.",
  links: [LOG_LIMITS.subscriptionsPerGroup.source],
  frameworks: [],
  check: (stack) =>
    stack.ofType(FILTER).map((filter) => {
      const rivals = stack.once(rivalsByFilter).get(filter.urn);
      if (rivals === undefined) return notEvaluated(filter.urn, "logGroup is not known yet", "logGroup");
      const { certain, open } = rivals;
      if (certain.length >= MOST) {
        const others = certain.map(({ name }) => name).join(" and ");
        return fail(filter.urn, `${filter.name} comes on top of ${others} of the same log group, which has at most ${MOST}`, "logGroup");
      }
      return certain.length + open >= MOST
        ? notEvaluated(filter.urn, "the log groups of other filters are not known yet", "logGroup")
        : pass(filter.urn);
    }),
});

function rivalsByFilter(graph: StackGraph): ReadonlyMap<string, Rivals> {
  return rivalsOf(
    graph.ofType(FILTER).map((filter) => ({ by: filter, owner: graph.reference(filter, "logGroup", [LOG_GROUP]), value: "" })),
  );
}
