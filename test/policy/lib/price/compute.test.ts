import assert from "node:assert/strict";
import { UNKNOWN } from "../../../../policy/lib/resource";
import { arn, id, type Inputs, type TestStack } from "../../stack";
import { east, priceIn, unknown, unpriced } from "./fixture";

const TASK = "aws:ecs/taskDefinition:TaskDefinition";
const ARM: Inputs = { cpu: "256", memory: "512", runtimePlatform: { cpuArchitecture: "ARM64" } };

function service(inputs: Inputs, task: Inputs = ARM) {
  return (stack: TestStack) =>
    stack.add("aws:ecs/service:Service", "orders", { ...inputs, taskDefinition: arn(stack.add(TASK, "orders", task)) });
}

describe("what instances cost", () => {
  it("is their hours on demand and their volumes", () => {
    const instance = (inputs: Inputs) => (stack: TestStack) => stack.add("aws:ec2/instance:Instance", "host", inputs);
    const root = { rootBlockDevice: { volumeSize: 30, volumeType: "gp3" } };
    assert.deepEqual(east(instance({ instanceType: "m7g.large", ...root })), { "hours of m7g.large": 59.568, "gp3 storage": 2.4 });
    assert.match(unpriced(instance({ instanceType: "m7g.large" })).join(), /its root volume: it is as large as its image/);
    assert.match(unpriced(instance({ instanceType: "x1.32xlarge", ...root })).join(), /ec2\.x1\.32xlarge/);
    assert.deepEqual(unknown(instance({ instanceType: UNKNOWN, ...root })), ["hours of instances: instanceType"]);
  });

  it("is those of the instances that a group wants, of the first type it would take", () => {
    const group =
      (inputs: Inputs, template: Inputs = {}) =>
      (stack: TestStack) => {
        const made = stack.add("aws:ec2/launchTemplate:LaunchTemplate", "hosts", {
          instanceType: "t4g.medium",
          blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { volumeSize: 50, volumeType: "gp2" } }],
          ...template,
        });
        return stack.add("aws:autoscaling/group:Group", "hosts", { launchTemplate: { id: id(made) }, ...inputs });
      };
    assert.deepEqual(east(group({ minSize: 2, maxSize: 4 })), { "hours of t4g.medium": 49.056, "gp2 storage": 10 });
    assert.deepEqual(east(group({ minSize: 2, maxSize: 4, desiredCapacity: 3 }))["hours of t4g.medium"], 73.584);
    assert.deepEqual(east(group({ minSize: 0, maxSize: 4 })), {});
    const mixed = {
      launchTemplate: { overrides: [{ instanceType: "m7g.large" }, { instanceType: "r7g.large" }] },
      instancesDistribution: { onDemandBaseCapacity: 1, onDemandPercentageAboveBaseCapacity: 0 },
    };
    const found = priceIn("us-east-1", group({ minSize: 3, mixedInstancesPolicy: mixed }));
    assert.deepEqual(
      found.lines.map(({ what, quantity }) => [what, quantity]),
      [
        ["hours of m7g.large", 730],
        ["gp2 storage", 150],
      ],
    );
    assert.deepEqual(found.unpriced, [{ what: "Spot instances", why: "the price of Spot changes by the hour" }]);
  });

  it("is those of a node group", () => {
    const nodes = (inputs: Inputs) => (stack: TestStack) =>
      stack.add("aws:eks/nodeGroup:NodeGroup", "nodes", { scalingConfig: { desiredSize: 2, minSize: 1, maxSize: 3 }, ...inputs });
    const found = priceIn("us-east-1", nodes({}));
    assert.deepEqual(
      found.lines.map(({ item, quantity }) => [item, quantity]),
      [["ec2.t3.medium", 1460]],
    );
    assert.match(unpriced(nodes({})).join(), /root volumes/);
    assert.match(unpriced(nodes({ capacityType: "SPOT" })).join(), /Spot/);
  });
});

describe("what containers cost", () => {
  const fargate = { launchType: "FARGATE", desiredCount: 2 };

  it("is 0.1 $ an hour of a Kubernetes control plane", () => {
    assert.deepEqual(
      east((stack) => stack.add("aws:eks/cluster:Cluster", "kubernetes")),
      { "hours of the control plane": 73 },
    );
    const auto = priceIn("us-east-1", (stack) => stack.add("aws:eks/cluster:Cluster", "kubernetes", { computeConfig: { enabled: true } }));
    assert.deepEqual(auto.usage, ["nodes that Auto Mode starts, and its charge for them"]);
  });

  it("is the size of the tasks that run on Fargate at the least", () => {
    // 2 × 0.25 vCPU × 730 h × 0.03238 $ and 2 × 0.5 GB × 730 h × 0.00356 $.
    assert.deepEqual(east(service(fargate)), { "vCPU hours of tasks": 11.819, "GB hours of tasks": 2.599 });
    // An x86 task of 1 vCPU and 2 GB, written in words: 730 × 0.04048 $ and 2 × 730 × 0.004445 $.
    assert.deepEqual(east(service({ launchType: "FARGATE", desiredCount: 1 }, { cpu: "1 vCPU", memory: "2 GB" })), {
      "vCPU hours of tasks": 29.55,
      "GB hours of tasks": 6.49,
    });
    assert.deepEqual(east(service(fargate), false), east(service(fargate)));
    assert.deepEqual(
      east(service({ launchType: "FARGATE", desiredCount: 1 }, { ...ARM, ephemeralStorage: { sizeInGib: 40 } }))["disk of tasks"],
      1.621,
    );
  });

  it("is that of the fewest tasks that autoscaling keeps", () => {
    const scaled = (stack: TestStack) => {
      const found = service(fargate)(stack);
      stack.add("aws:appautoscaling/target:Target", "orders", { resourceId: id(found), minCapacity: 4, maxCapacity: 9 });
      return found;
    };
    assert.deepEqual(east(scaled)["vCPU hours of tasks"], 23.637);
  });

  it("is nothing for tasks on instances, and unpriced for those on Spot", () => {
    assert.deepEqual(east(service({ launchType: "EC2", desiredCount: 2 })), {});
    assert.deepEqual(east(service({ desiredCount: 2 })), {});
    assert.deepEqual(east(service({ launchType: "EC2", schedulingStrategy: "DAEMON" })), {});
    const spot = service({
      desiredCount: 5,
      capacityProviderStrategies: [
        { capacityProvider: "FARGATE", base: 1, weight: 1 },
        { capacityProvider: "FARGATE_SPOT", weight: 3 },
      ],
    });
    // One task is the base, and a quarter of the other four is on demand.
    const [vcpu] = priceIn("us-east-1", spot).lines;
    assert.equal(vcpu?.quantity, 2 * 0.25 * 730);
    assert.deepEqual(unpriced(spot), ["tasks on Fargate Spot: its price changes by the hour"]);
  });

  it("follows what its cluster does by default", () => {
    const byCluster = (stack: TestStack) => {
      const cluster = stack.add("aws:ecs/cluster:Cluster", "containers");
      const defaultCapacityProviderStrategies = [{ capacityProvider: "FARGATE", weight: 1 }];
      const type = "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders";
      stack.add(type, "containers", { clusterName: id(cluster), defaultCapacityProviderStrategies });
      return service({ desiredCount: 2, cluster: id(cluster) })(stack);
    };
    assert.deepEqual(east(byCluster)["vCPU hours of tasks"], 11.819);
  });

  it("is not known while the number of tasks or their size is not", () => {
    assert.deepEqual(
      unknown(service({ launchType: "FARGATE", desiredCount: UNKNOWN })),
      ["vCPU hours of tasks: cpu", "GB hours of tasks: memory", "disk of tasks: ephemeralStorage.sizeInGib"].map((line) =>
        line.replace(/: .*/, ": desiredCount"),
      ),
    );
    assert.deepEqual(unknown(service(fargate, { ...ARM, cpu: UNKNOWN })), ["vCPU hours of tasks: cpu"]);
    assert.deepEqual(unknown(service({ launchType: UNKNOWN })), ["tasks: capacityProviderStrategies"]);
    assert.match(
      unpriced(service(fargate, { ...ARM, runtimePlatform: { operatingSystemFamily: "WINDOWS_SERVER_2022_CORE" } })).join(),
      /windows/,
    );
  });
});

describe("what functions cost", () => {
  it("is paid by use, but for memory that is kept warm", () => {
    const warm = (stack: TestStack) => {
      const lambda = stack.add("aws:lambda/function:Function", "hook", { memorySize: 1024, architectures: ["arm64"] });
      const type = "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig";
      return stack.add(type, "hook", { functionName: id(lambda), provisionedConcurrentExecutions: 2 });
    };
    // 2 GB × 730 × 3,600 s × 0.0000033334 $.
    assert.deepEqual(east(warm), { "provisioned concurrency": 17.52 });
    assert.deepEqual(
      east((stack) => stack.add("aws:lambda/function:Function", "hook")),
      {},
    );
  });
});
