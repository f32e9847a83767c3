import { notKnown, unless, unlessOn } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import { read, type Resource } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { SEARCH_DOMAINS } from "../../../lib/stores/store-rule";

const OPTIONS = "domainEndpointOptions";

/** Policies of ciphers with forward secrecy. Source: Amazon OpenSearch Service API reference, TLSSecurityPolicy (2026-11). */
const POLICIES = ["Policy-Min-TLS-1-2-PFS-2023-10", "Policy-Min-TLS-1-2-RFC9151-FIPS-2024-08"];

/** Without the options a domain answers HTTP; with them it asks for HTTPS unless told otherwise. */
export const searchRequiresTls = resourceRule({
  id: "search-requires-tls",
  title: "Every search domain takes HTTPS only, with ciphers that keep old traffic secret",
  severity: "high",
  why: "Queries and documents cross the network in the clear, or under ciphers with which one stolen key opens all that was ever recorded.",
  fix: "Set domainEndpointOptions with enforceHttps true and tlsSecurityPolicy Policy-Min-TLS-1-2-PFS-2023-10.",
  links: ["https://docs.aws.amazon.com/opensearch-service/latest/developerguide/infrastructure-security.html"],
  frameworks: [
    { name: "FSBP", id: "Opensearch.8" },
    { name: "FSBP", id: "ES.8" },
    { name: "Checkov", id: "CKV_AWS_83" },
    { name: "Checkov", id: "CKV_AWS_228" },
  ],
  types: SEARCH_DOMAINS,
  check: (domain) => [judge(domain, `${domain.name} takes connections that can be read`, findings(domain))],
});

function findings(domain: Resource): Finding[] {
  const { state } = read(domain, OPTIONS);
  if (state === "unknown") return [notKnown(OPTIONS)];
  if (state === "absent") return [{ what: `it has no ${OPTIONS}, so that it takes HTTP`, property: OPTIONS }];
  return [
    ...unlessOn(domain, `${OPTIONS}.enforceHttps`, true, "enforceHttps is off"),
    ...unless(domain, `${OPTIONS}.tlsSecurityPolicy`, {
      accepts: (policy) => POLICIES.some((accepted) => accepted === policy),
      absent: "wrong",
      what: `tlsSecurityPolicy is none of ${POLICIES.join(", ")}`,
    }),
  ];
}
