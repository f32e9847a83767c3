import { type TaskMetadata, type TaskStats } from "../../../functions/task-metrics/metadata";

const SERVICE = "158d1c8083dd49d6b527399fd6414f5c-0000000001";
const SIDECAR = "158d1c8083dd49d6b527399fd6414f5c-0000000002";
const MIB = 1_048_576;

/** What the endpoint says of a task with half a vCPU and 1 GiB, cut down to what anybody reads (Amazon ECS developer guide, 2026-11). */
export function aTask(): TaskMetadata {
  return {
    TaskARN: "arn:aws:ecs:us-east-1:111122223333:task/containers/158d1c8083dd49d6b527399fd6414f5c",
    Limits: { CPU: 0.5, Memory: 1_024 },
    EphemeralStorageMetrics: { Utilized: 5_144, Reserved: 20_496 },
    Containers: [
      { DockerId: SERVICE, Name: "orders" },
      { DockerId: SIDECAR, Name: "task-metrics" },
    ],
  };
}

/** Its counters after some seconds: a tenth of a vCPU for the service and a hundredth for the sidecar, 1,000 bytes in and 2,000 out a second. */
export function someStats(seconds: number): TaskStats {
  const networks = { eth1: { rx_bytes: 10_000 + 1_000 * seconds, tx_bytes: 20_000 + 2_000 * seconds } };
  const container = (share: number, mib: number) => ({
    cpu_stats: { cpu_usage: { total_usage: 1e9 * share * seconds } },
    memory_stats: { usage: (mib + 100) * MIB, stats: { inactive_file: 100 * MIB } },
    networks,
    blkio_stats: {
      io_service_bytes_recursive: [
        { op: "Read", value: 4_096 * seconds },
        { op: "Write", value: 8_192 * seconds },
        { op: "Total", value: 12_288 * seconds },
      ],
    },
  });
  return { [SERVICE]: container(0.1, 200), [SIDECAR]: container(0.01, 56) };
}
