import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { ConfigError } from "../../faults";
import { isProtected } from "../../platform-context";
import { type Descriptor } from "../../service/descriptor";
import { bend, type Transform } from "../../transform";
import { headlessService } from "./balanced-service";
import { volumeFaults } from "./checks";
import { type KubernetesCluster, objectOptions } from "./cluster";
import { disruptionBudget } from "./disruption-budget";
import { LABELS, labelsOf, selectorOf } from "./names";
import { type ClaimMount, podTemplate, sizeText } from "./pod";
import { type ServiceNamespace } from "./service-namespace";
import { type WorkloadSpec } from "./workload-spec";

export interface KubernetesStatefulSetArgs {
  readonly cluster: KubernetesCluster;
  readonly namespace: ServiceNamespace;
  readonly spec: WorkloadSpec;
  /** The descriptor, which says why the service keeps state and where. */
  readonly descriptor: Descriptor;
  /** What must exist before the pod starts. */
  readonly ready: readonly pulumi.Resource[];
  readonly transform?: { readonly statefulSet?: Transform<kubernetes.apps.v1.StatefulSetArgs> };
}

/** One writer to a disk at a time. */
const COPIES = 1;

/**
 * A legacy workload that keeps state on a disk, which follows its one pod within its zone. The guide allows it for what cannot be made
 * stateless yet, and for nothing else: a descriptor that is not marked legacy is refused.
 *
 * Cost: its share of the cluster's nodes, and 0.08 USD a GB-month of gp3 in us-east-1 (Amazon EBS pricing, 2026-11).
 */
export class KubernetesStatefulSet extends pulumi.ComponentResource {
  /**
   * @throws {ConfigError} when the descriptor is not marked legacy.
   */
  constructor(
    private readonly name: string,
    private readonly args: KubernetesStatefulSetArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("strata:compute:KubernetesStatefulSet", name, {}, options);
    const faults = volumeFaults(`services/${args.descriptor.name}/service.yaml`, args.descriptor, "eks-stateful");
    if (faults.length > 0) throw new ConfigError(faults);
    const statefulSet = this.createStatefulSet(this.createHeadlessService());
    disruptionBudget(name, args.spec, args.namespace.name, objectOptions(args.cluster, this));
    this.registerOutputs({ name: statefulSet.metadata.name });
  }

  private metadata(name: string, mark: Readonly<Record<string, string>> = {}): kubernetes.types.input.meta.v1.ObjectMeta {
    const { spec, namespace, descriptor } = this.args;
    return {
      name,
      namespace: namespace.name,
      labels: { ...labelsOf(spec.name, spec.environment), ...mark },
      annotations: { "strata.dev/legacy-because": descriptor.legacy?.because ?? "" },
    };
  }

  /** Gives each pod a name of its own; callers use the service's ordinary Service. */
  private createHeadlessService(): kubernetes.core.v1.Service {
    const { cluster, spec } = this.args;
    const name = `${spec.name}-pods`;
    return headlessService(`${this.name}-pods`, this.metadata(name), spec.name, spec.ports, objectOptions(cluster, this));
  }

  private createStatefulSet(headless: kubernetes.core.v1.Service): kubernetes.apps.v1.StatefulSet {
    const { cluster, namespace, spec, descriptor, ready, transform } = this.args;
    const volumes = descriptor.legacy?.volumes ?? [];
    const claims: ClaimMount[] = volumes.map(({ path }, index) => ({ claim: `data-${index}`, path }));
    const mark = { [LABELS.legacy]: "true" };
    const keeps = spec.durable ? "Retain" : "Delete";
    return new kubernetes.apps.v1.StatefulSet(
      ...bend<kubernetes.apps.v1.StatefulSetArgs>(
        transform?.statefulSet,
        this.name,
        {
          metadata: this.metadata(spec.name, mark),
          spec: {
            replicas: COPIES,
            serviceName: headless.metadata.name,
            selector: { matchLabels: selectorOf(spec.name) },
            updateStrategy: { type: "RollingUpdate" },
            template: podTemplate({ ...spec, copies: { minimum: COPIES, maximum: COPIES } }, cluster, spec.name, claims, mark),
            volumeClaimTemplates: volumes.map(({ size }, index) => ({
              metadata: { name: `data-${index}`, labels: { ...labelsOf(spec.name, spec.environment), ...mark } },
              spec: {
                accessModes: ["ReadWriteOncePod"],
                ...(cluster.storageClass && { storageClassName: cluster.storageClass }),
                resources: { requests: { storage: sizeText(size) } },
              },
            })),
            persistentVolumeClaimRetentionPolicy: { whenDeleted: keeps, whenScaled: keeps },
          },
        },
        {
          ...objectOptions(cluster, this, [...namespace.ready, ...ready]),
          // Kubernetes lets no claim template change, so a change would replace the set: an accident must be named first.
          protect: isProtected(spec),
        },
      ),
    );
  }
}
