import { ECS_CLUSTER } from "../../../lib/containers";
import { type Finding, judge } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { elements, every, read, type Reading, readPath, some, type StackResource, text, type Tri } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";

const ACCOUNT_SETTING = "aws:ecs/accountSettingDefault:AccountSettingDefault";
const ON: ReadonlySet<string | undefined> = new Set(["enabled", "enhanced"]);
const INSIGHTS = "containerInsights";

/** Left out, a cluster takes the default of the account, which is off unless the stack sets it. */
export const clusterHasContainerInsights = stackRule({
  id: "cluster-has-container-insights",
  title: "Every ECS cluster has Container Insights",
  severity: "low",
  why: "Without it CloudWatch knows the processor and memory of a whole service alone: not those of a task, nor its restarts, nor what its network does.",
  fix: "Add { name: containerInsights, value: enabled } (or enhanced) to settings of the cluster.",
  links: ["https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/deploy-container-insights-ECS-cluster.html"],
  frameworks: [
    { name: "FSBP", id: "ECS.12" },
    { name: "Checkov", id: "CKV_AWS_65" },
    { name: "AwsSolutions", id: "ECS4" },
  ],
  check: (stack) => {
    const byAccount = accountDefault(stack);
    return stack
      .ofType(ECS_CLUSTER)
      .map((cluster) => judge(cluster, `cluster ${cluster.name} has no Container Insights`, findings(cluster, byAccount)));
  },
});

function accountDefault(stack: StackGraph): Tri {
  return some(
    stack.ofType(ACCOUNT_SETTING).map((setting) => {
      const name = read(setting, "name");
      return every([name.state === "unknown" ? undefined : text(name) === INSIGHTS, isOn(read(setting, "value"))]);
    }),
  );
}

function isOn(value: Reading): Tri {
  return value.state === "unknown" ? undefined : ON.has(text(value));
}

function findings(cluster: StackResource, byAccount: Tri): Finding[] {
  const property = "settings";
  const settings = elements(read(cluster, property));
  const own = settings.find((setting) => setting.state === "known" && text(readPath(setting.value, "name")) === INSIGHTS);
  const on = own?.state === "known" ? isOn(readPath(own.value, "value")) : settings.some(isUnclear) ? undefined : byAccount;
  if (on === true) return [];
  if (on === undefined) return [{ what: "its settings are not known yet", property, unknown: true }];
  return [{ what: own === undefined ? `${property} does not name ${INSIGHTS}` : `${INSIGHTS} is off`, property }];
}

/** Whether a setting may be any. */
function isUnclear(setting: Reading): boolean {
  return setting.state === "unknown" || (setting.state === "known" && readPath(setting.value, "name").state === "unknown");
}
