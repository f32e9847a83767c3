import { type Fact } from "./row";

/**
 * Security policies of load balancer listeners that take TLS 1.3 and 1.2 alone, with forward secrecy and authenticated encryption where 1.3 does
 * not have them anyway: their names, whose newer editions only change the date. Those with `Ext` in their name take older ciphers too.
 */
export const MODERN_TLS_POLICIES = {
  pattern: /^ELBSecurityPolicy-TLS13-1-[23](-Res)?(-FIPS)?(-PQ)?-\d{4}-\d{2}$/,
  source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html",
  date: "2026-11",
} as const satisfies Fact & { readonly pattern: RegExp };

/** What a listener takes that is made without a policy, other than in the console. It takes TLS 1.0. */
export const DEFAULT_TLS_POLICY = {
  name: "ELBSecurityPolicy-2016-08",
  source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/describe-ssl-policies.html",
  date: "2026-11",
} as const satisfies Fact & { readonly name: string };
