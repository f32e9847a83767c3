import { Attachments } from "../../../lib/attachments";
import { notKnown, unlessOn } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import { ifAsked } from "../../../lib/asked";
import { balancerType, BALANCERS, LISTENERS } from "../../../lib/network/balancers";
import { CLASSIC_BALANCERS } from "../../../lib/network/http-balancers";
import { read, some, type StackResource, text, type Tri } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";

/** A Network Load Balancer logs only what its TLS listeners take, so one without any has nothing to log. */
export const balancerHasAccessLogs = stackRule({
  id: "balancer-has-access-logs",
  title: "Every load balancer that can logs who asked for what",
  severity: "medium",
  why: "After an attack, or a fault that no service saw, the access log is the only record of who asked for what, when, and what was answered.",
  fix: "Set accessLogs of the load balancer to a bucket that Elastic Load Balancing may write to, with enabled: true.",
  links: [
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html",
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-access-logs.html",
  ],
  frameworks: [
    { name: "FSBP", id: "ELB.5" },
    { name: "Checkov", id: "CKV_AWS_91" },
    { name: "Checkov", id: "CKV_AWS_92" },
    { name: "AwsSolutions", id: "ELB2" },
  ],
  check: (stack) => {
    const listeners = new Attachments(stack, LISTENERS, "loadBalancerArn", BALANCERS);
    const all = [
      ...stack.ofType(...CLASSIC_BALANCERS).map((balancer) => ({ balancer, logs: true, byDefault: true })),
      ...stack.ofType(...BALANCERS).map((balancer) => ({ balancer, logs: canLog(balancer, listeners), byDefault: false })),
    ];
    return all.flatMap(({ balancer, logs, byDefault }) => {
      if (logs === false) return [];
      const doubt = { what: "whether it has listeners whose requests it can log is not known yet", property: "loadBalancerType" };
      return [judge(balancer, `${balancer.name} keeps no access logs`, ifAsked(logs, findings(balancer, byDefault), doubt))];
    });
  },
});

function canLog(balancer: StackResource, listeners: Attachments): Tri {
  const type = balancerType(balancer);
  if (type === "application") return true;
  if (type === "gateway") return false;
  const own: Tri[] = listeners.of(balancer).map((listener) => {
    const protocol = read(listener, "protocol");
    return protocol.state === "unknown" ? undefined : text(protocol) === "TLS";
  });
  const tls = some([...own, ...(listeners.mayHaveMore(balancer) ? [undefined] : [])]);
  return type === undefined && tls === false ? undefined : tls;
}

function findings(balancer: StackResource, byDefault: boolean): Finding[] {
  const logs = read(balancer, "accessLogs");
  if (logs.state === "unknown") return [notKnown("accessLogs")];
  if (logs.state === "absent") return [{ what: "it has no accessLogs", property: "accessLogs" }];
  return unlessOn(balancer, "accessLogs.enabled", byDefault, "accessLogs.enabled is off");
}
