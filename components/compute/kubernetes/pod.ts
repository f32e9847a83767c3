import type * as kubernetes from "@pulumi/kubernetes";
import { type KubernetesCluster } from "./cluster";
import { labelsOf, namespaceOf, selectorOf } from "./names";
import { type WorkloadSpec } from "./workload-spec";

type PodTemplateSpec = kubernetes.types.input.core.v1.PodTemplateSpec;
type PodSpec = kubernetes.types.input.core.v1.PodSpec;
type Container = kubernetes.types.input.core.v1.Container;
type Probe = kubernetes.types.input.core.v1.Probe;
type PodAffinityTerm = kubernetes.types.input.core.v1.PodAffinityTerm;

const ZONE = "topology.kubernetes.io/zone";
const HOST = "kubernetes.io/hostname";

/** A user that is in no image: an image that runs as root unless told otherwise still runs, without being root. */
const USER = 10_001;
const MS_PER_SECOND = 1_000;
const PROBE_SECONDS = 5;
/** A pod gets twice the declared start before it is started again. */
const START_MARGIN = 2;
/** Seconds in which load balancers stop sending to a pod that is going. */
const DRAIN_SECONDS = 15;
const STOP_SECONDS = 30;
/** MiB a scratch directory may fill before its pod is evicted, so that one service can't fill a node's disk. */
const SCRATCH_MIB = 1_024;

/** A volume of a pod's own, made from a claim template of its StatefulSet. */
export interface ClaimMount {
  readonly claim: string;
  readonly path: string;
}

/** CPU as Kubernetes writes it. */
export function cpuText(vcpu: number): string {
  return `${Math.round(vcpu * 1_000)}m`;
}

/** Memory or storage as Kubernetes writes it. */
export function sizeText(mebibytes: number): string {
  return `${Math.ceil(mebibytes)}Mi`;
}

/**
 * The pods of a service: they run as nobody in particular, keep nothing, may do nothing to their node, and satisfy Pod Security's `restricted`.
 * @param serviceAccount account the pods run under.
 */
export function podTemplate(
  spec: WorkloadSpec,
  cluster: KubernetesCluster,
  serviceAccount: string,
  claims: readonly ClaimMount[] = [],
  labels: Readonly<Record<string, string>> = {},
): PodTemplateSpec {
  return {
    metadata: { labels: { ...labelsOf(spec.name, spec.environment), ...labels } },
    spec: {
      serviceAccountName: serviceAccount,
      // Nothing here calls the Kubernetes API; the role's credentials come from Pod Identity with a token of their own.
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      ...(cluster.priorities && { priorityClassName: spec.critical ? cluster.priorities.critical : cluster.priorities.standard }),
      ...(cluster.architecture && { nodeSelector: { "kubernetes.io/arch": cluster.architecture } }),
      securityContext: {
        runAsNonRoot: true,
        runAsUser: USER,
        runAsGroup: USER,
        fsGroup: USER,
        // Changing the owner of every file of a large volume can take longer than the pod's start.
        fsGroupChangePolicy: "OnRootMismatch",
        seccompProfile: { type: "RuntimeDefault" },
      },
      terminationGracePeriodSeconds: DRAIN_SECONDS + STOP_SECONDS,
      topologySpreadConstraints: spread(spec),
      affinity: affinity(spec),
      containers: [container(spec, claims)],
      volumes: spec.writable.map((_, index) => ({ name: scratch(index), emptyDir: { sizeLimit: sizeText(SCRATCH_MIB) } })),
    },
  };
}

function scratch(index: number): string {
  return `scratch-${index}`;
}

function container(spec: WorkloadSpec, claims: readonly ClaimMount[]): Container {
  return {
    name: spec.name,
    image: spec.image,
    ...(spec.command && { args: [...spec.command] }),
    env: Object.entries(spec.variables)
      .sort(([left], [right]) => left.localeCompare(right))
      .map(([name, value]) => ({ name, value })),
    ports: spec.ports.map(({ name, port }) => ({ name, containerPort: port, protocol: "TCP" })),
    resources: {
      requests: { cpu: cpuText(spec.size.cpu), memory: sizeText(spec.size.memory) },
      // Memory can't be taken back, so its limit is its request; a CPU limit would only slow a pod down on an idle node.
      limits: { memory: sizeText(spec.size.memory) },
    },
    securityContext: {
      allowPrivilegeEscalation: false,
      privileged: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      capabilities: { drop: ["ALL"] },
    },
    volumeMounts: [
      ...spec.writable.map((mountPath, index) => ({ name: scratch(index), mountPath })),
      ...claims.map(({ claim, path }) => ({ name: claim, mountPath: path })),
    ],
    ...probes(spec),
    // A pod that is being deleted serves on while load balancers and Services take note.
    ...(spec.ports.length > 0 && { lifecycle: { preStop: { sleep: { seconds: DRAIN_SECONDS } } } }),
  };
}

/** Ready when it serves; started again only when nothing listens any more, so that a slow dependency does not restart every pod. */
function probes({ ports, health, start }: WorkloadSpec): Pick<Container, "startupProbe" | "readinessProbe" | "livenessProbe"> {
  const [first] = ports;
  if (!first) return {};
  const listens: Probe = { tcpSocket: { port: first.name }, periodSeconds: PROBE_SECONDS };
  const serves: Probe =
    first.protocol === "http" && health !== undefined
      ? { httpGet: { path: health, port: first.name }, periodSeconds: PROBE_SECONDS }
      : listens;
  return {
    startupProbe: { ...serves, failureThreshold: Math.max(3, Math.ceil((start * START_MARGIN) / MS_PER_SECOND / PROBE_SECONDS)) },
    readinessProbe: { ...serves, failureThreshold: 2 },
    livenessProbe: { ...listens, failureThreshold: 6 },
  };
}

/**
 * Over zones first, then over hosts. A host of its own is only preferred, unless another service counts on it. A service that must be where
 * another is takes that one's zones: a rule of its own could ask for a zone in which it may not be.
 */
function spread(spec: WorkloadSpec): PodSpec["topologySpreadConstraints"] {
  if (spec.copies.maximum < 2) return undefined;
  const constraint = (topologyKey: string, required: boolean) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: required ? "DoNotSchedule" : "ScheduleAnyway",
    labelSelector: { matchLabels: selectorOf(spec.name) },
    // Each revision is spread by itself: the pods of the last one are about to go.
    matchLabelKeys: ["pod-template-hash"],
    nodeTaintsPolicy: "Honor",
  });
  return [constraint(ZONE, spec.durable && spec.together.length === 0), constraint(HOST, spec.manyHosts)];
}

function affinity({ together, apart }: WorkloadSpec): PodSpec["affinity"] {
  const term = (service: string): PodAffinityTerm => ({
    topologyKey: HOST,
    namespaces: [namespaceOf(service)],
    labelSelector: { matchLabels: selectorOf(service) },
  });
  if (together.length === 0 && apart.length === 0) return undefined;
  return {
    ...(together.length > 0 && { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: together.map(term) } }),
    ...(apart.length > 0 && { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: apart.map(term) } }),
  };
}
