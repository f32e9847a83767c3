import assert from "node:assert/strict";
import { accountOf, isPublic, isRestricted, wholeAccount } from "../../../../policy/lib/iam/principals";
import { type Json, UNKNOWN } from "../../../../policy/lib/resource";

function when(operator: string, key: string, value: Json): { Condition: Json } {
  return { Condition: { [operator]: { [key]: value } } };
}

describe("who a policy lets in", () => {
  const allow = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };

  it("is everyone by *, in whatever way that is written", () => {
    const all: Json[] = ["*", { AWS: "*" }, { AWS: ["arn:aws:iam::123456789012:role/a", "*"] }, { Federated: "*" }];
    for (const principal of all) assert.equal(isPublic({ ...allow, Principal: principal }), true, JSON.stringify(principal));
    assert.equal(isPublic({ ...allow, NotPrincipal: { AWS: "123456789012" } }), true);
  });

  it("is not everyone where somebody is named, or where it denies", () => {
    assert.equal(isPublic({ ...allow, Principal: { AWS: "arn:aws:iam::123456789012:root" } }), false);
    assert.equal(isPublic({ ...allow, Principal: { Service: "s3.amazonaws.com" } }), false);
    assert.equal(isPublic({ ...allow, Effect: "Deny", Principal: "*" }), false);
  });

  it("is not known while the principal or the condition is not, unless the rest decides", () => {
    assert.equal(isPublic({ ...allow, Principal: UNKNOWN }), undefined);
    assert.equal(isPublic({ ...allow, Principal: { AWS: [UNKNOWN] } }), undefined);
    assert.equal(isPublic({ ...allow, Principal: "*", Condition: UNKNOWN }), undefined);
    assert.equal(isPublic({ ...allow, Principal: { AWS: [UNKNOWN, "*"] } }), true);
    assert.equal(isPublic({ ...allow, Principal: UNKNOWN, ...when("StringEquals", "aws:SourceAccount", "123456789012") }), false);
  });

  for (const [operator, key, value] of [
    ["StringEquals", "aws:PrincipalOrgID", "o-abcdefghij"],
    ["ForAnyValue:StringLike", "aws:PrincipalOrgPaths", "o-abcdefghij/*"],
    ["ArnLike", "AWS:SourceArn", "arn:aws:sns:*:123456789012:*"],
    ["ArnEquals", "aws:SourceArn", "arn:aws:s3:::orders"],
    ["IpAddress", "aws:SourceIp", ["192.0.2.0/24", "2001:db8::/48"]],
    ["StringEquals", "aws:SourceVpce", "vpce-1"],
    ["Bool", "aws:PrincipalIsAWSService", "true"],
  ] as const)
    it(`is restricted by ${operator} on ${key}`, () => assert.equal(isRestricted(when(operator, key, [...[value].flat()])), true));

  for (const [operator, key, value] of [
    ["StringLike", "aws:PrincipalArn", "*"],
    ["ArnLike", "aws:SourceArn", "arn:aws:s3:::*"],
    ["StringNotEquals", "aws:SourceAccount", "123456789012"],
    ["StringEqualsIfExists", "aws:SourceAccount", "123456789012"],
    ["ForAllValues:StringEquals", "aws:PrincipalOrgPaths", "o-abcdefghij/"],
    ["IpAddress", "aws:SourceIp", ["192.0.2.0/24", "0.0.0.0/0"]],
    ["IpAddress", "aws:SourceIp", "128.0.0.0/1"],
    ["Bool", "aws:SecureTransport", "true"],
    ["Null", "aws:SourceArn", "false"],
  ] as const)
    it(`is not restricted by ${operator} on ${key} with ${String(value)}`, () =>
      assert.equal(isRestricted(when(operator, key, [...[value].flat()])), false));

  it("is of the account that its ARN has", () => {
    assert.equal(wholeAccount("arn:aws:iam::123456789012:root"), "123456789012");
    assert.equal(wholeAccount("123456789012"), "123456789012");
    assert.equal(wholeAccount("arn:aws:iam::123456789012:role/root"), undefined);
    assert.equal(accountOf("arn:aws-cn:iam::123456789012:role/a"), "123456789012");
    assert.equal(accountOf("AIDAEXAMPLE"), undefined);
  });
});
