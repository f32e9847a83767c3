import type * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { cpuText, SCRATCH_MIB, sizeText } from "../../compute/kubernetes/pod";
import { type HostedContainer, type HostedHealth } from "./host";

type Container = kubernetes.types.input.core.v1.Container;
type Probe = kubernetes.types.input.core.v1.Probe;
type Volume = kubernetes.types.input.core.v1.Volume;

const PROBE_SECONDS = 5;
/** Probes until a container that does not start is started again: five minutes, in which a database may read its log. */
const START_PROBES = 60;
const MILLI = 1_000;

/** What one container of a hosted pod has beside what its program says. */
export interface PodContainerSetting {
  readonly securityContext: Container["securityContext"];
  readonly mounts: readonly kubernetes.types.input.core.v1.VolumeMount[];
  /** Environment beside the container's own. Default: none. */
  readonly env?: readonly kubernetes.types.input.core.v1.EnvVar[];
  /** True takes the container's ports on its node too. Default: false. */
  readonly onNode?: boolean;
}

function scratchName(container: string, index: number): string {
  return `scratch-${container}-${index}`;
}

/** A container as Kubernetes wants it said. */
export function podContainer(container: HostedContainer, { securityContext, mounts, env = [], onNode }: PodContainerSetting): Container {
  const { name, image, command, args, environment = {}, ports = [], cpu, memoryMib, scratch = [], health } = container;
  return {
    name,
    image,
    ...(command && { command: [...command] }),
    ...(args && { args: [...args] }),
    env: [...env, ...variables(environment)],
    ports: ports.map(({ name: port, port: containerPort, protocol }) => ({
      name: port,
      containerPort,
      protocol: protocol === "udp" ? "UDP" : "TCP",
      ...(onNode && { hostPort: containerPort }),
    })),
    resources: {
      requests: { cpu: cpuText(cpu / MILLI), memory: sizeText(memoryMib) },
      // Memory can't be taken back, so its limit is its request; a CPU limit would only slow a pod down on an idle node.
      limits: { memory: sizeText(memoryMib) },
    },
    securityContext,
    volumeMounts: [...scratch.map((mountPath, index) => ({ name: scratchName(name, index), mountPath })), ...mounts],
    ...(health && probes(health)),
  };
}

/** The volumes of the directories that containers may write to. */
export function scratchVolumes(containers: readonly Pick<HostedContainer, "name" | "scratch">[]): Volume[] {
  return containers.flatMap(({ name, scratch = [] }) =>
    scratch.map((_, index) => ({ name: scratchName(name, index), emptyDir: { sizeLimit: sizeText(SCRATCH_MIB) } })),
  );
}

function variables(environment: Readonly<Record<string, pulumi.Input<string>>>): kubernetes.types.input.core.v1.EnvVar[] {
  return Object.entries(environment)
    .sort(([left], [right]) => left.localeCompare(right))
    .map(([name, value]) => ({ name, value }));
}

/** Ready when it answers; started again only when nothing listens any more, so that a slow dependency does not restart every pod. */
function probes(health: HostedHealth): Pick<Container, "startupProbe" | "readinessProbe" | "livenessProbe"> {
  const listens: Probe = { tcpSocket: { port: health.port }, periodSeconds: PROBE_SECONDS };
  const answers: Probe =
    health.kind === "http" ? { httpGet: { path: health.path, port: health.port }, periodSeconds: PROBE_SECONDS } : listens;
  return {
    startupProbe: { ...answers, failureThreshold: START_PROBES },
    readinessProbe: { ...answers, failureThreshold: 3 },
    livenessProbe: { ...listens, failureThreshold: 6 },
  };
}
