import { CERTIFICATE_PROTOCOLS } from "../../../../facts/limits-elb";
import { notKnown } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import { isGiven } from "../../../lib/given";
import { LISTENERS } from "../../../lib/network/balancers";
import { read, type StackResource, text } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";

/** A certificate that the stack is about to make is one that is named. Certificates of `ListenerCertificate` come on top of the listener's own. */
export const listenerHasCertificate = stackRule({
  id: "listener-has-certificate",
  title: "A listener names a certificate exactly when it speaks HTTPS or TLS",
  severity: "high",
  why: "AWS refuses an HTTPS or TLS listener without a certificate of its own, and one on a listener that can't show it.",
  fix: "Set certificateArn of the listener, or set its protocol to HTTPS or TLS.",
  links: [CERTIFICATE_PROTOCOLS.source],
  frameworks: [],
  check: (stack) =>
    stack.ofType(...LISTENERS).map((listener) => judge(listener, `AWS refuses ${listener.name}`, certificateFindings(listener))),
});

function certificateFindings(listener: StackResource): Finding[] {
  const property = "certificateArn";
  const protocol = read(listener, "protocol");
  if (protocol.state === "unknown") return [notKnown("protocol")];
  // Left out, it is HTTP or HTTPS by the port, or that of a gateway load balancer.
  if (protocol.state === "absent") return [];
  const spoken = text(protocol) ?? "";
  const needed = CERTIFICATE_PROTOCOLS.protocols.has(spoken);
  const given = isGiven(listener, property);
  if (needed === given) return [];
  if (given === undefined) return [notKnown(property)];
  return [{ what: needed ? `it speaks ${spoken} and has no ${property}` : `it has a ${property} and speaks ${spoken}`, property }];
}
