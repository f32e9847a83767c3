import { unlessOn } from "../../../lib/expect";
import { judge } from "../../../lib/finding";
import { BALANCERS } from "../../../lib/network/balancers";
import { ifReadsHttp, readsHttp } from "../../../lib/network/http-balancers";
import { resourceRule } from "../../../lib/rule";

/** Of Application Load Balancers: the others do not read HTTP. */
export const balancerDropsInvalidHeaders = resourceRule({
  id: "balancer-drops-invalid-headers",
  title: "Every Application Load Balancer drops headers that are not valid",
  severity: "medium",
  why: "A header that the load balancer and the service read differently lets a caller smuggle a second request past every check of the first.",
  fix: "Set dropInvalidHeaderFields of the load balancer to true.",
  links: ["https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html"],
  frameworks: [
    { name: "FSBP", id: "ELB.4" },
    { name: "Checkov", id: "CKV_AWS_131" },
  ],
  types: BALANCERS,
  check: (balancer) => {
    if (readsHttp(balancer) === false) return [];
    const found = unlessOn(balancer, "dropInvalidHeaderFields", false, "dropInvalidHeaderFields is off");
    return [judge(balancer, `${balancer.name} passes on headers that are not valid`, ifReadsHttp(balancer, found))];
  },
  remediate: () => ({ dropInvalidHeaderFields: true }),
});
