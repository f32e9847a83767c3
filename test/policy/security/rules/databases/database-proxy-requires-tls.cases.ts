import { databaseProxyRequiresTls as rule } from "../../../../../policy/security/rules/databases/database-proxy-requires-tls";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { given } from "../given";

const PROXY = "aws:rds/proxy:Proxy";

export const cases: RuleCases = {
  rule,
  pass: { "with TLS": given(PROXY, { requireTls: true }), "with TLS as text": given(PROXY, { requireTls: "true" }) },
  fail: { "without TLS": { given: given(PROXY, { requireTls: false }), says: /orders takes connections in the clear: requireTls is off/ } },
  absent: { "without the flag, which is off": { given: given(PROXY), says: /requireTls is off/ } },
  unknown: { "while the flag is not known": given(PROXY, { requireTls: UNKNOWN }) },
  mutations: {
    "a proxy that takes plain connections stands before Aurora": (stack) => {
      stack.add(PROXY, "orders-proxy", {
        engineFamily: "POSTGRESQL",
        roleArn: "arn:aws:iam::444455556666:role/orders-proxy",
        vpcSubnetIds: ["subnet-1", "subnet-2"],
        vpcSecurityGroupIds: ["sg-1"],
        auths: [{ iamAuth: "REQUIRED", secretArn: "arn:aws:secretsmanager:us-east-1:444455556666:secret:orders" }],
      });
    },
  },
};
