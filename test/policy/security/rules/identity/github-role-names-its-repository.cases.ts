import { githubRoleNamesItsRepository as rule } from "../../../../../policy/security/rules/identity/github-role-names-its-repository";
import { type Json, UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { documentOf, ROLE, trust, trusting } from "../../../documents";

const ISSUER = "token.actions.githubusercontent.com";
const GITHUB = { Federated: `arn:aws:iam::123456789012:oidc-provider/${ISSUER}` };

function statement(condition?: Json): { [key: string]: Json } {
  return trust(GITHUB, { Action: "sts:AssumeRoleWithWebIdentity", ...(condition === undefined ? {} : { Condition: condition }) });
}

function subject(...subjects: string[]): Given {
  return trusting(statement({ StringEquals: { [`${ISSUER}:aud`]: "sts.amazonaws.com" }, StringLike: { [`${ISSUER}:sub`]: subjects } }));
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with a branch": subject("repo:acme/shop:ref:refs/heads/main"),
    "with all of a repository": subject("repo:acme/shop:*"),
    "with two environments": subject("repo:acme/shop:environment:prod", "repo:acme/infra:environment:prod"),
    "with the repository itself": trusting(statement({ StringEquals: { [`${ISSUER}:repository`]: "acme/shop" } })),
  },
  fail: {
    "without a condition": { given: trusting(statement()), says: /statement 1 has no condition/ },
    "with the audience only": {
      given: trusting(statement({ StringEquals: { [`${ISSUER}:aud`]: "sts.amazonaws.com" } })),
      says: /no condition on token.actions.githubusercontent.com:sub/,
    },
    "with every repository of an owner": { given: subject("repo:acme/*"), says: /no condition/ },
    "with every repository that begins alike": { given: subject("repo:acme/shop*"), says: /no condition/ },
    "with one of two that is open": { given: subject("repo:acme/shop:*", "repo:*"), says: /no condition/ },
    "when all but one repository are let in": {
      given: trusting(statement({ StringNotLike: { [`${ISSUER}:sub`]: "repo:acme/shop:*" } })),
      says: /no condition/,
    },
  },
  absent: { "for somebody else than GitHub": { given: trusting(trust({ Service: "lambda.amazonaws.com" })), says: "nothing" } },
  unknown: {
    "while its trust policy is not known": (stack) => stack.add(ROLE, "orders", { assumeRolePolicy: UNKNOWN }),
    "while the subject is not known": (stack) =>
      stack.add(ROLE, "orders", { assumeRolePolicy: { Statement: [statement({ StringLike: { [`${ISSUER}:sub`]: UNKNOWN } })] } }),
  },
  mutations: {
    "a role to deploy with is open to all of GitHub": (stack) =>
      stack.add(ROLE, "deploy", { assumeRolePolicy: documentOf(statement({ StringEquals: { [`${ISSUER}:aud`]: "sts.amazonaws.com" } })) }),
  },
};
