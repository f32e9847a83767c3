import { judge } from "../../../lib/finding";
import { SCALING_GROUP } from "../../../lib/network/instances";
import { read } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";

export const scalingGroupUsesLaunchTemplate = resourceRule({
  id: "scaling-group-uses-launch-template",
  title: "Every Auto Scaling group starts its instances from a launch template",
  severity: "medium",
  why: "Launch configurations know no versions, no mixed instance types and none of the newer instance settings, and new accounts can't make them any more.",
  fix: "Replace launchConfiguration of the group by launchTemplate or mixedInstancesPolicy, with a launch template that says the same.",
  links: ["https://docs.aws.amazon.com/autoscaling/ec2/userguide/launch-configurations.html"],
  frameworks: [
    { name: "FSBP", id: "AutoScaling.9" },
    { name: "Checkov", id: "CKV_AWS_315" },
  ],
  types: [SCALING_GROUP],
  check: (group) => {
    const property = "launchConfiguration";
    // Whatever its name turns out to be: that it is there is wrong.
    const found = read(group, property).state === "absent" ? [] : [{ what: `it has a ${property}`, property }];
    return [judge(group, `${group.name} uses no launch template`, found)];
  },
});
