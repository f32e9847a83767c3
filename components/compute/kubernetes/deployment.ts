import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { bend, type Transform } from "../../transform";
import { type KubernetesCluster, objectOptions } from "./cluster";
import { disruptionBudget } from "./disruption-budget";
import { labelsOf, selectorOf } from "./names";
import { podTemplate } from "./pod";
import { type ServiceNamespace } from "./service-namespace";
import { spreadsItself, type WorkloadSpec } from "./workload-spec";

export interface KubernetesDeploymentArgs {
  readonly cluster: KubernetesCluster;
  readonly namespace: ServiceNamespace;
  readonly spec: WorkloadSpec;
  /** What must exist before the first pod starts. */
  readonly ready: readonly pulumi.Resource[];
  readonly transform?: {
    readonly deployment?: Transform<kubernetes.apps.v1.DeploymentArgs>;
    readonly autoscaler?: Transform<kubernetes.autoscaling.v2.HorizontalPodAutoscalerArgs>;
  };
}

const TARGET_CPU_PERCENT = 60;
const SCALE_IN_SECONDS = 300;
const REVISIONS = 5;
const MS_PER_SECOND = 1_000;
const PROGRESS_SECONDS = 600;

/**
 * A stateless service on Kubernetes: for what needs more control than ECS gives, such as raw TCP, several ports, or rules on which services
 * share a host. Its pods are spread over zones, replaced a few at a time, and added when their CPU is busy.
 *
 * Cost: its share of the cluster's nodes.
 */
export class KubernetesDeployment extends pulumi.ComponentResource {
  constructor(
    private readonly name: string,
    private readonly args: KubernetesDeploymentArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("strata:compute:KubernetesDeployment", name, {}, options);
    const deployment = this.createDeployment();
    disruptionBudget(name, args.spec, args.namespace.name, objectOptions(args.cluster, this));
    this.scale(deployment);
    this.registerOutputs({ name: deployment.metadata.name });
  }

  private metadata(): kubernetes.types.input.meta.v1.ObjectMeta {
    const { spec, namespace } = this.args;
    return { name: spec.name, namespace: namespace.name, labels: labelsOf(spec.name, spec.environment) };
  }

  private createDeployment(): kubernetes.apps.v1.Deployment {
    const { cluster, namespace, spec, ready, transform } = this.args;
    const scaled = spec.copies.maximum > spec.copies.minimum;
    return new kubernetes.apps.v1.Deployment(
      ...bend<kubernetes.apps.v1.DeploymentArgs>(
        transform?.deployment,
        this.name,
        {
          metadata: this.metadata(),
          spec: {
            replicas: spec.copies.minimum,
            revisionHistoryLimit: REVISIONS,
            progressDeadlineSeconds: PROGRESS_SECONDS + Math.ceil(spec.start / MS_PER_SECOND),
            selector: { matchLabels: selectorOf(spec.name) },
            strategy: { type: "RollingUpdate", rollingUpdate: rollingUpdate(spec) },
            template: podTemplate(spec, cluster, spec.name),
          },
        },
        {
          ...objectOptions(cluster, this, [...namespace.ready, ...ready]),
          ...(scaled && { ignoreChanges: ["spec.replicas"] }),
        },
      ),
    );
  }

  private scale(deployment: kubernetes.apps.v1.Deployment): void {
    const { cluster, spec, transform } = this.args;
    if (spec.copies.maximum <= spec.copies.minimum) return;
    new kubernetes.autoscaling.v2.HorizontalPodAutoscaler(
      ...bend<kubernetes.autoscaling.v2.HorizontalPodAutoscalerArgs>(
        transform?.autoscaler,
        this.name,
        {
          metadata: this.metadata(),
          spec: {
            scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: deployment.metadata.name },
            minReplicas: spec.copies.minimum,
            maxReplicas: spec.copies.maximum,
            metrics: [
              { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: TARGET_CPU_PERCENT } } },
            ],
            behavior: { scaleDown: { stabilizationWindowSeconds: SCALE_IN_SECONDS } },
          },
        },
        objectOptions(cluster, this),
      ),
    );
  }
}

/** A new pod before an old one goes; where each needs a host of its own, an old one goes first, because there may be no further host. */
function rollingUpdate(spec: WorkloadSpec): kubernetes.types.input.apps.v1.RollingUpdateDeployment {
  return spreadsItself(spec) && spec.copies.minimum > 1 ? { maxSurge: 0, maxUnavailable: 1 } : { maxSurge: "25%", maxUnavailable: 0 };
}
