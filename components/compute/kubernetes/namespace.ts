import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { type KubernetesCluster, objectOptions } from "./cluster";
import { DENY_ALL } from "./network-policy";

/** Pod Security standards: what every service is held to, and what only agents that look after a node may have, with the reason. */
export type PodSecurity =
  { readonly level: "restricted"; readonly because?: undefined } | { readonly level: "privileged"; readonly because: string };

/** Annotation that says why something is not held to what everything else is, for the policies. */
export const BECAUSE = "strata.dev/because";

/** A namespace in which Pod Security refuses whatever its level does not allow. */
export function createNamespace(
  resource: string,
  {
    cluster,
    name,
    labels,
    level,
    because,
  }: {
    readonly cluster: KubernetesCluster;
    readonly name: string;
    readonly labels: Readonly<Record<string, string>>;
  } & PodSecurity,
  parent: pulumi.Resource,
): kubernetes.core.v1.Namespace {
  const standard = (mode: string) => ({
    [`pod-security.kubernetes.io/${mode}`]: level,
    [`pod-security.kubernetes.io/${mode}-version`]: cluster.podSecurityVersion,
  });
  return new kubernetes.core.v1.Namespace(
    resource,
    {
      metadata: {
        name,
        ...(because !== undefined && { annotations: { [BECAUSE]: because } }),
        labels: { ...labels, ...standard("enforce"), ...standard("audit"), ...standard("warn"), ...readinessGate(cluster) },
      },
    },
    objectOptions(cluster, parent),
  );
}

/** A namespace of several programs, in which nothing reaches anything that no other policy names. */
export function fencedNamespace(resource: string, args: Parameters<typeof createNamespace>[1], parent: pulumi.Resource): pulumi.Resource[] {
  const namespace = createNamespace(resource, args, parent);
  const denied = new kubernetes.networking.v1.NetworkPolicy(
    `${resource}-deny-all`,
    { metadata: { name: "deny-all", namespace: namespace.metadata.name, labels: args.labels }, spec: DENY_ALL },
    objectOptions(args.cluster, parent),
  );
  return [namespace, denied];
}

/** A pod counts as ready only once its load balancer sends to it, so that a deployment never leaves a target group without targets. */
function readinessGate({ aws: onAws }: KubernetesCluster): Record<string, string> {
  if (!onAws) return {};
  const [group] = onAws.targetGroupBinding.split("/");
  return { [`${group}/pod-readiness-gate-inject`]: "enabled" };
}
