import assert from "node:assert/strict";
import { makeUrn, nameOf, typeOf } from "../../plan/urn";

describe("URNs", () => {
  const stack = makeUrn("dev", "strata", undefined, "pulumi:pulumi:Stack", "strata-dev");
  const service = makeUrn("dev", "strata", stack, "strata:service:Service", "orders");

  it("leave the stack out of the chain of types", () => assert.equal(service, "urn:pulumi:dev::strata::strata:service:Service::orders"));

  it("carry the types of every other parent", () =>
    assert.equal(
      makeUrn("dev", "strata", service, "aws:iam/role:Role", "orders"),
      "urn:pulumi:dev::strata::strata:service:Service$aws:iam/role:Role::orders",
    ));

  it("give back the type and name they were made from, whatever the name holds", () => {
    const urn = makeUrn("dev", "strata", service, "aws:ec2/vpcEndpoint:VpcEndpoint", "a::b$c");
    assert.equal(typeOf(urn), "aws:ec2/vpcEndpoint:VpcEndpoint");
    assert.equal(nameOf(urn), "a::b$c");
  });
});
