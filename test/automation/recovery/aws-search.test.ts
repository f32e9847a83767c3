import { CloudControlClient } from "@aws-sdk/client-cloudcontrol";
import { CreateLogGroupCommand, CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { ResourceGroupsTaggingAPIClient } from "@aws-sdk/client-resource-groups-tagging-api";
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import assert from "node:assert/strict";
import { withAutoname } from "../../../facts/kubernetes-autonaming";
import { AwsSearch } from "../../../automation/recovery/aws-search";
import { type SearchResult } from "../../../automation/recovery/cloud-search";
import { type Properties } from "../../../plan/graph";
import { withMoto } from "../../services/moto";
import { CloudControlStandIn } from "./cloud-control";

const ACCOUNT = "123456789012";
const REGION = "us-east-1";
const TAGS = { "pulumi:project": "strata", "pulumi:stack": "dev" };

const control = new CloudControlStandIn();
let controlUrl: string;
before(async () => (controlUrl = await control.start()));
after(() => control.stop());
beforeEach(() => {
  control.things = [];
  control.calls.length = 0;
});

/** A search whose Cloud Control is the stand-in. @param url of the Resource Groups Tagging API. */
function search(url = "http://127.0.0.1:9"): AwsSearch {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  return new AwsSearch(
    {
      region: REGION,
      account: ACCOUNT,
      tagging: new ResourceGroupsTaggingAPIClient({ endpoint: url, region: REGION, credentials }),
      control: new CloudControlClient({ endpoint: controlUrl, region: REGION, credentials }),
    },
    { attempts: 2, pauseMs: 1 },
  );
}

async function find(type: string, inputs: Properties, { url, taken = [] }: { url?: string; taken?: string[] } = {}): Promise<SearchResult> {
  return search(url).find({ urn: `urn:pulumi:dev::strata::${type}::one`, type, inputs, taken: new Set(taken) });
}

function has(typeName: string, identifier: string, properties: Properties = {}): void {
  control.things.push({ typeName, identifier, properties });
}

describe("a search in AWS", () => {
  describe("by the identifier that follows from the inputs", () => {
    it("finds what is there, under the id of a state", async () => {
      has("AWS::ECS::Cluster", "containers-66106b8");
      assert.deepEqual(await find("aws:ecs/cluster:Cluster", { name: "containers-66106b8" }), {
        kind: "found",
        id: `arn:aws:ecs:${REGION}:${ACCOUNT}:cluster/containers-66106b8`,
        idOf: "state",
        by: "AWS::ECS::Cluster containers-66106b8",
      });
    });

    it("finds what has several parts, under the id of an import", async () => {
      has("AWS::EC2::Route", "rtb-1|0.0.0.0/0");
      const found = await find("aws:ec2/route:Route", { routeTableId: "rtb-1", destinationCidrBlock: "0.0.0.0/0" });
      assert.deepEqual([found.kind, found.kind === "found" && [found.id, found.idOf]], ["found", ["rtb-1_0.0.0.0/0", "import"]]);
    });

    it("knows that it is not there, or that the state has it", async () => {
      assert.equal((await find("aws:iam/role:Role", { name: "orders-1234567" })).kind, "absent");
      has("AWS::IAM::Role", "orders-1234567");
      assert.equal((await find("aws:iam/role:Role", { name: "orders-1234567" }, { taken: ["orders-1234567"] })).kind, "absent");
    });

    it("does not take what another stack has by its tags", async () => {
      has("AWS::S3::Bucket", "media", {
        Tags: [
          { Key: "pulumi:project", Value: "strata" },
          { Key: "pulumi:stack", Value: "prod" },
        ],
      });
      const found = await find("aws:s3/bucket:Bucket", { bucket: "media" });
      assert.equal(found.kind, "undecided");
      assert.match(found.kind === "undecided" ? found.because : "", /media is there and belongs to strata\/prod/);
    });

    it("says what it can't know: a name that nobody recorded", async () => {
      const found = await find("aws:iam/role:Role", {});
      assert.ok(found.kind === "undecided");
      assert.match(found.because, /inputs do not tell \{inputs\.name\}/);
      assert.match(found.look, /AWS::IAM::Role/);
    });
  });

  describe("in the parent", () => {
    it("finds the one that is as it was asked for", async () => {
      has("AWS::EC2::SubnetRouteTableAssociation", "rtbassoc-1", { SubnetId: "subnet-1", RouteTableId: "rtb-1" });
      has("AWS::EC2::SubnetRouteTableAssociation", "rtbassoc-2", { SubnetId: "subnet-2", RouteTableId: "rtb-1" });
      const found = await find("aws:ec2/routeTableAssociation:RouteTableAssociation", { subnetId: "subnet-2", routeTableId: "rtb-1" });
      assert.deepEqual([found.kind, found.kind === "found" && found.id], ["found", "subnet-2/rtb-1"]);
    });

    it("says which parent", async () => {
      await find("aws:lb/listenerRule:ListenerRule", { listenerArn: "arn:l", priority: 10 });
      assert.ok(control.calls.includes('ListResources AWS::ElasticLoadBalancingV2::ListenerRule {"ListenerArn":"arn:l"}'));
    });

    it("leaves it open when several are", async () => {
      for (const id of ["m-1", "m-2"])
        has("AWS::Lambda::EventSourceMapping", id, { EventSourceArn: "arn:q", FunctionName: "arn:aws:lambda:::function:f" });
      const found = await find("aws:lambda/eventSourceMapping:EventSourceMapping", { eventSourceArn: "arn:q", functionName: "f" });
      assert.match(found.kind === "undecided" ? found.because : "", /2 are like it: m-1, m-2/);
      const [, second] = ["m-1", "m-2"];
      const other = await find(
        "aws:lambda/eventSourceMapping:EventSourceMapping",
        { eventSourceArn: "arn:q", functionName: "f" },
        { taken: ["m-1"] },
      );
      assert.equal(other.kind === "found" && other.id, second);
    });
  });

  it("drops without a look what is put over what is there, and what nobody keeps", async () => {
    for (const type of [
      "aws:s3/bucketPolicy:BucketPolicy",
      "aws:iam/rolePolicy:RolePolicy",
      "kubernetes:apps/v1:Deployment",
      "random:index/randomPassword:RandomPassword",
    ])
      assert.equal((await find(type, {})).kind, "absent", type);
    assert.deepEqual(control.calls, []);
  });

  it("takes an object of Kubernetes with a name that was made up for made under that name, unless the state has it", async () => {
    const type = "kubernetes:core/v1:ConfigMap";
    const inputs = withAutoname({ metadata: { namespace: "shop" } }, "files-0a1b2c3d");
    const made = await find(type, inputs);
    assert.deepEqual(made.kind === "found" && [made.id, made.idOf], ["shop/files-0a1b2c3d", "state"]);
    assert.equal((await find(type, inputs, { taken: ["shop/files-0a1b2c3d"] })).kind, "absent");
    const cluster = await find("kubernetes:core/v1:Namespace", withAutoname({}, "shop-0a1b2c3d"));
    assert.equal(cluster.kind === "found" && cluster.id, "shop-0a1b2c3d");
    assert.deepEqual(control.calls, []);
  });

  it("leaves to a person what AWS does not tell, and what nobody here knows", async () => {
    assert.equal((await find("aws:kms/grant:Grant", {})).kind, "undecided");
    const unknown = await find("aws:quantum/computer:Computer", {});
    assert.match(unknown.kind === "undecided" ? unknown.look : "", /aws:quantum\/computer:Computer/);
  });

  describe("by tags, with the emulator", () => {
    const moto = withMoto();

    before(async () => {
      const sqs = new SQSClient(moto().client);
      for (const [QueueName, stack] of [
        ["jobs-1", "dev"],
        ["jobs-2", "prod"],
      ] as const)
        await sqs.send(new CreateQueueCommand({ QueueName, tags: { ...TAGS, "pulumi:stack": stack } }));
      const secrets = new SecretsManagerClient(moto().client);
      for (const Name of ["dev/orders-a1", "dev/billing-b2"])
        await secrets.send(new CreateSecretCommand({ Name, Tags: Object.entries(TAGS).map(([Key, Value]) => ({ Key, Value })) }));
      const logs = new CloudWatchLogsClient(moto().client);
      await logs.send(new CreateLogGroupCommand({ logGroupName: "/strata/dev/orders/395a", tags: TAGS }));
    });

    it("lists what carries the tags of a stack, and nothing of another", async () => {
      const things = await search(moto().url).tagged({ project: "strata", stack: "dev" });
      const kinds = things.map(({ what }) => what).sort();
      assert.ok(kinds.includes("sqs") && kinds.includes("secretsmanager:secret"), kinds.join());
      assert.ok(!things.some(({ id }) => id.endsWith(":jobs-2")));
    });

    it("finds what begins with a prefix, whose end only AWS knew", async () => {
      const found = await find("aws:secretsmanager/secret:Secret", { namePrefix: "dev/billing-" }, { url: moto().url });
      assert.match(found.kind === "found" ? found.id : "", /:secret:dev\/billing-b2/);
    });

    it("believes only after a second look that there is none", async () => {
      const found = await find("aws:secretsmanager/secret:Secret", { namePrefix: "dev/none-" }, { url: moto().url });
      assert.equal(found.kind, "absent");
    });

    it("knows a thing again by the id that a state has of it", async () => {
      const cloud = search(moto().url);
      const things = await cloud.tagged({ project: "strata", stack: "dev" });
      const queue = things.find(({ what }) => what === "sqs");
      assert.ok(queue);
      assert.ok(cloud.isKnownAs(queue, { type: "aws:sqs/queue:Queue", id: "https://sqs/jobs-1", arn: queue.id }));
      assert.ok(!cloud.isKnownAs(queue, { type: "aws:sqs/queue:Queue", id: "https://sqs/jobs-9" }));
      assert.deepEqual(cloud.idAs(queue, { type: "aws:sqs/queue:Queue", inputs: {} }), {
        id: `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/jobs-1`,
        idOf: "state",
      });
    });
  });

  it("deletes by Cloud Control, and waits until AWS is through", async () => {
    has("AWS::SQS::Queue", `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/jobs`);
    await search().delete({ id: `arn:aws:sqs:${REGION}:${ACCOUNT}:jobs`, what: "sqs", tags: {} });
    assert.deepEqual(control.things, []);
    assert.ok(control.calls.some((call) => call.startsWith("GetResourceRequestStatus")));
  });

  it("refuses to delete what it does not know", async () => {
    await assert.rejects(search().delete({ id: "arn:aws:x:::y/z", what: "x:y", tags: {} }), /a x:y is not deleted from here/);
  });
});
