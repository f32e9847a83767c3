import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { labelsOf, selectorOf } from "./names";
import { type WorkloadSpec } from "./workload-spec";

/**
 * Lets a drain take a quarter of a service's pods at a time, and always one: a budget that let none go would stop every upgrade of a node.
 * Pods that are not ready may go at any time, because they serve nobody.
 */
export function disruptionBudget(
  name: string,
  spec: Pick<WorkloadSpec, "name" | "environment">,
  namespace: pulumi.Input<string>,
  options: pulumi.CustomResourceOptions,
): kubernetes.policy.v1.PodDisruptionBudget {
  return new kubernetes.policy.v1.PodDisruptionBudget(
    name,
    {
      metadata: { name: spec.name, namespace, labels: labelsOf(spec.name, spec.environment) },
      spec: { maxUnavailable: "25%", selector: { matchLabels: selectorOf(spec.name) }, unhealthyPodEvictionPolicy: "AlwaysAllow" },
    },
    options,
  );
}
