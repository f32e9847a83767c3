import { type DurationTable, type Inputs, numberIn, partOf, took } from "./duration";

const WORKLOADS = "https://www.pulumi.com/registry/packages/kubernetes/how-to-guides/managing-resources-with-server-side-apply/";
const DEPLOYMENT = "https://www.pulumi.com/registry/packages/kubernetes/api-docs/apps/v1/deployment/";
const STATEFUL_SET = "https://www.pulumi.com/registry/packages/kubernetes/api-docs/apps/v1/statefulset/";
const DAEMON_SET = "https://www.pulumi.com/registry/packages/kubernetes/api-docs/apps/v1/daemonset/";
const SERVICE = "https://www.pulumi.com/registry/packages/kubernetes/api-docs/core/v1/service/";
const RELEASE = "https://www.pulumi.com/registry/packages/kubernetes/api-docs/helm/v3/release/";
const JOB = "https://www.pulumi.com/registry/packages/kubernetes/api-docs/batch/v1/job/";
const NAMESPACE = "https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/";

/** A node that Karpenter starts, the image, and the readiness probe. */
const POD = 1.5;

/** An ordered set starts a pod when the one before is ready; its volumes are attached meanwhile. */
const POD_IN_ORDER = 0.8;

/** A load balancer of AWS's. */
const BALANCER = 2.5;

/** An object that nothing is waited for. */
const STORED = 0.02;

const stored = took(WORKLOADS, STORED, STORED, STORED);

function isAwaited(inputs: Inputs): boolean {
  return partOf(partOf(inputs["metadata"])["annotations"])["pulumi.com/skipAwait"] !== "true";
}

function statefulSet(inputs: Inputs) {
  const { replicas, podManagementPolicy } = partOf(inputs["spec"]);
  const rest = Math.max(0, numberIn(replicas, 1) - 1);
  const minutes = POD + (podManagementPolicy === "Parallel" ? 0 : rest * POD_IN_ORDER);
  return isAwaited(inputs) ? took(STATEFUL_SET, [minutes, minutes * 3], minutes, 1) : stored;
}

function deployment(inputs: Inputs) {
  if (!isAwaited(inputs) || partOf(inputs["spec"])["replicas"] === 0) return stored;
  return took(DEPLOYMENT, [POD, 5], POD, 0.5);
}

/** A Service waits for the pods it selects, unless it has no address of its own; one that asks for a load balancer waits for that too. */
function service(inputs: Inputs) {
  const { type, clusterIP, selector } = partOf(inputs["spec"]);
  if (!isAwaited(inputs) || clusterIP === "None" || type === "ExternalName" || selector === undefined) return stored;
  return type === "LoadBalancer" ? took(SERVICE, [BALANCER, 6], 0.2, 1) : took(SERVICE, [POD, 5], 0.2, STORED);
}

/** Kubernetes objects. What is only stored, such as a ConfigMap or a Role, takes one call. */
export const KUBERNETES_DURATIONS: DurationTable = {
  "kubernetes:apps/v1:Deployment": deployment,
  "kubernetes:apps/v1:StatefulSet": statefulSet,
  "kubernetes:apps/v1:DaemonSet": (inputs) => (isAwaited(inputs) ? took(DAEMON_SET, [1, 5], 2, 0.5) : stored),
  "kubernetes:core/v1:Service": service,
  "kubernetes:batch/v1:Job": (inputs) => (isAwaited(inputs) ? took(JOB, [POD, 5], POD, 0.2) : stored),
  "kubernetes:helm.sh/v3:Release": (inputs) => (inputs["skipAwait"] === true ? took(RELEASE, 0.3, 0.3, 0.3) : took(RELEASE, [2, 5], 2, 1)),
  "kubernetes:core/v1:Namespace": took(NAMESPACE, STORED, STORED, [0.3, 5]),
  "kubernetes:core/v1:PersistentVolumeClaim": took(
    "https://www.pulumi.com/registry/packages/kubernetes/api-docs/core/v1/persistentvolumeclaim/",
    0.3,
    STORED,
    0.3,
  ),
};
