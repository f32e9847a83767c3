import { databaseCertificateIsCurrent as rule } from "../../../../../policy/security/rules/databases/database-certificate-is-current";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { given } from "../given";

const INSTANCE = "aws:rds/instance:Instance";

export const cases: RuleCases = {
  rule,
  pass: {
    "with a current one": given(INSTANCE, { caCertIdentifier: "rds-ca-rsa2048-g1" }),
    "with one that is newer than this rule": given(INSTANCE, { caCertIdentifier: "rds-ca-rsa8192-g2" }),
  },
  fail: {
    "with one that has expired": {
      given: given(INSTANCE, { caCertIdentifier: "rds-ca-2019" }),
      says: /orders has a certificate that has expired: caCertIdentifier is rds-ca-2019/,
    },
    "a cluster, which spells it another way": {
      given: given("aws:rds/cluster:Cluster", { caCertificateIdentifier: "rds-ca-2015" }),
      says: /caCertificateIdentifier is rds-ca-2015/,
    },
  },
  absent: { "without one, for which AWS takes a current one": { given: given(INSTANCE), says: "pass" } },
  unknown: { "while it is not known": given(INSTANCE, { caCertIdentifier: UNKNOWN }) },
  mutations: {
    "a database names an authority that has expired": (stack) => stack.set(stack.one(INSTANCE, "erp"), "caCertIdentifier", "rds-ca-2019"),
  },
};
