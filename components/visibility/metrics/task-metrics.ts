import { allowPassage } from "../../network/passage";
import { type Descriptor, type Target } from "../../service/descriptor";
import { NO_TELEMETRY, type ObservedWorkload, type Sidecar, type TelemetrySource, type WorkloadTelemetry } from "../telemetry";
import { metricNode, metricPrefix } from "./metric-names";
import { type Endpoint, type MetricsStore } from "./metrics-store";
import { taskScript } from "./task-script";

const IMAGE = "public.ecr.aws/docker/library/node:22-alpine";
/** CPU units and MiB: it sleeps but for a few milliseconds of every interval. */
const SIZE = { cpu: 32, memory: 64 } as const;

function isFargate(target: Target): boolean {
  return target === "fargate" || target === "fargate-job";
}

/** True for a workload on a cluster that the environment adopted, from where the store may be out of reach. */
function isElsewhere({ place }: Descriptor): boolean {
  return place !== "auto" && place.cluster !== undefined;
}

/**
 * What metrics add to a workload. All that run inside the VPC get the address of StatsD, for what they count themselves. On Fargate, where no
 * agent can stand on the instance, a sidecar reads what ECS tells the task about itself and sends it to the same store. A function gets
 * neither: CloudWatch has its metrics, and a packet sent as it is frozen would be lost.
 */
export class TaskMetrics implements TelemetrySource {
  constructor(
    private readonly environment: string,
    private readonly store: Pick<MetricsStore, "plaintext" | "statsd" | "intervalSeconds" | "ready">,
  ) {}

  internetReasons(descriptor: Descriptor, target: Target): readonly string[] {
    return isFargate(target) && !isElsewhere(descriptor) ? ["the image of its metrics sidecar is in a public registry"] : [];
  }

  of({ descriptor, target, identity, parent }: ObservedWorkload): WorkloadTelemetry {
    if (target === "lambda" || isElsewhere(descriptor)) return NO_TELEMETRY;
    const { statsd, plaintext, ready } = this.store;
    const open = (to: Endpoint, name: string, protocol: "tcp" | "udp") =>
      to.securityGroupId ? allowPassage(identity, { name, securityGroupId: to.securityGroupId }, to.port, parent, protocol) : [];
    return {
      ...NO_TELEMETRY,
      variables: { STATSD_HOST: statsd.host, STATSD_PORT: String(statsd.port), STATSD_PREFIX: metricNode(descriptor.name) },
      sidecars: isFargate(target) ? [this.sidecar(descriptor)] : [],
      vpcPorts: [{ port: statsd.port, protocol: "UDP" }],
      ready: [...ready, ...open(statsd, "statsd", "udp"), ...(isFargate(target) ? open(plaintext, "graphite-relay", "tcp") : [])],
    };
  }

  private sidecar({ name }: Descriptor): Sidecar {
    const { plaintext, intervalSeconds } = this.store;
    return {
      name: "task-metrics",
      image: IMAGE,
      command: ["node", "--eval", taskScript()],
      variables: {
        GRAPHITE_HOST: plaintext.host,
        GRAPHITE_PORT: String(plaintext.port),
        METRIC_PREFIX: `${metricPrefix(this.environment, "tasks")}.${metricNode(name)}`,
        INTERVAL_SECONDS: String(intervalSeconds),
      },
      writable: [],
      size: SIZE,
    };
  }
}
