import { unless } from "../../../lib/expect";
import { judge } from "../../../lib/finding";
import { resourceRule } from "../../../lib/rule";

/** Where the policy of a domain stands. */
const POLICIES: Readonly<Record<string, string>> = {
  "aws:apigateway/domainName:DomainName": "securityPolicy",
  "aws:apigatewayv2/domainName:DomainName": "domainNameConfiguration.securityPolicy",
};

export const apiDomainUsesModernTls = resourceRule({
  id: "api-domain-uses-modern-tls",
  title: "Every domain of an API takes TLS 1.2 or later",
  severity: "medium",
  why: "TLS 1.0 and 1.1 are broken: who listens between a client that is talked down to them and the API can read and change what they say.",
  fix: "Set securityPolicy to TLS_1_2, or for a REST API to a policy that starts with SecurityPolicy_TLS13.",
  links: ["https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-custom-domain-tls-version.html"],
  frameworks: [{ name: "Checkov", id: "CKV_AWS_206" }],
  types: Object.keys(POLICIES),
  check: (domain) => {
    const property = POLICIES[domain.type] ?? "securityPolicy";
    const findings = unless(domain, property, {
      accepts: (value) => value !== "TLS_1_0",
      // What AWS takes then depends on the kind of endpoint and has changed over time.
      absent: "wrong",
      what: `${property} is not set to TLS_1_2 or later`,
    });
    return [judge(domain, `domain ${domain.name} may take TLS 1.0`, findings)];
  },
});
