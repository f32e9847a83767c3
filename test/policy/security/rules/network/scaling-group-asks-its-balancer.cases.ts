import { scalingGroupAsksItsBalancer as rule } from "../../../../../policy/security/rules/network/scaling-group-asks-its-balancer";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { id, type Inputs } from "../../../stack";

const TYPE = "aws:autoscaling/group:Group";
const BEHIND = { targetGroupArns: ["arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/web/1"] };

function group(inputs: Inputs): Given {
  return (stack) => stack.add(TYPE, "workers", inputs);
}

/** A group that a resource of its own puts behind a target group. */
function attached(inputs: Inputs): Given {
  return (stack) => {
    const made = stack.add(TYPE, "workers", inputs);
    stack.add("aws:autoscaling/attachment:Attachment", "workers", { autoscalingGroupName: id(made), lbTargetGroupArn: "arn" });
    return made;
  };
}

export const cases: RuleCases = {
  rule,
  pass: {
    "when it asks its load balancer": group({ ...BEHIND, healthCheckType: "ELB" }),
    "when it asks others too": group({ ...BEHIND, healthCheckType: "EC2, ELB" }),
    "when it is attached and asks": attached({ healthCheckType: "ELB" }),
  },
  fail: {
    "when it asks EC2 alone": { given: group({ ...BEHIND, healthCheckType: "EC2" }), says: /workers keeps what .* is EC2/ },
    "when it is attached and does not ask": { given: attached({ healthCheckType: "EC2" }), says: /healthCheckType is EC2/ },
    "also before anything is made": { given: attached({}), known: false, says: /healthCheckType is EC2/ },
    "behind a classic load balancer": { given: group({ loadBalancers: ["web"] }), says: /healthCheckType is EC2/ },
  },
  absent: {
    "which is EC2": { given: group(BEHIND), says: /healthCheckType is EC2/ },
    "with nothing to say behind no load balancer": { given: group({}), says: "nothing" },
    "with nothing to say for an empty list": { given: group({ targetGroupArns: [] }), says: "nothing" },
  },
  unknown: {
    "while the type is not known": group({ ...BEHIND, healthCheckType: UNKNOWN }),
    "while it is not known whether it is behind one": group({ targetGroupArns: UNKNOWN }),
  },
  mutations: {
    "the instances of the cluster get requests, and are only asked for by EC2": (stack) => {
      const [target] = stack.all("aws:lb/targetGroup:TargetGroup", "orders");
      stack.set(stack.one(TYPE), "targetGroupArns", [target?.outputs?.["arn"] ?? ""]);
    },
  },
};
