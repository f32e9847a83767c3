import { unless } from "../../../lib/expect";
import { judge } from "../../../lib/finding";
import { BALANCERS } from "../../../lib/network/balancers";
import { CLASSIC_BALANCERS, ifReadsHttp, readsHttp } from "../../../lib/network/http-balancers";
import { resourceRule } from "../../../lib/rule";

/** What a load balancer lets through, from the least: `monitor` lets everything through. Left out, it is `defensive`. */
const MODES: ReadonlySet<unknown> = new Set(["defensive", "strictest"]);

/** Of load balancers that read HTTP. */
export const balancerMitigatesDesync = resourceRule({
  id: "balancer-mitigates-desync",
  title: "Every load balancer that reads HTTP holds back requests made to be read in two ways",
  severity: "medium",
  why: "Where the load balancer sees one request and the service two, the second is answered to somebody else, or never checked at all.",
  fix: "Leave desyncMitigationMode of the load balancer out, which is defensive, or set it to defensive or strictest.",
  links: ["https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#desync-mitigation-mode"],
  frameworks: [
    { name: "FSBP", id: "ELB.12" },
    { name: "FSBP", id: "ELB.14" },
    { name: "Checkov", id: "CKV_AWS_328" },
  ],
  types: [...BALANCERS, ...CLASSIC_BALANCERS],
  check: (balancer) => {
    if (readsHttp(balancer) === false) return [];
    const property = "desyncMitigationMode";
    const found = unless(balancer, property, { accepts: (mode) => MODES.has(mode), absent: "fine", what: `${property} is monitor` });
    return [judge(balancer, `${balancer.name} passes on ambiguous requests`, ifReadsHttp(balancer, found))];
  },
});
