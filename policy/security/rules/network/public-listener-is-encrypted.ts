import { z } from "zod";
import { ifAsked } from "../../../lib/asked";
import { Attachments } from "../../../lib/attachments";
import { DURABLE_CONFIG, isDurable } from "../../../lib/durable";
import { type Finding, judge } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { BALANCERS, LISTENER_RULES, LISTENERS } from "../../../lib/network/balancers";
import { hasReason, REASON_CONFIG } from "../../../lib/reason";
import { every, not, number, read, readAll, readFlag, readPath, some, type StackResource, text, type Tri } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";

const config = z.strictObject({
  ...DURABLE_CONFIG,
  reasonTag: REASON_CONFIG.reasonTag,
  internal: z.boolean().default(false).describe("Whether listeners of internal load balancers are asked too."),
  passThrough: z
    .array(z.int().min(1).max(65_535))
    .default([443, 465, 636, 853, 990, 993, 995, 5061, 5671, 8443, 8883, 9094])
    .describe("TCP ports whose traffic is taken for TLS that the target ends: those that IANA, Kafka and common use give to it."),
});

type Settings = z.output<typeof config>;

/** Of durable environments: a certificate needs a domain. What UDP carries is encrypted by its own means (QUIC, DTLS) or can't be. */
export const publicListenerIsEncrypted = stackRule({
  id: "public-listener-is-encrypted",
  title: "No public listener takes more than a redirect without encryption",
  severity: "high",
  why: "Passwords, tokens and cookies that cross the internet in the clear are read, and answers are changed, by whoever is on the way.",
  fix: "Serve with protocol HTTPS or TLS and a certificate of ACM; let the listener on port 80 only redirect to HTTPS. Or give the reason in the tag strata:because.",
  links: [
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/create-https-listener.html",
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/create-tls-listener.html",
  ],
  frameworks: [
    { name: "FSBP", id: "ELB.1" },
    { name: "FSBP", id: "ELB.18" },
    { name: "Checkov", id: "CKV_AWS_2" },
    { name: "Checkov", id: "CKV2_AWS_20" },
  ],
  config,
  check: (stack, settings) => {
    const rules = new Attachments(stack, LISTENER_RULES, "listenerArn", LISTENERS);
    return stack.ofType(...LISTENERS).flatMap((listener) => {
      const asked = every([isAsked(listener, stack, settings), isDurable(listener, stack, settings.durable)]);
      if (asked === false) return [];
      const found = findings(listener, rules, settings.passThrough);
      const doubt = { what: "whether its load balancer is public, and durable, is not known", property: "loadBalancerArn" };
      const excuse = { given: hasReason(listener, settings), what: "whether it gives a reason", property: "tags" };
      return [judge(listener, `${listener.name} is not encrypted`, ifAsked(asked, found, doubt), excuse)];
    });
  },
});

function isAsked(listener: StackResource, stack: StackGraph, { internal }: Settings): Tri {
  if (internal) return true;
  const balancer = stack.reference(listener, "loadBalancerArn", BALANCERS);
  const candidates = balancer?.kind === "resource" ? [balancer.resource] : balancer?.kind === "unknown" ? balancer.candidates : [];
  const isPublic = candidates.map((candidate) => not(readFlag(candidate, "internal", false)));
  const [first] = isPublic;
  return isPublic.every((value) => value === first) ? first : undefined;
}

function findings(listener: StackResource, rules: Attachments, passThrough: readonly number[]): Finding[] {
  const property = "protocol";
  const protocol = read(listener, property);
  if (protocol.state === "unknown") return [{ what: "its protocol is not known yet", property, unknown: true }];
  if (text(protocol) === "HTTP") return httpFindings(listener, rules);
  if (text(protocol) !== "TCP") return [];
  const port = number(read(listener, "port"));
  if (port === undefined) return [{ what: "its port is not known yet", property: "port", unknown: true }];
  return passThrough.includes(port) ? [] : [{ what: `it passes on TCP on port ${port} as it comes`, property }];
}

function httpFindings(listener: StackResource, rules: Attachments): Finding[] {
  const byDefault = redirects(listener, "defaultActions");
  if (byDefault === false) return [{ what: "it answers HTTP with more than a redirect to HTTPS", property: "defaultActions" }];
  const serving = rules.of(listener).map((rule) => ({ rule, only: redirects(rule, "actions") }));
  const other = serving.find(({ only }) => only === false);
  if (other !== undefined)
    return [{ what: `${other.rule.name} answers HTTP with more than a redirect to HTTPS`, property: "defaultActions" }];
  const all = [byDefault, ...serving.map(({ only }) => only), ...(rules.mayHaveMore(listener) ? [undefined] : [])];
  return all.includes(undefined) ? [{ what: "what it answers HTTP with is not known yet", property: "defaultActions", unknown: true }] : [];
}

/** Whether actions only send the caller to HTTPS. Left out, a redirect keeps its protocol. */
function redirects(resource: StackResource, property: string): Tri {
  const actions = readAll(resource, `${property}[*]`);
  if (actions.length === 0) return read(resource, property).state === "unknown" ? undefined : false;
  const others = actions.map((action): Tri => {
    if (action.state !== "known") return undefined;
    const [type, protocol] = [readPath(action.value, "type"), readPath(action.value, "redirect.protocol")];
    if (type.state === "unknown" || (text(type) === "redirect" && protocol.state === "unknown")) return undefined;
    return text(type) !== "redirect" || text(protocol) !== "HTTPS";
  });
  return not(some(others));
}
