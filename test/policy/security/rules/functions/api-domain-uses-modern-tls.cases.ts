import { apiDomainUsesModernTls as rule } from "../../../../../policy/security/rules/functions/api-domain-uses-modern-tls";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Input } from "../../../stack";

const REST = "aws:apigateway/domainName:DomainName";
const HTTP = "aws:apigatewayv2/domainName:DomainName";
const ofRest =
  (securityPolicy: Input): Given =>
  (stack) =>
    stack.add(REST, "api", { domainName: "api.example.com", securityPolicy });
const ofHttp =
  (securityPolicy: Input): Given =>
  (stack) =>
    stack.add(HTTP, "api", { domainName: "api.example.com", domainNameConfiguration: { securityPolicy } });

export const cases: RuleCases = {
  rule,
  pass: {
    "with TLS 1.2": ofHttp("TLS_1_2"),
    "with TLS 1.2, of a REST API": ofRest("TLS_1_2"),
    "with TLS 1.3, of a REST API": ofRest("SecurityPolicy_TLS13_1_3_2025_09"),
  },
  fail: {
    "with TLS 1.0": { given: ofRest("TLS_1_0"), says: /domain api may take TLS 1.0: securityPolicy is not set to TLS_1_2/ },
    "with TLS 1.0, of an HTTP API": { given: ofHttp("TLS_1_0"), says: /domainNameConfiguration.securityPolicy is not set/ },
  },
  absent: { "without a policy": { given: ofRest(null), says: /may take TLS 1.0/ } },
  unknown: { "while the policy is not known": ofHttp(UNKNOWN), "while it is not known, of a REST API": ofRest(UNKNOWN) },
  mutations: {
    "the domain of the API takes TLS 1.0": (stack) => stack.set(stack.one(HTTP), ["domainNameConfiguration", "securityPolicy"], "TLS_1_0"),
    "an older domain has no policy": (stack) => {
      stack.add(REST, "partners", {
        domainName: "partners.shop.example.com",
        endpointConfiguration: { types: "REGIONAL" },
        regionalCertificateArn: "arn:aws:acm:us-east-1:444455556666:certificate/705bfd24-6027-49d2-aa65-88b7f8a6bf02",
        tags: { service: "partners", owner: "partners" },
      });
    },
  },
};
