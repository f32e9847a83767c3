import { notKnown, unlessOn } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { elements, read, type StackResource, text } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";
import { physicalName } from "../../../lib/visibility/log-groups";

const COMPOSITE = "aws:cloudwatch/compositeAlarm:CompositeAlarm";
const ALARMS = ["aws:cloudwatch/metricAlarm:MetricAlarm", COMPOSITE];
const DASHBOARD = "aws:cloudwatch/dashboard:Dashboard";
const ACTIONS = "alarmActions";

/** An alarm may act through another that is made of it, or through a deployment that it stops: then it needs no action of its own. */
export const alarmActs = stackRule({
  id: "alarm-acts",
  title: "Every alarm does something when it goes off",
  severity: "medium",
  why: "An alarm that tells nobody is found after the outage, by those who look why nobody knew.",
  fix: "Name a topic in alarmActions, leave actionsEnabled out, or let a composite alarm that has actions watch it.",
  links: ["https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html"],
  frameworks: [
    { name: "FSBP", id: "CloudWatch.15" },
    { name: "FSBP", id: "CloudWatch.17" },
    { name: "Checkov", id: "CKV_AWS_319" },
  ],
  check: (stack) => {
    const used = usedAlarms(stack);
    return stack.ofType(...ALARMS).map((alarm) => judge(alarm, `${alarm.name} goes off unheard`, findings(alarm, used)));
  },
});

/** The alarms that other resources are made from: by URN, and by the names that composite alarms spell out. */
interface Used {
  readonly urns: ReadonlySet<string>;
  readonly names: ReadonlySet<string>;
  /** A composite alarm whose rule is not known, and comes from no alarm of the stack. */
  readonly open: boolean;
}

function usedAlarms(stack: StackGraph): Used {
  const users = stack.resources.filter(({ type, provider }) => type !== DASHBOARD && (provider !== undefined || type.startsWith("aws:")));
  const urns = new Set(users.flatMap(({ propertyDependencies }) => Object.values(propertyDependencies).flat()));
  const names = new Set<string>();
  let open = false;
  for (const composite of stack.ofType(COMPOSITE)) {
    const rule = read(composite, "alarmRule");
    for (const [, name] of (text(rule) ?? "").matchAll(/\(\s*["']?([^"')]+?)["']?\s*\)/g)) names.add(name?.split(":").pop() ?? "");
    if (rule.state === "unknown" && (composite.propertyDependencies["alarmRule"] ?? []).length === 0) open = true;
  }
  return { urns, names, open };
}

function findings(alarm: StackResource, used: Used): Finding[] {
  const off = unlessOn(alarm, "actionsEnabled", true, "actionsEnabled is off");
  if (off.length > 0) return off;
  const actions = read(alarm, ACTIONS);
  if (actions.state === "unknown") return [notKnown(ACTIONS)];
  if (elements(actions).length > 0) return [];
  const name = physicalName(alarm);
  if (used.urns.has(alarm.urn) || (name !== undefined && used.names.has(name))) return [];
  const mayBeNamed = name === undefined && read(alarm, "name").state === "unknown" && used.names.size > 0;
  return used.open || mayBeNamed
    ? [{ what: "whether a composite alarm watches it is not known yet", property: ACTIONS, unknown: true }]
    : [{ what: "it has no alarmActions, and no other alarm watches it", property: ACTIONS }];
}
