import { ELB_LIMITS } from "../../../../facts/limits-elb";
import { type Claim, type Rivals, rivalsOf } from "../../../lib/claims";
import type { StackGraph } from "../../../lib/graph";
import { LISTENER_RULES, LISTENERS } from "../../../lib/network/balancers";
import { number, read, type StackResource } from "../../../lib/resource";
import { fail, notEvaluated, pass, stackRule, type Verdict } from "../../../lib/rule";

/** A rule without a priority gets the next free one. */
export const listenerRuleHasItsOwnPriority = stackRule({
  id: "listener-rule-has-its-own-priority",
  title: "No two rules of a listener have the same priority, and each is between 1 and 50,000",
  severity: "high",
  why: "AWS refuses the second rule of a priority: the service behind it is then deployed and never reached.",
  fix: "Give each rule a priority of its own between 1 and 50,000, or leave it out.",
  links: [ELB_LIMITS.rulePriority.source],
  frameworks: [],
  check: (stack) => stack.ofType(...LISTENER_RULES).map((rule) => verdict(rule, stack)),
});

function verdict(rule: StackResource, graph: StackGraph): Verdict {
  const reading = read(rule, "priority");
  if (reading.state === "absent") return pass(rule.urn);
  const priority = number(reading);
  if (priority === undefined) return notEvaluated(rule.urn, "priority is not known yet", "priority");
  if (priority < 1 || priority > ELB_LIMITS.rulePriority.value)
    return fail(rule.urn, `priority ${priority} of ${rule.name} is not between 1 and ${ELB_LIMITS.rulePriority.value}`, "priority");
  const rivals = graph.once(rivalsByRule).get(rule.urn);
  if (rivals === undefined) return notEvaluated(rule.urn, "listenerArn is not known yet", "listenerArn");
  const [first] = rivals.certain;
  if (first !== undefined)
    return fail(rule.urn, `${rule.name} has priority ${priority}, as ${first.name} of the same listener has`, "priority");
  return rivals.open > 0 ? notEvaluated(rule.urn, "the priorities of other rules are not known yet", "priority") : pass(rule.urn);
}

function rivalsByRule(graph: StackGraph): ReadonlyMap<string, Rivals> {
  return rivalsOf(
    graph.ofType(...LISTENER_RULES).flatMap((rule): Claim[] => {
      const priority = read(rule, "priority");
      if (priority.state === "absent") return [];
      return [{ by: rule, owner: graph.reference(rule, "listenerArn", LISTENERS), value: number(priority)?.toString() }];
    }),
  );
}
