import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { allowInternet } from "../../../components/network/outbound";
import { recordProgram } from "../../harness";

/** Rules out of a group with some reasons, as `description → ports`. */
async function rules(reasons: readonly string[], ports?: readonly number[]): Promise<(readonly [unknown, unknown, unknown])[]> {
  const resources = await recordProgram(({ providers }) => {
    const group = new aws.ec2.SecurityGroup("relay", { description: "Relay" }, { provider: providers.aws });
    allowInternet({ name: "relay", securityGroupId: group.id }, reasons, { wayOut: [] }, group, ports);
  });
  return resources
    .filter(({ type }) => type === "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule")
    .map(({ inputs }) => [inputs["description"], inputs["fromPort"], inputs["toPort"]] as const);
}

describe("The way to the internet", () => {
  it("is closed without a reason, whatever the ports", async () => assert.deepEqual(await rules([], [443, 20_030]), []));

  it("is for HTTPS, and says why", async () =>
    assert.deepEqual(await rules(["pulls its image"]), [["HTTPS out: pulls its image", 443, 443]]));

  it("is for other ports where they are named, one rule each", async () =>
    assert.deepEqual(await rules(["metrics are kept by carbon.example.com"], [443, 20_030]), [
      ["HTTPS out: metrics are kept by carbon.example.com", 443, 443],
      ["TCP 20030 out: metrics are kept by carbon.example.com", 20_030, 20_030],
    ]));
});
