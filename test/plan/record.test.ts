import * as aws from "@pulumi/aws";
import * as eks from "@pulumi/eks";
import * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { SECRET, UNKNOWN } from "../../plan/graph";
import { record, RefusedError } from "../../plan/record";
import { readStackFile } from "../../plan/stack-file";
import { StalledError } from "../../plan/stalled";
import platform from "../../stacks/index";
import { only, recordProgram, ROOT } from "../harness";

describe("recording a program", () => {
  it("keeps no secret, in inputs or in outputs", async () => {
    const resources = await recordProgram((options) => {
      new aws.ssm.Parameter("token", { type: "SecureString", value: pulumi.secret("canary-1") }, { provider: options.providers.aws });
      new aws.rds.Cluster(
        "db",
        { engine: "aurora-postgresql", masterUsername: "a", masterPassword: "canary-2" },
        { provider: options.providers.aws },
      );
    });
    assert.ok(!JSON.stringify(resources).includes("canary"));
    assert.equal(only(resources, "aws:ssm/parameter:Parameter").inputs["value"], SECRET);
  });

  it("leaves unknown what the simulation does not answer, and what is made from it", async () => {
    const resources = await recordProgram(({ providers }) => {
      const parameter = new aws.ssm.Parameter("token", { type: "String", value: "plain" }, { provider: providers.aws });
      new aws.sns.Topic("topic", { displayName: pulumi.interpolate`from ${parameter.arn}` }, { provider: providers.aws });
    });
    assert.equal(only(resources, "aws:sns/topic:Topic").inputs["displayName"], UNKNOWN);
  });

  it("refuses two resources of one URN, as the engine would", async () => {
    await assert.rejects(
      recordProgram(({ providers }) => [1, 2].map(() => new aws.sns.Topic("topic", {}, { provider: providers.aws }))),
      (error: unknown) => error instanceof RefusedError && /sns\/topic:Topic::topic: is registered twice/.test(error.message),
    );
  });

  it("says which resource a value comes from", async () => {
    const resources = await recordProgram(({ providers }) => {
      const key = new aws.kms.Key("key", {}, { provider: providers.aws });
      new aws.sns.Topic("topic", { kmsMasterKeyId: key.arn }, { provider: providers.aws });
    });
    const topic = only(resources, "aws:sns/topic:Topic");
    assert.deepEqual(topic.propertyDependencies, { kmsMasterKeyId: [only(resources, "aws:kms/key:Key").urn] });
  });

  it("keeps of a file, also of one in an archive, its size and hash", async () => {
    const resources = await recordProgram(({ providers }) => {
      const code = new pulumi.asset.AssetArchive({ "index.js": new pulumi.asset.StringAsset("canary") });
      new aws.lambda.Function("fn", { role: "arn:aws:iam::111122223333:role/fn", code }, { provider: providers.aws });
    });
    assert.deepEqual(only(resources, "aws:lambda/function:Function").inputs["code"], {
      assets: { "index.js": { bytes: 6, sha256: createHash("sha256").update("canary").digest("hex") } },
    });
  });

  it("says which resources a component of another process depends on, and which of its children an output comes from", async () => {
    const resources = await recordProgram(({ providers }) => {
      const role = new aws.iam.Role("control", { assumeRolePolicy: "{}" }, { provider: providers.aws });
      const cluster = new eks.Cluster(
        "kube",
        {
          vpcId: "vpc-1",
          privateSubnetIds: ["subnet-1", "subnet-2"],
          authenticationMode: eks.AuthenticationMode.Api,
          skipDefaultNodeGroup: true,
          skipDefaultSecurityGroups: true,
          serviceRole: role,
        },
        { providers: [providers.aws] },
      );
      new aws.sns.Topic("topic", { displayName: cluster.clusterSecurityGroupId }, { provider: providers.aws });
    });
    const [role, component, cluster] = [
      only(resources, "aws:iam/role:Role", "control"),
      only(resources, "eks:index:Cluster"),
      only(resources, "aws:eks/cluster:Cluster"),
    ];
    assert.deepEqual(component.propertyDependencies, { serviceRole: [role.urn] });
    assert.deepEqual(component.dependencies, [role.urn]);
    const { displayName } = only(resources, "aws:sns/topic:Topic").propertyDependencies;
    assert.deepEqual([...(displayName ?? [])].sort(), [cluster.urn, component.urn].sort());
  });

  it("refuses a call to AWS, which a plan cannot make", async () => {
    await assert.rejects(
      recordProgram(({ providers }) => {
        const identity = aws.getCallerIdentityOutput({}, { provider: providers.aws });
        new aws.sns.Topic("topic", { displayName: identity.accountId }, { provider: providers.aws });
      }),
      (error: unknown) => error instanceof RefusedError && /getCallerIdentity: a plan makes no calls to AWS/.test(error.message),
    );
  });

  it("registers the same as with the SDK as it is", async function () {
    this.timeout(120_000);
    const keyed = async (traces: boolean) =>
      new Map((await record(platform, readStackFile(ROOT, "prod"), { traces })).map((resource) => [resource.urn, resource]));
    const lean = await keyed(false);
    const limit = Error.stackTraceLimit;
    // They are no part of what is registered, and most of the time.
    Error.stackTraceLimit = 0;
    try {
      assert.deepEqual(lean, await keyed(true));
    } finally {
      Error.stackTraceLimit = limit;
    }
  });

  it("says so when resources need each other, and records the next program all the same", async () => {
    await assert.rejects(
      recordProgram(({ providers }) => {
        const [name, settle] = pulumi.deferredOutput<string>();
        const topic = new aws.sns.Topic("topic", { displayName: name }, { provider: providers.aws });
        settle(topic.arn);
      }),
      (error: unknown) => error instanceof StalledError && /waits for something that never comes, after \d+ resources/.test(error.message),
    );
    const resources = await recordProgram(({ providers }) => new aws.sns.Topic("topic", {}, { provider: providers.aws }));
    assert.ok(only(resources, "aws:sns/topic:Topic"));
  });
});
