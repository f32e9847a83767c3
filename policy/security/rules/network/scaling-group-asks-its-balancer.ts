import { ifAsked } from "../../../lib/asked";
import { Attachments } from "../../../lib/attachments";
import { notKnown } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import { SCALING_GROUP } from "../../../lib/network/instances";
import { read, readAll, some, type StackResource, text, type Tri } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";

/** Where a group names what sends requests to its instances. */
const SOURCES = ["targetGroupArns", "loadBalancers", "trafficSources"];
const ATTACHMENTS = ["aws:autoscaling/attachment:Attachment", "aws:autoscaling/trafficSourceAttachment:TrafficSourceAttachment"];

/** Of groups that load balancers send requests to. */
export const scalingGroupAsksItsBalancer = stackRule({
  id: "scaling-group-asks-its-balancer",
  title: "Every Auto Scaling group behind a load balancer replaces what the load balancer finds unhealthy",
  severity: "low",
  why: "Asking EC2 alone, the group keeps an instance whose program hangs: it counts, it costs, and no request is ever sent to it again.",
  fix: "Set healthCheckType of the group to ELB, and healthCheckGracePeriod to the time an instance needs to start.",
  links: ["https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-add-elb-healthcheck.html"],
  frameworks: [
    { name: "FSBP", id: "AutoScaling.1" },
    { name: "Checkov", id: "CKV2_AWS_15" },
  ],
  check: (stack) => {
    const attachments = new Attachments(stack, ATTACHMENTS, "autoscalingGroupName", [SCALING_GROUP]);
    return stack.ofType(SCALING_GROUP).flatMap((group) => {
      const behind = some([...SOURCES.map((property) => isNamed(group, property)), attachments.any(group)]);
      if (behind === false) return [];
      const doubt = { what: "whether it is behind a load balancer is not known yet", property: "targetGroupArns" };
      const fault = `${group.name} keeps what its load balancer finds unhealthy`;
      return [judge(group, fault, ifAsked(behind, findings(group), doubt))];
    });
  },
});

function isNamed(group: StackResource, property: string): Tri {
  if (read(group, property).state === "unknown") return undefined;
  return readAll(group, `${property}[*]`).length > 0;
}

/** Absent, it is EC2. The newer `healthCheckTypes` of EC2 may be given as a list in the one text. */
function findings(group: StackResource): Finding[] {
  const property = "healthCheckType";
  const type = read(group, property);
  if (type.state === "unknown") return [notKnown(property)];
  const asked = (text(type) ?? "EC2").split(",").map((kind) => kind.trim());
  return asked.includes("ELB") ? [] : [{ what: `${property} is ${asked.join(",")}`, property }];
}
