import { policyDocumentIsWellFormed as rule } from "../../../../../policy/preflight/rules/identity/policy-document-is-well-formed";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import type { Json } from "../../../../../policy/lib/resource";

const IDENTITY = "aws:iam/policy:Policy";
const BUCKET = "aws:s3/bucketPolicy:BucketPolicy";
const ALLOW = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::orders/*" };

function policy(statements: readonly { [key: string]: Json }[], more: { [key: string]: Json } = {}, type = IDENTITY): Given {
  const document = JSON.stringify({ Version: "2012-10-17", Statement: [...statements], ...more });
  return (stack) => stack.add(type, "orders", { policy: document });
}

function text(document: Json, type = IDENTITY): Given {
  return (stack) => stack.add(type, "orders", { policy: document });
}

function trust(statement: { [key: string]: Json }): Given {
  return (stack) =>
    stack.add("aws:iam/role:Role", "orders", { assumeRolePolicy: JSON.stringify({ Version: "2012-10-17", Statement: statement }) });
}

const ASSUME = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } };

export const cases: RuleCases = {
  rule,
  pass: {
    "of somebody": policy([ALLOW, { ...ALLOW, Sid: "Second", Action: ["s3:*", "*"], Resource: "*" }]),
    "as an object": text({ Version: "2008-10-17", Statement: { ...ALLOW } }),
    "as an object, of a bucket that is not made yet": text({ Statement: { ...ALLOW, Resource: UNKNOWN } }),
    "of a bucket": policy([{ ...ALLOW, Principal: "*", Sid: "Everyone reads" }], {}, BUCKET),
    "of trust": trust(ASSUME),
  },
  fail: {
    "a text that is not JSON": { given: text('{"Version": '), says: /can't read the policy of orders: it is no JSON/ },
    "another version": { given: policy([ALLOW], { Version: "2012-10-18" }), says: /its Version is "2012-10-18"/ },
    "no statement": { given: policy([]), says: /it has no Statement/ },
    "an effect of another form": { given: policy([{ ...ALLOW, Effect: "allow" }]), says: /statement 1 has the Effect "allow"/ },
    "no resource": { given: policy([{ Effect: "Allow", Action: "s3:GetObject" }]), says: /statement 1 has no Resource/ },
    "a resource that is a name": { given: policy([{ ...ALLOW, Resource: ["orders"] }]), says: /has the Resource "orders"/ },
    "an action without its service": { given: policy([{ ...ALLOW, Action: "GetObject" }]), says: /has the Action "GetObject"/ },
    "a principal of somebody's own": { given: policy([{ ...ALLOW, Principal: "*" }]), says: /has a Principal, which is who/ },
    "no principal of a bucket": { given: policy([ALLOW], {}, BUCKET), says: /has no Principal/ },
    "a resource of trust": { given: trust({ ...ASSUME, Resource: "*" }), says: /has a Resource, which is the role itself/ },
    "a Sid with a space": { given: policy([{ ...ALLOW, Sid: "Read orders" }]), says: /the Sid "Read orders" is not made of/ },
    "a Sid twice": {
      given: policy([
        { ...ALLOW, Sid: "Read" },
        { ...ALLOW, Sid: "Read" },
      ]),
      says: /two statements have the Sid Read/,
    },
  },
  absent: {
    "of a version, which is then the older one": { given: text({ Statement: [{ ...ALLOW }] }), says: "pass" },
    "of a document that is not known at all": { given: text(UNKNOWN), says: "nothing" },
    "of a policy": { given: (stack) => stack.add("aws:sqs/queue:Queue", "orders"), says: "nothing" },
  },
  unknown: {
    "while its version is not known": text({ Version: UNKNOWN, Statement: { ...ALLOW } }),
    "while a statement is not known": text({ Statement: [{ ...ALLOW }, UNKNOWN] }),
    "while an effect is not known": text({ Statement: { ...ALLOW, Effect: UNKNOWN } }),
    "while an action is not known": text({ Statement: { ...ALLOW, Action: ["s3:GetObject", UNKNOWN] } }),
  },
  silentWhileUnknown: {
    policy: "the text of nearly every policy names a resource that is not made yet",
    assumeRolePolicy: "a trust policy may name a provider of identities that is not made yet, as for each account of a cluster",
  },
  mutations: {
    "a policy has two statements of one Sid": (stack) =>
      stack.edit(
        stack.one("aws:iam/rolePolicy:RolePolicy", "log-shipper-function"),
        "policy",
        (document) => JSON.parse(JSON.stringify(document).replace('"Sid":"Trace"', '"Sid":"WriteLogs"')) as typeof document,
      ),
    "a bucket's policy has a version of its own": (stack) =>
      stack.edit(stack.one("aws:s3/bucketPolicy:BucketPolicy", "uploads"), "policy", (document) =>
        typeof document === "object" && document !== null && !Array.isArray(document) ? { ...document, Version: "2026-11-26" } : document,
      ),
  },
};
