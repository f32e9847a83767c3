import assert from "node:assert/strict";
import fc from "fast-check";
import { burstSteps } from "../../../components/compute/task-scaling";
import { capacityStrategy, type TaskCapacity } from "../../../components/compute/task-capacity";
import { type Json, type PlannedResource } from "../../../plan/graph";
import { only, recordProgram } from "../../harness";
import { descriptor, EcsFixture, IMAGE, instances, TOPIC } from "./ecs-fixture";

const SERVICE = "aws:ecs/service:Service";
const TASK_DEFINITION = "aws:ecs/taskDefinition:TaskDefinition";
const POLICY = "aws:appautoscaling/policy:Policy";

const ORDERS = descriptor({
  name: "orders",
  run: { image: IMAGE, port: 8080, health: "/healthz", writable: ["/tmp"], variables: { MODE: "full" } },
  reach: { http: "/orders", from: "internet" },
});

function recordService(target: "fargate" | "ecs", options: ConstructorParameters<typeof EcsFixture>[1] = {}): Promise<PlannedResource[]> {
  return recordProgram((providers) => new EcsFixture(providers, { instances, ...options }).run(target, ORDERS));
}

function parsed(value: Json | undefined): Json {
  assert.equal(typeof value, "string");
  return JSON.parse(value as string) as Json;
}

describe("a service on ECS", () => {
  it("is told to ECS with exactly these inputs on Fargate", async () => {
    const resources = await recordService("fargate");
    const { inputs } = only(resources, SERVICE, "orders");
    const { arn: cluster } = only(resources, "aws:ecs/cluster:Cluster").outputs;
    assert.deepEqual(
      { ...inputs, networkConfiguration: null, serviceConnectConfiguration: null },
      {
        cluster,
        taskDefinition: only(resources, TASK_DEFINITION).outputs["arn"],
        desiredCount: 2,
        capacityProviderStrategies: [
          { capacityProvider: "FARGATE", base: 2, weight: 50 },
          { capacityProvider: "FARGATE_SPOT", weight: 50 },
        ],
        forceNewDeployment: true,
        platformVersion: "LATEST",
        networkConfiguration: null,
        serviceConnectConfiguration: null,
        deploymentMinimumHealthyPercent: 100,
        deploymentMaximumPercent: 200,
        deploymentCircuitBreaker: { enable: true, rollback: true },
        availabilityZoneRebalancing: "ENABLED",
        loadBalancers: [
          {
            targetGroupArn: only(resources, "aws:lb/targetGroup:TargetGroup").outputs["arn"],
            containerName: "orders",
            containerPort: 8080,
          },
        ],
        healthCheckGracePeriodSeconds: 33,
        enableEcsManagedTags: true,
        propagateTags: "SERVICE",
        tags: { service: "orders", owner: "shop" },
        waitForSteadyState: true,
      },
    );
    const network = inputs["networkConfiguration"] as { [key: string]: Json };
    assert.equal(network["assignPublicIp"], false);
    assert.deepEqual(network["securityGroups"], [only(resources, "aws:ec2/securityGroup:SecurityGroup", "orders").outputs["id"]]);
  });

  it("gives its tasks their own interface, a read-only root and no privileges", async () => {
    const resources = await recordService("ecs");
    const { inputs } = only(resources, TASK_DEFINITION);
    assert.equal(inputs["networkMode"], "awsvpc");
    assert.deepEqual(inputs["volumes"], [{ name: "scratch-0" }]);
    assert.notEqual(inputs["taskRoleArn"], inputs["executionRoleArn"]);
    const [container, ...others] = parsed(inputs["containerDefinitions"]) as { [key: string]: Json }[];
    assert.equal(others.length, 0);
    assert.equal(container?.["readonlyRootFilesystem"], true);
    assert.equal(container?.["privileged"], false);
    assert.deepEqual(container?.["linuxParameters"], { initProcessEnabled: true, capabilities: { drop: ["ALL"] } });
    assert.deepEqual(container?.["environment"], [{ name: "MODE", value: "full" }]);
  });

  it("moves from Fargate to EC2 by its target alone: only what it runs on changes, and nothing is replaced or renamed", async () => {
    const byUrn = (resources: readonly PlannedResource[]) => [...resources].sort((one, other) => (one.urn < other.urn ? -1 : 1));
    const [fargate, ecs] = [byUrn(await recordService("fargate")), byUrn(await recordService("ecs"))];
    assert.deepEqual(
      ecs.map(({ urn }) => urn),
      fargate.map(({ urn }) => urn),
    );
    const changes = fargate.flatMap((before, index) => {
      const after = ecs[index];
      assert.ok(after);
      const keys = [...new Set([...Object.keys(before.inputs), ...Object.keys(after.inputs)])];
      return keys
        .filter((key) => JSON.stringify(before.inputs[key]) !== JSON.stringify(after.inputs[key]))
        .map((key) => `${before.type} ${before.name}: ${key}`);
    });
    assert.deepEqual(changes.sort(), [
      `${SERVICE} orders: capacityProviderStrategies`,
      `${SERVICE} orders: orderedPlacementStrategies`,
      `${SERVICE} orders: platformVersion`,
      `${TASK_DEFINITION} orders: requiresCompatibilities`,
      "strata:service:Service orders: target",
    ]);
    const provider = (name: string) => only(ecs, "aws:ecs/capacityProvider:CapacityProvider", name).outputs["name"];
    const service = only(ecs, SERVICE, "orders").inputs;
    assert.deepEqual(service["capacityProviderStrategies"], [
      { capacityProvider: provider("containers"), base: 2, weight: 50 },
      { capacityProvider: provider("containers-spot"), weight: 50 },
    ]);
    assert.deepEqual(service["orderedPlacementStrategies"], [
      { type: "spread", field: "attribute:ecs.availability-zone" },
      { type: "binpack", field: "memory" },
    ]);
    assert.deepEqual(only(ecs, TASK_DEFINITION).inputs["requiresCompatibilities"], ["EC2"]);
  });

  it("scales on CPU and on requests for each target", async () => {
    const resources = await recordService("fargate");
    const specification = (name: string) =>
      (only(resources, POLICY, name).inputs["targetTrackingScalingPolicyConfiguration"] as { [key: string]: Json })[
        "predefinedMetricSpecification"
      ];
    assert.deepEqual(specification("orders-cpu"), { predefinedMetricType: "ECSServiceAverageCPUUtilization" });
    const balancer = only(resources, "aws:lb/loadBalancer:LoadBalancer").outputs["arnSuffix"];
    const group = only(resources, "aws:lb/targetGroup:TargetGroup").outputs["arnSuffix"];
    assert.deepEqual(specification("orders-requests"), {
      predefinedMetricType: "ALBRequestCountPerTarget",
      resourceLabel: `${String(balancer)}/${String(group)}`,
    });
    const { inputs } = only(resources, "aws:appautoscaling/target:Target");
    assert.deepEqual([inputs["minCapacity"], inputs["maxCapacity"]], [2, 6]);
  });

  it("scales a worker on the messages that wait for each of its running tasks", async () => {
    const worker = descriptor({ name: "worker", run: { image: IMAGE }, triggers: [{ queue: "orders" }] });
    const resources = await recordProgram((providers) => new EcsFixture(providers).run("fargate", worker));
    const configuration = only(resources, POLICY, "worker-backlog").inputs["targetTrackingScalingPolicyConfiguration"] as {
      [key: string]: Json;
    };
    // 80 ms a message, 20 at once: 15,000 in the minute that one may wait.
    assert.equal(configuration["targetValue"], 15_000);
    const { metrics } = configuration["customizedMetricSpecification"] as { metrics: { [key: string]: Json }[] };
    assert.deepEqual(
      metrics.map(({ id, returnData }) => [id, returnData]),
      [
        ["visible", false],
        ["running", false],
        ["perTask", true],
      ],
    );
    assert.equal(metrics[2]?.["expression"], "visible / IF(running > 0, running, 1)");
    assert.match(JSON.stringify(metrics[0]), /orders-1a2b3c4/);
  });

  it("does not scale on a queue where nothing counts the running tasks", async () => {
    const worker = descriptor({ name: "worker", run: { image: IMAGE }, triggers: [{ queue: "orders" }] });
    const resources = await recordProgram((providers) =>
      new EcsFixture(providers, { containerInsights: "disabled" }).run("fargate", worker),
    );
    assert.deepEqual(
      resources.filter(({ type }) => type === POLICY).map(({ name }) => name),
      ["worker-cpu"],
    );
  });

  it("asks the internet for its image on Fargate, but leaves that to the instance on EC2", () => {
    return recordProgram((providers) => {
      const { places } = new EcsFixture(providers, { instances });
      const run = { image: "public.ecr.aws/nginx/nginx-unprivileged:1.27" };
      assert.deepEqual(places.fargate.internetReasons(descriptor({ name: "orders", run })), ["its image is in a public registry"]);
      assert.deepEqual(places.ecs.internetReasons(descriptor({ name: "orders", run })), []);
    });
  });

  it("is refused on EC2 where the cluster has no instances", async () => {
    await assert.rejects(
      recordProgram((providers) => new EcsFixture(providers).run("ecs", ORDERS)),
      /the cluster has no instances/,
    );
  });

  it("is refused with a Fargate size that does not exist, and told which are near", async () => {
    const sizing = () => ({ cpu: 512, memory: 700, minimumCopies: 1, maximumCopies: 1, requestsPerMinute: 1 });
    await assert.rejects(
      recordProgram((providers) => new EcsFixture(providers, { service: { sizing } }).run("fargate", ORDERS)),
      /task orders: is a Fargate size that does not exist.*cpu 512 with 1024MiB/,
    );
  });

  it("lets transforms bend the task definition, the service, the target group and its scaling", async () => {
    const resources = await recordService("fargate", {
      service: {
        transform: {
          taskDefinition: { ephemeralStorage: { sizeInGib: 50 } },
          service: (args) => {
            args.enableExecuteCommand = true;
          },
          targetGroup: { slowStart: 60 },
          scaling: { target: { maxCapacity: 9 }, policy: { name: "bent" } },
        },
      },
    });
    assert.deepEqual(only(resources, TASK_DEFINITION).inputs["ephemeralStorage"], { sizeInGib: 50 });
    assert.equal(only(resources, SERVICE).inputs["enableExecuteCommand"], true);
    assert.equal(only(resources, "aws:lb/targetGroup:TargetGroup").inputs["slowStart"], 60);
    assert.equal(only(resources, "aws:appautoscaling/target:Target").inputs["maxCapacity"], 9);
    assert.equal(only(resources, POLICY, "orders-cpu").inputs["name"], "bent");
  });

  it("sends its alarms to the topic of the environment", async () => {
    const alarms = (await recordService("fargate")).filter(({ type }) => type === "aws:cloudwatch/metricAlarm:MetricAlarm");
    assert.ok(alarms.length > 0);
    for (const { inputs } of alarms) assert.deepEqual(inputs["alarmActions"], [TOPIC]);
  });
});

/** Where ECS puts tasks by a strategy: the base first, then each where the weights are owed most (ECS developer guide). */
function distribute(strategy: readonly { readonly base?: number; readonly weight: number }[], tasks: number): number[] {
  const counts = strategy.map(({ base = 0 }) => base);
  const total = strategy.reduce((sum, { weight }) => sum + weight, 0);
  let left = tasks - counts.reduce((sum, count) => sum + count, 0);
  const above = strategy.map(() => 0);
  for (; left > 0; left -= 1) {
    const placed = above.reduce((sum, count) => sum + count, 0) + 1;
    const owed = strategy.map(({ weight }, index) => (placed * weight) / total - (above[index] ?? 0));
    const next = owed.indexOf(Math.max(...owed));
    above[next] = (above[next] ?? 0) + 1;
    counts[next] = (counts[next] ?? 0) + 1;
  }
  return counts;
}

describe("a capacity provider strategy", () => {
  const capacity: TaskCapacity = { compatibility: "FARGATE", onDemand: "FARGATE", spot: "FARGATE_SPOT", placement: [], ready: [] };

  it("never lets Spot have one of the fewest tasks, whatever the share and however many run", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 50 }),
        fc.integer({ min: 0, max: 200 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (base, more, share) => {
          const strategy = capacityStrategy(capacity, base, share);
          const counts = distribute(strategy, base + more);
          const of = (provider: string) => counts[strategy.findIndex(({ capacityProvider }) => capacityProvider === provider)] ?? 0;
          assert.ok(of("FARGATE") >= base);
          assert.equal(of("FARGATE") + of("FARGATE_SPOT"), base + more);
          assert.ok(of("FARGATE_SPOT") <= Math.ceil(more * (Math.round(share * 100) / 100)) + 1);
        },
      ),
    );
  });

  it("has a weight above zero, or ECS would refuse it", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 50 }), fc.double({ min: 0, max: 1, noNaN: true }), (base, share) => {
        const lines = capacityStrategy(capacity, base, share);
        assert.ok(lines.some(({ weight }) => weight > 0));
        assert.ok(lines.filter((line) => (line.base ?? 0) > 0).length <= 1);
      }),
    );
  });

  it("refuses a Spot share where there is no Spot, rather than run on demand in silence", () => {
    assert.throws(() => capacityStrategy({ ...capacity, spot: undefined }, 1, 0.5), /without Spot capacity/);
  });
});

describe("the steps of a burst", () => {
  it("never add more tasks than the waiting messages ask for, never fewer than half of them, and never pass the most", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 1, max: 100_000 }),
        (most, perTask, visible) => {
          const steps = burstSteps(most, perTask);
          assert.ok(steps.length <= 20);
          const above = visible - 1;
          const hit = steps.filter(
            ({ metricIntervalLowerBound, metricIntervalUpperBound }) =>
              Number(metricIntervalLowerBound) <= above &&
              (metricIntervalUpperBound === undefined || above < Number(metricIntervalUpperBound)),
          );
          assert.equal(hit.length, 1);
          const added = hit[0]?.scalingAdjustment ?? 0;
          const asked = Math.min(most, Math.ceil(visible / perTask));
          assert.ok(added <= asked && added * 2 >= asked, `${added} added, ${asked} asked for`);
        },
      ),
    );
  });
});
