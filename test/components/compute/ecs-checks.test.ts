import assert from "node:assert/strict";
import {
  type ContainerEnvironment,
  containerFaults,
  imageFaults,
  type PlacedContainer,
  targetGroupFaults,
} from "../../../components/compute/ecs-checks";
import { taskFaults } from "../../../components/compute/ecs-task-definition";
import { faultLine } from "../../../components/faults";
import { type Descriptor, type Target } from "../../../components/service/descriptor";
import { descriptor, IMAGE } from "./ecs-fixture";

const ENVIRONMENT: ContainerEnvironment = { durable: true, instanceTypes: ["m7g.large"], countsTasks: true };

function lines(
  target: Target,
  change: Partial<Descriptor>,
  more: Partial<PlacedContainer> = {},
  environment: Partial<ContainerEnvironment> = {},
): string[] {
  const placed: PlacedContainer = {
    key: "services/orders/service.yaml",
    descriptor: descriptor({ name: "orders", run: { image: IMAGE, port: 8080 }, ...change }),
    target,
    ...more,
  };
  return containerFaults([placed], { ...ENVIRONMENT, ...environment }).map((fault) =>
    faultLine(fault).replace("services/orders/service.yaml: ", ""),
  );
}

describe("what is refused of a service on ECS", () => {
  it("is nothing of a service that fits", () => {
    const size = { cpu: 512, memory: 1024 };
    assert.deepEqual(lines("fargate", {}, { size }), []);
    assert.deepEqual(lines("ecs", {}, { size }), []);
  });

  it("is an image whose tag moves or is missing, where the environment is durable", () => {
    const faults = (image: string) => imageFaults("run.image", image, true).map(faultLine);
    assert.deepEqual(faults("nginx:latest"), [
      'run.image: has the tag latest in a durable environment, got "nginx:latest"; give a version as its tag, or a digest',
    ]);
    assert.match(faults("registry.example:5000/shop/orders")[0] ?? "", /has no tag in a durable environment/);
    assert.deepEqual(faults(`nginx@sha256:${"0".repeat(64)}`), []);
    assert.deepEqual(faults("registry.example:5000/shop/orders:1.4"), []);
    assert.deepEqual(imageFaults("run.image", "nginx", false), []);
    assert.match(
      lines("fargate-job", { run: { job: "encoder" }, triggers: [{ schedule: "rate(1 day)" }] })[0] ?? "",
      /^run\.job: has no tag/,
    );
  });

  it("is raw TCP, and several ports", () => {
    const run: Descriptor["run"] = {
      image: IMAGE,
      ports: [
        { name: "mqtt", port: 1883, protocol: "tcp" },
        { name: "web", port: 9001, protocol: "http" },
      ],
    };
    const found = lines("ecs", { run, reach: { tcp: ["mqtt"], from: "internet" } });
    assert.deepEqual(found, [
      'run.ports: speaks raw TCP, which ECS is awkward for, got ["mqtt"]; leave `place` to the advisor, or give `on: eks`',
      "run.ports: has several ports, which ECS is awkward for, got 2; leave `place` to the advisor, or give `on: eks`",
    ]);
    assert.deepEqual(lines("eks", { run }), []);
  });

  it("is more target groups than a service can have", () => {
    assert.deepEqual(targetGroupFaults("service", 5), []);
    assert.match(
      targetGroupFaults("service", 6).map(faultLine)[0] ?? "",
      /more target groups than a service can have, got 6; give at most 5/,
    );
    const ports = Array.from({ length: 6 }, (_, index) => ({ name: `web${index}`, port: 8000 + index, protocol: "http" as const }));
    assert.match(lines("ecs", { run: { image: IMAGE, ports }, reach: { http: "/", from: "internet" } }).at(-1) ?? "", /at most 5/);
  });

  it("is more containers than a task can have, and two that share a port or a name", () => {
    const containers = Array.from({ length: 11 }, (_, index) => ({ name: `c${index}` }));
    assert.match(taskFaults("task", containers).map(faultLine)[0] ?? "", /more containers than a task can have, got 11; give at most 10/);
    const port = { name: "http", port: 8080 };
    assert.deepEqual(
      taskFaults("task", [
        { name: "orders", port },
        { name: "orders", port },
      ]).map(({ what }) => what),
      ["names two containers the same", "has two containers on one port; they share the task's network interface"],
    );
  });

  it("is a Fargate size that does not exist, and one that fits no instance", () => {
    assert.match(lines("fargate", {}, { size: { cpu: 256, memory: 4096 } })[0] ?? "", /^demand: is a Fargate size that does not exist/);
    assert.match(lines("ecs", {}, { size: { cpu: 1024, memory: 8192 } })[0] ?? "", /^demand: fits none of the cluster's instance types/);
    assert.match(lines("ecs", {}, { size: { cpu: 4096, memory: 1024 } })[0] ?? "", /add a larger type to m7g\.large/);
    assert.match(
      lines("ecs", {}, { size: { cpu: 256, memory: 256 } }, { instanceTypes: [] })[0] ?? "",
      /is on EC2 in an environment without instances/,
    );
  });

  it("is a job with an HTTP route, without anything that starts it, or started by what nothing counts", () => {
    const run = { job: IMAGE };
    assert.match(
      lines("fargate-job", { run, reach: { http: "/x", from: "services" }, triggers: [{ schedule: "rate(1 day)" }] })[0] ?? "",
      /^reach: is given for a job/,
    );
    assert.match(lines("fargate-job", { run })[0] ?? "", /^triggers: is missing for a job/);
    assert.match(lines("fargate-job", { run, triggers: [{ topic: "orders.v1" }] })[0] ?? "", /^triggers\[0\]: starts a job by a topic/);
    assert.match(
      lines("fargate-job", { run, triggers: [{ queue: "erp" }], needs: [{ queue: "erp", broker: "activemq", access: "consume" }] })[0] ??
        "",
      /a queue that is not SQS/,
    );
    assert.match(
      lines("fargate-job", { run, triggers: [{ schedule: "every night" }] })[0] ?? "",
      /^triggers\[0\]\.schedule: is not a schedule/,
    );
    const mixed = lines("fargate-job", {
      run,
      triggers: [{ queue: "q" }, { schedule: "rate(1 day)" }],
      needs: [{ queue: "q", access: "consume" }],
    });
    assert.match(mixed[0] ?? "", /mixes a queue with something else/);
  });

  it("is a service where only jobs run, and a job where only services do", () => {
    assert.match(lines("fargate-job", {})[0] ?? "", /^place: puts a service on fargate-job/);
    assert.match(lines("ecs", { run: { job: IMAGE } })[0] ?? "", /^place: puts a job on ecs/);
  });

  it("is scaling by a queue where nothing counts the running tasks", () => {
    const worker = { run: { image: IMAGE }, triggers: [{ queue: "orders" }] };
    assert.deepEqual(lines("fargate", worker), []);
    assert.match(lines("fargate", worker, {}, { countsTasks: false })[0] ?? "", /give `strata:visibility.containerInsights` enabled/);
  });
});
