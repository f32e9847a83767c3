import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { headlessService } from "../../compute/kubernetes/balanced-service";
import { type KubernetesCluster, objectOptions } from "../../compute/kubernetes/cluster";
import { disruptionBudget } from "../../compute/kubernetes/disruption-budget";
import { labelsOf, selectorOf } from "../../compute/kubernetes/names";
import { HOST, RESTRICTED_CONTAINER, restrictedPod, spreadOver, ZONE } from "../../compute/kubernetes/pod";
import { isProtected, type PlatformContext } from "../../platform-context";
import { bend, type Transform } from "../../transform";
import { configFiles, type PodFiles, type PodSecrets, secretFiles } from "./eks-files";
import { podContainer, scratchVolumes } from "./eks-pod";
import { type HostedProgram } from "./host";
import { portsOf } from "./program-checks";

type PodTemplateSpec = kubernetes.types.input.core.v1.PodTemplateSpec;

/** What the pods of a program are made from. */
export interface EksWorkloadSpec {
  readonly context: PlatformContext;
  readonly cluster: KubernetesCluster;
  readonly namespace: string;
  readonly program: HostedProgram;
  readonly labels: Record<string, string>;
  readonly serviceAccount: pulumi.Input<string>;
  /** Name of the Service that gives each copy a name of its own. */
  readonly headless: string;
  /** What must exist before the first pod starts. */
  readonly ready: readonly pulumi.Resource[];
  readonly transform?: {
    readonly statefulSet?: Transform<kubernetes.apps.v1.StatefulSetArgs>;
    readonly deployment?: Transform<kubernetes.apps.v1.DeploymentArgs>;
  };
}

const GRACE_SECONDS = 60;
const CLAIM = "data";
/** Annotation that is another when a file changes, so that the pods are replaced. */
export const CONFIG_HASH = "strata.dev/config-hash";

/** Makes a program's pods: a StatefulSet with a volume a pod where it has storage, else a Deployment; and what keeps enough of them up. */
export function eksWorkload(
  name: string,
  spec: EksWorkloadSpec,
  parent: pulumi.Resource,
): kubernetes.apps.v1.StatefulSet | kubernetes.apps.v1.Deployment {
  const { cluster, namespace, context, program } = spec;
  const labels = labelsOf(name, context.environment);
  const files = configFiles(name, program.files, { cluster, namespace, labels }, parent);
  const secrets = secretFiles(program.secretFiles ?? {}, context.region, RESTRICTED_CONTAINER);
  const common = {
    replicas: program.replicas,
    selector: { matchLabels: selectorOf(name) },
    template: podTemplate(name, spec, files, secrets),
  };
  const options = objectOptions(cluster, parent, [...spec.ready, ...files.ready]);
  disruptionBudget(name, { name, environment: context.environment }, namespace, objectOptions(cluster, parent, spec.ready));
  return program.storage ? statefulSet(name, spec, common, program.storage, options) : deployment(name, spec, common, options);
}

/** Why one copy is enough, for the policy that wants two. */
function because({ oneCopyBecause }: HostedProgram): { readonly annotations?: Record<string, string> } {
  return oneCopyBecause === undefined ? {} : { annotations: { "strata.dev/because": oneCopyBecause } };
}

/** What both kinds of workload say. */
interface Common {
  readonly replicas: number;
  readonly selector: { readonly matchLabels: Record<string, string> };
  readonly template: PodTemplateSpec;
}

function deployment(
  name: string,
  { namespace, labels, program, transform }: EksWorkloadSpec,
  common: Common,
  options: pulumi.CustomResourceOptions,
): kubernetes.apps.v1.Deployment {
  return new kubernetes.apps.v1.Deployment(
    ...bend<kubernetes.apps.v1.DeploymentArgs>(
      transform?.deployment,
      name,
      {
        metadata: { name, namespace, labels, ...because(program) },
        spec: { ...common, strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: "25%", maxUnavailable: 0 } } },
      },
      options,
    ),
  );
}

function statefulSet(
  name: string,
  { context, cluster, namespace, labels, program, headless, transform }: EksWorkloadSpec,
  common: Common,
  { gib }: NonNullable<HostedProgram["storage"]>,
  options: pulumi.CustomResourceOptions,
): kubernetes.apps.v1.StatefulSet {
  const keeps = context.durable ? "Retain" : "Delete";
  const service = headlessService(`${name}-pods`, { name: headless, namespace, labels }, name, portsOf(program), options);
  return new kubernetes.apps.v1.StatefulSet(
    ...bend<kubernetes.apps.v1.StatefulSetArgs>(
      transform?.statefulSet,
      name,
      {
        metadata: { name, namespace, labels, ...because(program) },
        spec: {
          ...common,
          serviceName: service.metadata.name,
          // A copy that does not come up must not keep the others down.
          podManagementPolicy: "Parallel",
          updateStrategy: { type: "RollingUpdate" },
          volumeClaimTemplates: [
            {
              metadata: { name: CLAIM, labels },
              spec: {
                accessModes: ["ReadWriteOncePod"],
                ...(cluster.storageClass && { storageClassName: cluster.storageClass }),
                resources: { requests: { storage: `${gib}Gi` } },
              },
            },
          ],
          persistentVolumeClaimRetentionPolicy: { whenDeleted: keeps, whenScaled: keeps },
        },
      },
      // Kubernetes lets no claim template change, so a change would replace the set: an accident must be named first.
      { ...options, protect: isProtected(context) },
    ),
  );
}

function podTemplate(
  name: string,
  { cluster, context, program, labels, serviceAccount }: EksWorkloadSpec,
  files: PodFiles,
  secrets: PodSecrets,
): PodTemplateSpec {
  const { containers, user, replicas, storage } = program;
  const mounts = [...files.mounts, ...secrets.mounts, ...(storage ? [{ name: CLAIM, mountPath: storage.path }] : [])];
  // Each revision of a Deployment is spread by itself; a copy with a volume must stay in its zone anyway.
  const revision = storage ? undefined : ["pod-template-hash"];
  return {
    metadata: { labels, annotations: { [CONFIG_HASH]: files.hash } },
    spec: {
      serviceAccountName: serviceAccount,
      // Nothing here calls the Kubernetes API; the role's credentials come from Pod Identity with a token of their own.
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      ...(cluster.priorities && { priorityClassName: cluster.priorities.standard }),
      ...(cluster.architecture && { nodeSelector: { "kubernetes.io/arch": cluster.architecture } }),
      securityContext: restrictedPod(user),
      terminationGracePeriodSeconds: GRACE_SECONDS,
      ...(replicas > 1 && {
        topologySpreadConstraints: [spreadOver(ZONE, name, context.durable, revision), spreadOver(HOST, name, false, revision)],
      }),
      ...(secrets.fetch.length > 0 && { initContainers: [...secrets.fetch] }),
      containers: containers.map((container) => podContainer(container, { securityContext: RESTRICTED_CONTAINER, mounts })),
      volumes: [...scratchVolumes(containers), ...files.volumes, ...secrets.volumes],
    },
  };
}
