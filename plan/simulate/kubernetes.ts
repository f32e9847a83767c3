import { type Json, type Properties } from "../graph";
import { hex, type Place, uuid } from "./identifiers";
import { type Simulate, text } from "./shapes";

const DEFAULT_NAMESPACE = "default";

function record(value: Json | undefined): Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}

/** An object's name: the program's own, or one that Pulumi makes from the resource's, as its Kubernetes provider does. */
function objectName(metadata: Properties, place: Place): string {
  return text(metadata["name"], `${place.name}-${hex(place, 8)}`);
}

/** What a Kubernetes API server answers: the object as it was asked for, with a name, a uid and, in a namespace, its namespace. */
function object(scope: "cluster" | "namespace", extra: (inputs: Properties, place: Place) => Properties = () => ({})): Simulate {
  return (inputs, place) => {
    const metadata = record(inputs["metadata"]);
    const name = objectName(metadata, place);
    const namespace = text(metadata["namespace"], DEFAULT_NAMESPACE);
    const own = { name, uid: uuid(place), ...(scope === "namespace" && { namespace }) };
    return {
      id: scope === "namespace" ? `${namespace}/${name}` : name,
      outputs: { metadata: { ...metadata, ...own }, ...extra(inputs, place) },
    };
  };
}

/** A Service of type LoadBalancer has the name of its load balancer once something made one. */
function serviceStatus(inputs: Properties, place: Place): Properties {
  if (record(inputs["spec"])["type"] !== "LoadBalancer") return { status: { loadBalancer: {} } };
  return { status: { loadBalancer: { ingress: [{ hostname: `${hex(place, 32)}.elb.${place.region}.amazonaws.com` }] } } };
}

const CLUSTER_SCOPED = [
  "kubernetes:core/v1:Namespace",
  "kubernetes:core/v1:PersistentVolume",
  "kubernetes:scheduling.k8s.io/v1:PriorityClass",
  "kubernetes:storage.k8s.io/v1:StorageClass",
  "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole",
  "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding",
  "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition",
  "kubernetes:karpenter.sh/v1:NodePool",
  "kubernetes:eks.amazonaws.com/v1:NodeClass",
] as const;

const NAMESPACED = [
  "kubernetes:apps/v1:DaemonSet",
  "kubernetes:apps/v1:Deployment",
  "kubernetes:apps/v1:StatefulSet",
  "kubernetes:autoscaling/v2:HorizontalPodAutoscaler",
  "kubernetes:batch/v1:CronJob",
  "kubernetes:batch/v1:Job",
  "kubernetes:core/v1:ConfigMap",
  "kubernetes:core/v1:PersistentVolumeClaim",
  "kubernetes:core/v1:Secret",
  "kubernetes:core/v1:ServiceAccount",
  "kubernetes:eks.amazonaws.com/v1:TargetGroupBinding",
  "kubernetes:elbv2.k8s.aws/v1beta1:TargetGroupBinding",
  "kubernetes:networking.k8s.io/v1:NetworkPolicy",
  "kubernetes:policy/v1:PodDisruptionBudget",
  "kubernetes:rbac.authorization.k8s.io/v1:Role",
  "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding",
  "kubernetes:vpcresources.k8s.aws/v1beta1:SecurityGroupPolicy",
] as const;

/** Kubernetes objects the simulation knows, by type token. */
export const KUBERNETES_RESOURCES: Readonly<Record<string, Simulate>> = {
  ...Object.fromEntries(CLUSTER_SCOPED.map((type) => [type, object("cluster")])),
  ...Object.fromEntries(NAMESPACED.map((type) => [type, object("namespace")])),
  "kubernetes:core/v1:Service": object("namespace", serviceStatus),
  "kubernetes:helm.sh/v3:Release": (inputs, place) => {
    const name = text(inputs["name"], place.name);
    const namespace = text(inputs["namespace"], DEFAULT_NAMESPACE);
    return { id: `${namespace}/${name}`, outputs: { name, status: { status: "deployed", name, namespace } } };
  },
};
