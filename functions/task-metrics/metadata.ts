/**
 * What the task metadata endpoint, version 4, tells a task of Fargate about itself; of each answer the part that is read here (Amazon ECS
 * developer guide for Fargate, "Task metadata endpoint version 4", 2026-11).
 */
export interface TaskMetadata {
  readonly TaskARN: string;
  /** vCPUs and MiB of the whole task. */
  readonly Limits?: { readonly CPU?: number; readonly Memory?: number };
  readonly EphemeralStorageMetrics?: { readonly Utilized: number; readonly Reserved: number };
  readonly Containers: readonly { readonly DockerId: string; readonly Name: string }[];
}

interface Counters {
  readonly [name: string]: number | undefined;
}

/** Docker's counters of one container; null until its first second is over. */
export interface ContainerStats {
  readonly cpu_stats?: { readonly cpu_usage?: { readonly total_usage?: number } };
  readonly memory_stats?: { readonly usage?: number; readonly stats?: Counters };
  readonly networks?: Readonly<Record<string, { readonly rx_bytes?: number; readonly tx_bytes?: number }>>;
  readonly blkio_stats?: {
    readonly io_service_bytes_recursive?: readonly { readonly op?: string; readonly value?: number }[] | null;
  };
}

export type TaskStats = Readonly<Record<string, ContainerStats | null>>;
