import { z } from "zod";
import { DURABLE_CONFIG, excuseOf, TO_STAY } from "../../../lib/durable";
import { unlessOn } from "../../../lib/expect";
import { judge } from "../../../lib/finding";
import { BALANCERS } from "../../../lib/network/balancers";
import { stackRule } from "../../../lib/rule";

/** Of durable environments, as long as nobody takes them down. A classic load balancer has no such protection. */
export const balancerHasDeletionProtection = stackRule({
  id: "balancer-has-deletion-protection",
  title: "Every durable load balancer is protected from deletion",
  severity: "medium",
  why: "A deleted load balancer takes its addresses and its DNS name with it: whoever calls the old name, or admits the old addresses, is cut off.",
  fix: "Set enableDeletionProtection of the load balancer to true.",
  links: ["https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html#deletion-protection"],
  frameworks: [
    { name: "FSBP", id: "ELB.6" },
    { name: "Checkov", id: "CKV_AWS_150" },
  ],
  config: z.strictObject(DURABLE_CONFIG),
  check: (stack, { durable: byDefault }) =>
    stack.ofType(...BALANCERS).flatMap((balancer) => {
      const stays = TO_STAY.of(balancer, stack, byDefault);
      if (stays === false) return [];
      const property = "enableDeletionProtection";
      const found = unlessOn(balancer, property, false, `${property} is off`);
      return [judge(balancer, `${balancer.name} can be deleted by a mistake`, found, excuseOf(TO_STAY, stays))];
    }),
});
