import assert from "node:assert/strict";
import { ConfigError } from "../../../../components/faults";
import { OpenSearch, type OpenSearchArgs } from "../../../../components/visibility/logs/open-search";
import { only, recordProgram, TEST_CONTEXT as context } from "../../../harness";
import { network, valueOf } from "./fake-host";

const DOMAIN = "aws:opensearch/domain:Domain";
const KEY = "arn:aws:kms:us-east-1:111122223333:key/1";
const SENDER = "arn:aws:iam::111122223333:role/log-arrivals";
const SMALL = { instanceType: "t3.small.search", instances: 1, storageGib: 20 };
const LARGE = { instanceType: "r7g.large.search", instances: 4, storageGib: 100 };

async function make(changes: Partial<OpenSearchArgs> = {}) {
  let url: Promise<string> | undefined;
  const resources = await recordProgram((options) => {
    const logs = { retentionDays: 7, keyArn: KEY };
    const args = { context, network: network(options), keyArn: KEY, logs, senderRoleArn: SENDER, size: SMALL, ...changes };
    url = valueOf(new OpenSearch("opensearch", args, options).pushUrl);
  });
  return { resources, pushUrl: await url };
}

describe("OpenSearch", () => {
  it("is encrypted at rest and between nodes, speaks HTTPS alone, and stands inside the VPC", async () => {
    const { resources, pushUrl } = await make();
    const { inputs } = only(resources, DOMAIN);
    assert.deepEqual(inputs["encryptAtRest"], { enabled: true, kmsKeyId: KEY });
    assert.deepEqual(inputs["nodeToNodeEncryption"], { enabled: true });
    assert.match(JSON.stringify(inputs["domainEndpointOptions"]), /"enforceHttps":true.*TLS-1-2|TLS-1-2.*"enforceHttps":true/);
    assert.equal((inputs["vpcOptions"] as { subnetIds: string[] }).subnetIds.length, 1);
    assert.match(pushUrl ?? "", /^https:\/\/vpc-.*\.es\.amazonaws\.com\/_bulk$/);
  });

  it("takes requests that are signed by roles of the account, the sender's being its master", async () => {
    const { resources } = await make();
    const security = only(resources, DOMAIN).inputs["advancedSecurityOptions"];
    assert.deepEqual(security, {
      enabled: true,
      anonymousAuthEnabled: false,
      internalUserDatabaseEnabled: false,
      masterUserOptions: { masterUserArn: SENDER },
    });
    const policy = String(only(resources, "aws:opensearch/domainPolicy:DomainPolicy").inputs["accessPolicies"]);
    assert.match(policy, /arn:aws:iam::111122223333:root/);
    assert.doesNotMatch(policy, /"\*"/);
  });

  it("is spread over zones with leaders of its own where it must last, and protected", async () => {
    const { resources } = await make({ context: { ...context, durable: true }, size: LARGE });
    const { inputs, protect } = only(resources, DOMAIN);
    const cluster = inputs["clusterConfig"] as Record<string, unknown>;
    assert.deepEqual([cluster["zoneAwarenessEnabled"], cluster["zoneAwarenessConfig"]], [true, { availabilityZoneCount: 2 }]);
    assert.equal(cluster["dedicatedMasterCount"], 3);
    assert.equal(protect, true);
  });

  it("is refused in a durable environment with burstable nodes, or nodes that cannot be spread evenly", async () => {
    const durable = { ...context, durable: true };
    await assert.rejects(make({ context: durable, size: { ...SMALL, instances: 3 } }), (error: ConfigError) => {
      assert.ok(error instanceof ConfigError);
      assert.match(error.message, /instanceType: runs out of CPU credits/);
      assert.match(error.message, /instances: cannot be spread evenly over 2 zones/);
      return true;
    });
  });

  it("can be bent", async () => {
    const { resources } = await make({
      transform: { domain: { engineVersion: "OpenSearch_2.19" }, securityGroup: { description: "mine" } },
    });
    assert.equal(only(resources, DOMAIN).inputs["engineVersion"], "OpenSearch_2.19");
    assert.equal(only(resources, "aws:ec2/securityGroup:SecurityGroup", "opensearch").inputs["description"], "mine");
  });
});
