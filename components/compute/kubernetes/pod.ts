import type * as kubernetes from "@pulumi/kubernetes";
import { type Instrumentation, type Sidecar } from "../../visibility/telemetry";
import { type KubernetesCluster } from "./cluster";
import { labelsOf, namespaceOf, selectorOf } from "./names";
import { type WorkloadSpec } from "./workload-spec";

type PodTemplateSpec = kubernetes.types.input.core.v1.PodTemplateSpec;
type PodSpec = kubernetes.types.input.core.v1.PodSpec;
type Container = kubernetes.types.input.core.v1.Container;
type EnvVar = kubernetes.types.input.core.v1.EnvVar;
type Probe = kubernetes.types.input.core.v1.Probe;
type TopologySpreadConstraint = kubernetes.types.input.core.v1.TopologySpreadConstraint;
type PodAffinityTerm = kubernetes.types.input.core.v1.PodAffinityTerm;

export const ZONE = "topology.kubernetes.io/zone";
export const HOST = "kubernetes.io/hostname";

/** A user that is in no image: an image that runs as root unless told otherwise still runs, without being root. */
const USER = 10_001;
const MS_PER_SECOND = 1_000;
const CPU_UNITS = 1_024;
const INSTRUMENTATION = "instrumentation";
/** MiB in which an agent's files are copied. */
const COPY_MIB = 64;
const PROBE_SECONDS = 5;
/** A pod gets twice the declared start before it is started again. */
const START_MARGIN = 2;
/** Seconds in which load balancers stop sending to a pod that is going. */
const DRAIN_SECONDS = 15;
const STOP_SECONDS = 30;
/** MiB a scratch directory may fill before its pod is evicted, so that one service can't fill a node's disk. */
export const SCRATCH_MIB = 1_024;

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
  const { sidecars = [], instrumentation } = spec;
  const before = [...(instrumentation ? [instrumentationContainer(instrumentation)] : []), ...sidecars.map(sidecarContainer)];
  return {
    metadata: { labels: { ...labelsOf(spec.name, spec.environment), ...labels } },
    spec: {
      serviceAccountName: serviceAccount,
      // Nothing here calls the Kubernetes API; the role's credentials come from Pod Identity with a token of their own.
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      ...(cluster.priorities && { priorityClassName: spec.critical ? cluster.priorities.critical : cluster.priorities.standard }),
      ...(cluster.architecture && { nodeSelector: { "kubernetes.io/arch": cluster.architecture } }),
      securityContext: restrictedPod(USER),
      terminationGracePeriodSeconds: DRAIN_SECONDS + STOP_SECONDS,
      topologySpreadConstraints: spread(spec),
      affinity: affinity(spec),
      containers: [container(spec, claims)],
      ...(before.length > 0 && { initContainers: before }),
      volumes: [
        ...spec.writable.map((_, index) => scratch(index)),
        ...(instrumentation ? [INSTRUMENTATION] : []),
        ...sidecars.flatMap(({ name, writable }) => writable.map((_, index) => sidecarScratch(name, index))),
      ].map((name) => ({ name, emptyDir: { sizeLimit: sizeText(SCRATCH_MIB) } })),
    },
  };
}

/** What a pod that satisfies `restricted` says of its user. */
export function restrictedPod(user: number): NonNullable<PodSpec["securityContext"]> {
  return {
    runAsNonRoot: true,
    runAsUser: user,
    runAsGroup: user,
    fsGroup: user,
    // Changing the owner of every file of a large volume can take longer than the pod's start.
    fsGroupChangePolicy: "OnRootMismatch",
    seccompProfile: { type: "RuntimeDefault" },
  };
}

/** What each of its containers says. */
export const RESTRICTED_CONTAINER = {
  allowPrivilegeEscalation: false,
  privileged: false,
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  capabilities: { drop: ["ALL"] },
};

function scratch(index: number): string {
  return `scratch-${index}`;
}

function sidecarScratch(sidecar: string, index: number): string {
  return `${sidecar}-scratch-${index}`;
}

/** First of all variables: Kubernetes lets a variable use only those before it. */
function nodeAddress({ nodeAddressVariable }: WorkloadSpec): EnvVar[] {
  return nodeAddressVariable === undefined ? [] : [{ name: nodeAddressVariable, valueFrom: { fieldRef: { fieldPath: "status.hostIP" } } }];
}

function instrumentationContainer({ image, from, path }: Instrumentation): Container {
  return {
    name: INSTRUMENTATION,
    image,
    command: ["cp", "-r", `${from}/.`, path],
    resources: {
      requests: { cpu: "50m", memory: sizeText(COPY_MIB) },
      limits: { memory: sizeText(COPY_MIB) },
    },
    securityContext: RESTRICTED_CONTAINER,
    volumeMounts: [{ name: INSTRUMENTATION, mountPath: path }],
  };
}

function variablesOf(variables: WorkloadSpec["variables"]): EnvVar[] {
  return Object.entries(variables)
    .sort(([left], [right]) => left.localeCompare(right))
    .map(([name, value]) => ({ name, value }));
}

/** An init container that is always started again is a sidecar: it is there before the service's own starts, and goes after it (Kubernetes 1.33). */
function sidecarContainer({ name, image, command, variables, writable, size }: Sidecar): Container {
  return {
    name,
    image,
    restartPolicy: "Always",
    ...(command && { args: [...command] }),
    env: variablesOf(variables),
    resources: {
      requests: { cpu: cpuText(size.cpu / CPU_UNITS), memory: sizeText(size.memory) },
      limits: { memory: sizeText(size.memory) },
    },
    securityContext: RESTRICTED_CONTAINER,
    volumeMounts: writable.map((mountPath, index) => ({ name: sidecarScratch(name, index), mountPath })),
  };
}

function container(spec: WorkloadSpec, claims: readonly ClaimMount[]): Container {
  return {
    name: spec.name,
    image: spec.image,
    ...(spec.command && { args: [...spec.command] }),
    env: [...nodeAddress(spec), ...variablesOf(spec.variables)],
    ports: spec.ports.map(({ name, port }) => ({ name, containerPort: port, protocol: "TCP" })),
    resources: {
      requests: { cpu: cpuText(spec.size.cpu), memory: sizeText(spec.size.memory) },
      // Memory can't be taken back, so its limit is its request; a CPU limit would only slow a pod down on an idle node.
      limits: { memory: sizeText(spec.size.memory) },
    },
    securityContext: RESTRICTED_CONTAINER,
    volumeMounts: [
      ...spec.writable.map((mountPath, index) => ({ name: scratch(index), mountPath })),
      ...claims.map(({ claim, path }) => ({ name: claim, mountPath: path })),
      ...(spec.instrumentation ? [{ name: INSTRUMENTATION, mountPath: spec.instrumentation.path, readOnly: true }] : []),
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
  // Each revision is spread by itself: the pods of the last one are about to go.
  const constraint = (topologyKey: string, required: boolean) => spreadOver(topologyKey, spec.name, required, ["pod-template-hash"]);
  return [constraint(ZONE, spec.durable && spec.together.length === 0), constraint(HOST, spec.manyHosts)];
}

/**
 * Keeps the pods of a service apart.
 * @param required true leaves a pod waiting rather than put it where there are more than elsewhere.
 * @param matchLabelKeys labels that the pods counted together also have in common.
 */
export function spreadOver(topologyKey: string, service: string, required: boolean, matchLabelKeys?: string[]): TopologySpreadConstraint {
  return {
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: required ? "DoNotSchedule" : "ScheduleAnyway",
    labelSelector: { matchLabels: selectorOf(service) },
    ...(matchLabelKeys && { matchLabelKeys }),
    nodeTaintsPolicy: "Honor",
  };
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
