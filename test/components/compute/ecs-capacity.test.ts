import assert from "node:assert/strict";
import { type EcsClusterArgs } from "../../../components/compute/ecs-cluster";
import { capacityFaults, EcsCapacity, type EcsCapacityArgs } from "../../../components/compute/ecs-capacity";
import { EcsDaemon } from "../../../components/compute/ecs-daemon";
import { ExecutionRole } from "../../../components/compute/execution-role";
import { type Network } from "../../../components/network/network";
import { type Json, type PlannedResource, type Properties } from "../../../plan/graph";
import { only, recordProgram, TEST_CONTEXT } from "../../harness";
import { EcsFixture, IMAGE, instances, KEY } from "./ecs-fixture";
import { evaluate } from "./iam";

const CLUSTER = { name: "containers-1a2b3c4", arn: "arn:aws:ecs:us-east-1:111122223333:cluster/containers-1a2b3c4" };
const GROUP = "aws:autoscaling/group:Group";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";

function recordCapacity(change: Partial<EcsCapacityArgs> = {}): Promise<PlannedResource[]> {
  return recordProgram((options) => {
    const { network } = new EcsFixture(options);
    new EcsCapacity(
      "workers",
      { context: TEST_CONTEXT, network, cluster: CLUSTER, instanceTypes: ["m7g.large", "m7g.xlarge"], maximum: 10, keyArn: KEY, ...change },
      options,
    );
  });
}

function userData(template: PlannedResource): string {
  return Buffer.from(String(template.inputs["userData"]), "base64").toString();
}

describe("instances of an ECS cluster", () => {
  it("boot the newest image of their architecture, without a call at plan time", async () => {
    const resources = await recordCapacity();
    const { inputs } = only(resources, TEMPLATE, "workers-arm64");
    assert.equal(inputs["imageId"], "resolve:ssm:/aws/service/ecs/optimized-ami/amazon-linux-2023/arm64/recommended/image_id");
    const bottlerocket = only(await recordCapacity({ operatingSystem: "bottlerocket" }), TEMPLATE);
    assert.equal(bottlerocket.inputs["imageId"], "resolve:ssm:/aws/service/bottlerocket/aws-ecs-2/arm64/latest/image_id");
  });

  it("take IMDSv2 only, one hop away, have no public address and encrypted gp3 volumes", async () => {
    const resources = await recordCapacity({ operatingSystem: "bottlerocket", volumeSize: 50 });
    const { inputs } = only(resources, TEMPLATE);
    assert.deepEqual(inputs["metadataOptions"], { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 });
    const groupId = only(resources, "aws:ec2/securityGroup:SecurityGroup", "workers").outputs["id"];
    assert.deepEqual(inputs["networkInterfaces"], [
      { deviceIndex: 0, associatePublicIpAddress: "false", securityGroups: [groupId], deleteOnTermination: "true" },
    ]);
    const volume = { volumeType: "gp3", encrypted: "true", kmsKeyId: KEY, deleteOnTermination: "true" };
    assert.deepEqual(inputs["blockDeviceMappings"], [
      { deviceName: "/dev/xvdb", ebs: { ...volume, volumeSize: 50 } },
      { deviceName: "/dev/xvda", ebs: volume },
    ]);
  });

  it("join their cluster, and keep tasks from the instance's own credentials", async () => {
    const linux = userData(only(await recordCapacity(), TEMPLATE));
    assert.match(linux, /^ECS_CLUSTER=containers-1a2b3c4$/m);
    assert.match(linux, /^ECS_AWSVPC_BLOCK_IMDS=true$/m);
    const toml = userData(only(await recordCapacity({ operatingSystem: "bottlerocket" }), TEMPLATE));
    assert.match(toml, /^\[settings\.ecs\]\ncluster = "containers-1a2b3c4"\nawsvpc-block-imds = true$/m);
  });

  it("are closed: nothing comes in, and only AWS's endpoints are reached", async () => {
    const resources = await recordCapacity();
    const { id } = only(resources, "aws:ec2/securityGroup:SecurityGroup", "workers").outputs;
    const rules = resources.filter(
      ({ inputs, type }) => type.includes("SecurityGroup") && type.includes("Rule") && inputs["securityGroupId"] === id,
    );
    assert.deepEqual(rules.map(({ name }) => name).sort(), ["workers-to-endpoints", "workers-to-s3"]);
  });

  it("reach the internet only where an endpoint is missing or an image is public, and the rule says why", async () => {
    const resources = await recordCapacity({ internetReasons: ["orders has its image in a public registry"] });
    const { inputs } = only(resources, "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "workers-to-internet");
    assert.equal(inputs["description"], "HTTPS out: orders has its image in a public registry");
  });

  it("are grown and shrunk by ECS, which never takes one with tasks and drains it before it goes", async () => {
    const resources = await recordCapacity({ targetCapacity: 90 });
    const group = only(resources, GROUP);
    assert.equal(group.inputs["protectFromScaleIn"], true);
    assert.deepEqual([group.inputs["minSize"], group.inputs["maxSize"], group.inputs["desiredCapacity"]], [0, 10, undefined]);
    assert.deepEqual(group.inputs["tags"], [{ key: "AmazonECSManaged", value: "true", propagateAtLaunch: true }]);
    assert.deepEqual(only(resources, "aws:ecs/capacityProvider:CapacityProvider").inputs["autoScalingGroupProvider"], {
      autoScalingGroupArn: group.outputs["arn"],
      managedScaling: {
        status: "ENABLED",
        targetCapacity: 90,
        minimumScalingStepSize: 1,
        maximumScalingStepSize: 10,
        instanceWarmupPeriod: 120,
      },
      managedTerminationProtection: "ENABLED",
      managedDraining: "ENABLED",
    });
  });

  it("are bought on demand in the order of their types, and on Spot where its share says so", async () => {
    const policy = (resources: readonly PlannedResource[]) =>
      only(resources, GROUP).inputs["mixedInstancesPolicy"] as { instancesDistribution: Properties; launchTemplate: { overrides: Json } };
    const onDemand = policy(await recordCapacity());
    assert.equal(onDemand.instancesDistribution["onDemandPercentageAboveBaseCapacity"], 100);
    assert.deepEqual(onDemand.launchTemplate.overrides, [{ instanceType: "m7g.large" }, { instanceType: "m7g.xlarge" }]);
    const mixed = policy(await recordCapacity({ spotShare: 0.7, onDemandBase: 2 }));
    assert.deepEqual(mixed.instancesDistribution, {
      onDemandAllocationStrategy: "prioritized",
      onDemandBaseCapacity: 2,
      onDemandPercentageAboveBaseCapacity: 30,
      spotAllocationStrategy: "price-capacity-optimized",
    });
  });

  it("get an image for each architecture when Graviton and x86 are mixed", async () => {
    const resources = await recordCapacity({ instanceTypes: ["m7g.large", "m7i.large"] });
    const graviton = only(resources, TEMPLATE, "workers-arm64");
    const intel = only(resources, TEMPLATE, "workers-x86_64");
    assert.equal(intel.inputs["imageId"], "resolve:ssm:/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id");
    assert.deepEqual((only(resources, GROUP).inputs["mixedInstancesPolicy"] as { launchTemplate: Json }).launchTemplate, {
      launchTemplateSpecification: { launchTemplateId: graviton.outputs["id"], version: "1" },
      overrides: [
        { instanceType: "m7g.large" },
        { instanceType: "m7i.large", launchTemplateSpecification: { launchTemplateId: intel.outputs["id"], version: "1" } },
      ],
    });
  });

  it("wait in a warm pool without a mixed instances policy, which EC2 refuses beside it", async () => {
    const resources = await recordCapacity({ instanceTypes: ["m7g.large"], warmPool: { size: 3 } });
    const { inputs } = only(resources, GROUP);
    assert.deepEqual(inputs["warmPool"], { poolState: "Stopped", minSize: 3, maxGroupPreparedCapacity: 3 });
    assert.equal(inputs["mixedInstancesPolicy"], undefined);
    const template = only(resources, TEMPLATE);
    assert.deepEqual(inputs["launchTemplate"], { id: template.outputs["id"], version: "1" });
    assert.equal(template.inputs["instanceType"], "m7g.large");
    assert.match(userData(template), /^ECS_WARM_POOLS_CHECK=true$/m);
  });

  it("are launched by a role of their own that alone may use the key of their volumes", async () => {
    const resources = await recordCapacity();
    const role = only(resources, "aws:iam/serviceLinkedRole:ServiceLinkedRole").outputs["arn"];
    assert.equal(only(resources, GROUP).inputs["serviceLinkedRoleArn"], role);
    const grant = only(resources, "aws:kms/grant:Grant");
    assert.deepEqual([grant.inputs["keyId"], grant.inputs["granteePrincipal"]], [KEY, role]);
    assert.ok(only(resources, GROUP).dependencies.includes(grant.urn), "a group that starts before the grant can launch nothing");
  });

  it("may join their own cluster, and nothing else", async () => {
    const { inputs } = only(await recordCapacity(), "aws:iam/rolePolicy:RolePolicy", "workers-instance");
    const may = (action: string, resource: string, context: Record<string, string> = {}) =>
      evaluate(inputs["policy"], action, resource, context);
    const instance = "arn:aws:ecs:us-east-1:111122223333:container-instance/containers-1a2b3c4/0a1b2c3d";
    assert.equal(await may("ecs:RegisterContainerInstance", CLUSTER.arn), "Allowed");
    assert.equal(await may("ecs:Poll", instance, { "ecs:cluster": CLUSTER.arn }), "Allowed");
    assert.equal(await may("ecs:DiscoverPollEndpoint", "*"), "Allowed");
    const other = "arn:aws:ecs:us-east-1:111122223333:cluster/other";
    assert.equal(await may("ecs:RegisterContainerInstance", other), "ImplicitlyDenied");
    assert.equal(await may("ecs:Poll", instance.replace("containers-1a2b3c4", "other"), { "ecs:cluster": other }), "ImplicitlyDenied");
    assert.equal(await may("ecs:RunTask", "arn:aws:ecs:us-east-1:111122223333:task-definition/test-orders:1"), "ImplicitlyDenied");
    assert.equal(await may("logs:PutLogEvents", "arn:aws:logs:us-east-1:111122223333:log-group:x:log-stream:y"), "ImplicitlyDenied");
  });

  it("let transforms bend what they are made of", async () => {
    const resources = await recordCapacity({
      transform: {
        securityGroup: { description: "bent" },
        launchTemplate: { disableApiTermination: true },
        autoScalingGroup: (args) => {
          args.defaultCooldown = 30;
        },
        capacityProvider: { name: "bent" },
      },
    });
    assert.equal(only(resources, "aws:ec2/securityGroup:SecurityGroup", "workers").inputs["description"], "bent");
    assert.equal(only(resources, TEMPLATE).inputs["disableApiTermination"], true);
    assert.equal(only(resources, GROUP).inputs["defaultCooldown"], 30);
    assert.equal(only(resources, "aws:ecs/capacityProvider:CapacityProvider").inputs["name"], "bent");
  });

  it("are refused with everything that AWS would refuse, at once", () => {
    const faults = capacityFaults("capacity ecs-workers", "ecs-workers", {
      instanceTypes: ["m7g.large", "m99.huge"],
      operatingSystem: "bottlerocket",
      spotShare: 0.5,
      warmPool: { size: 1 },
    });
    assert.deepEqual(
      faults.map(({ what }) => what),
      [
        "starts with a word that ECS keeps to itself",
        "is not a known instance type",
        "goes with one instance type only",
        "does not go with Spot",
        "does not go with bottlerocket",
      ],
    );
  });
});

describe("an ECS cluster with instances", () => {
  function recordCluster(wanted?: (network: Network) => EcsClusterArgs["instances"]): Promise<PlannedResource[]> {
    return recordProgram((options) => new EcsFixture(options, { instances: wanted }));
  }

  it("lists Fargate's providers and those of its instances, and gives interfaces a trunk before the first instance", async () => {
    const resources = await recordCluster(instances);
    const provider = (name: string) => only(resources, "aws:ecs/capacityProvider:CapacityProvider", name).outputs["name"];
    assert.deepEqual(only(resources, "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders").inputs["capacityProviders"], [
      "FARGATE",
      "FARGATE_SPOT",
      provider("containers"),
      provider("containers-spot"),
    ]);
    const trunking = only(resources, "aws:ecs/accountSettingDefault:AccountSettingDefault");
    assert.deepEqual(trunking.inputs, { name: "awsvpcTrunking", value: "enabled" });
    assert.equal(trunking.retainOnDelete, true);
    for (const group of resources.filter(({ type }) => type === GROUP)) assert.ok(group.dependencies.includes(trunking.urn));
  });

  it("keeps instances on demand and on Spot apart, so that a service's fewest tasks can be kept off Spot", async () => {
    const resources = await recordCluster(instances);
    const onDemand = (name: string) =>
      (only(resources, GROUP, name).inputs["mixedInstancesPolicy"] as { instancesDistribution: Properties }).instancesDistribution[
        "onDemandPercentageAboveBaseCapacity"
      ];
    assert.deepEqual([onDemand("containers"), onDemand("containers-spot")], [100, 0]);
  });

  it("makes none of it for Fargate alone", async () => {
    const types = new Set((await recordCluster()).map(({ type }) => type));
    for (const type of [
      GROUP,
      TEMPLATE,
      "aws:ecs/capacityProvider:CapacityProvider",
      "aws:ecs/accountSettingDefault:AccountSettingDefault",
    ])
      assert.ok(!types.has(type), type);
  });

  it("leaves the account's interfaces alone where instances have no trunk", async () => {
    const resources = await recordCluster((network) => ({
      onDemand: { context: TEST_CONTEXT, network, instanceTypes: ["m7g.large"], operatingSystem: "bottlerocket", maximum: 4, keyArn: KEY },
    }));
    assert.ok(!resources.some(({ type }) => type === "aws:ecs/accountSettingDefault:AccountSettingDefault"));
  });

  it("names its architecture to tasks, unless its instances are of both", () =>
    recordProgram((options) => {
      assert.equal(new EcsFixture(options, { instances }).cluster.ec2?.architecture, "ARM64");
    }));

  it("leaves the architecture open to tasks when its instances are of both", () =>
    recordProgram((options) => {
      const both = (network: Network): EcsClusterArgs["instances"] => ({
        onDemand: { context: TEST_CONTEXT, network, instanceTypes: ["m7g.large", "m7i.large"], maximum: 4, keyArn: KEY },
      });
      const { ec2 } = new EcsFixture(options, { instances: both }).cluster;
      assert.equal(ec2?.architecture, undefined);
      assert.equal(ec2?.spot, undefined);
    }));
});

describe("a daemon", () => {
  function recordDaemon(withInstances: boolean): Promise<PlannedResource[]> {
    return recordProgram((options) => {
      const fixture = new EcsFixture(options, withInstances ? { instances } : {});
      const logs = fixture.logs("agent");
      new EcsDaemon(
        "agent",
        {
          context: TEST_CONTEXT,
          cluster: fixture.cluster,
          taskRoleArn: "arn:aws:iam::111122223333:role/agent",
          executionRole: new ExecutionRole("agent", { context: TEST_CONTEXT, logs, image: IMAGE }, options),
          logs,
          container: { name: "agent", image: IMAGE, writable: [], variables: {} },
          size: { cpu: 128, memory: 256 },
          network: { mode: "host" },
          hostProcesses: true,
          hostDirectories: [{ hostPath: "/proc", containerPath: "/host/proc" }],
          ready: [],
          transform: { service: { name: "bent" } },
        },
        options,
      );
    });
  }

  it("runs once on every instance, sees the host read-only, and is replaced in its place", async () => {
    const resources = await recordDaemon(true);
    const { inputs } = only(resources, "aws:ecs/service:Service", "agent");
    assert.equal(inputs["name"], "bent");
    assert.deepEqual(
      [inputs["schedulingStrategy"], inputs["launchType"], inputs["deploymentMinimumHealthyPercent"], inputs["deploymentMaximumPercent"]],
      ["DAEMON", "EC2", 0, 100],
    );
    assert.equal(inputs["capacityProviderStrategies"], undefined);
    assert.equal(inputs["networkConfiguration"], undefined);
    const task = only(resources, "aws:ecs/taskDefinition:TaskDefinition").inputs;
    assert.deepEqual([task["networkMode"], task["pidMode"]], ["host", "host"]);
    assert.deepEqual(task["volumes"], [{ name: "host-0", hostPath: "/proc" }]);
    assert.match(String(task["containerDefinitions"]), /"sourceVolume":"host-0","containerPath":"\/host\/proc","readOnly":true/);
  });

  it("is refused where there are no instances", async () => {
    await assert.rejects(recordDaemon(false), /daemon agent wants instances/);
  });
});
