import assert from "node:assert/strict";
import { TaskMetrics } from "../../../../components/visibility/metrics/task-metrics";
import { taskScript } from "../../../../components/visibility/metrics/task-script";
import { type WorkloadTelemetry } from "../../../../components/visibility/telemetry";
import { type Descriptor, type Target } from "../../../../components/service/descriptor";
import { type PlannedResource } from "../../../../plan/graph";
import { known } from "../../../daemons/hosted";
import { recordProgram } from "../../../harness";
import { smallGraphite } from "./fake-host";
import { observed } from "./observed";

interface Workload {
  readonly telemetry: WorkloadTelemetry;
  readonly reasons: readonly string[];
  /** Rules into the store, as `group port/protocol`. */
  readonly passages: readonly string[];
}

async function workload(target: Target, place: Descriptor["place"] = "auto"): Promise<Workload> {
  const parts: Pick<Workload, "telemetry" | "reasons">[] = [];
  const resources = await recordProgram((options) => {
    const graphite = smallGraphite("metrics", options);
    const source = new TaskMetrics("test", graphite.store);
    const one = observed({ name: "orders", target, place }, graphite);
    parts.push({ telemetry: source.of(one), reasons: source.internetReasons(one.descriptor, target) });
  });
  const [part] = parts;
  assert.ok(part);
  return { ...part, passages: resources.flatMap(passage) };
}

function passage({ type, inputs }: PlannedResource): string[] {
  if (type !== "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule") return [];
  const group = String(inputs["securityGroupId"]);
  return group.startsWith("sg-") && !/^sg-[0-9a-f]+$/.test(group)
    ? [`${group} ${String(inputs["fromPort"])}/${String(inputs["ipProtocol"])}`]
    : [];
}

describe("What metrics add to a workload", () => {
  for (const target of ["fargate", "fargate-job", "ecs", "eks", "eks-stateful"] as const)
    it(`on ${target} is the address of StatsD, and the way to it over UDP`, async () => {
      const { telemetry, passages } = await workload(target);
      assert.deepEqual(await known({ ...telemetry.variables }), {
        STATSD_HOST: "statsd.visibility.internal",
        STATSD_PORT: "8125",
        STATSD_PREFIX: "orders",
      });
      assert.ok(passages.includes("sg-statsd 8125/udp"));
      assert.deepEqual(telemetry.vpcPorts, [{ port: 8125, protocol: "UDP" }]);
    });

  for (const target of ["fargate", "fargate-job"] as const)
    it(`on ${target} is a sidecar, the way to the relay, and to the registry of its image`, async () => {
      const { telemetry, passages, reasons } = await workload(target);
      const [sidecar] = telemetry.sidecars;
      assert.ok(sidecar);
      assert.deepEqual(await known({ ...sidecar.variables }), {
        GRAPHITE_HOST: "graphite-relay.visibility.internal",
        GRAPHITE_PORT: "2003",
        METRIC_PREFIX: "strata.test.tasks.orders",
        INTERVAL_SECONDS: "10",
      });
      assert.ok(passages.includes("sg-graphite-relay 2003/tcp"));
      assert.equal(reasons.length, 1);
    });

  for (const target of ["ecs", "eks"] as const)
    it(`on ${target} is no sidecar and no way to the relay: the node's own agent sees it`, async () => {
      const { telemetry, passages, reasons } = await workload(target);
      assert.deepEqual([telemetry.sidecars, passages, reasons], [[], ["sg-statsd 8125/udp"], []]);
    });

  it("on Lambda is nothing", async () => {
    const { telemetry, passages, reasons } = await workload("lambda");
    assert.deepEqual([telemetry.variables, telemetry.sidecars, passages, reasons], [{}, [], [], []]);
  });

  it("on a cluster that the environment adopted is nothing", async () => {
    const { telemetry, passages } = await workload("eks", { on: "eks", cluster: "frankfurt", because: "it is there" });
    assert.deepEqual([telemetry.variables, passages], [{}, []]);
  });

  it("fits a task definition many times over", () => assert.ok(Buffer.byteLength(taskScript()) < 8_192));
});
