import { DEFAULT_TLS_POLICY, MODERN_TLS_POLICIES } from "../../../../facts/tls-policies";
import { ifAsked } from "../../../lib/asked";
import { notKnown } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import { LISTENERS } from "../../../lib/network/balancers";
import { read, type Resource, text } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";

const ENCRYPTED: ReadonlySet<string | undefined> = new Set(["HTTPS", "TLS"]);

/** Of listeners that end TLS. */
export const listenerHasModernTls = resourceRule({
  id: "listener-has-modern-tls",
  title: "Every listener that ends TLS takes version 1.2 or later with strong ciphers alone",
  severity: "medium",
  why: "TLS 1.0 and 1.1, and ciphers without forward secrecy, let who records traffic today read it with tomorrow's key.",
  fix: "Set sslPolicy of the listener to ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09, or another recommended one without Ext in its name.",
  links: [MODERN_TLS_POLICIES.source, DEFAULT_TLS_POLICY.source],
  frameworks: [
    { name: "FSBP", id: "ELB.17" },
    { name: "Checkov", id: "CKV_AWS_103" },
    { name: "Checkov", id: "CKV2_AWS_74" },
  ],
  types: LISTENERS,
  check: (listener) => {
    const protocol = read(listener, "protocol");
    if (protocol.state !== "unknown" && !ENCRYPTED.has(text(protocol))) return [];
    const asked = protocol.state === "unknown" ? undefined : true;
    return [judge(listener, `${listener.name} takes old TLS`, ifAsked(asked, findings(listener), notKnown("protocol")))];
  },
});

function findings(listener: Resource): Finding[] {
  const property = "sslPolicy";
  const policy = read(listener, property);
  if (policy.state === "unknown") return [notKnown(property)];
  const name = text(policy) ?? DEFAULT_TLS_POLICY.name;
  if (MODERN_TLS_POLICIES.pattern.test(name)) return [];
  return [{ what: policy.state === "absent" ? `without ${property} it is ${name}` : `${property} is ${name}`, property }];
}
