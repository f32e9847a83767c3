import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type AdoptedCluster } from "../../components/compute/eks-cluster";
import { kubeconfigFaults } from "../../components/compute/kubernetes/kubeconfig";
import { type Fault } from "../../components/faults";
import { type EnvironmentConfig } from "../environment";

/**
 * Reads the kubeconfigs of the clusters an environment adopts.
 * @param root folder of the project, from which their paths count.
 * @returns the clusters by name, and a fault for each kubeconfig that is not there or does not parse; no fault repeats what is in it.
 */
export function readAdoptedClusters(
  root: string,
  { name: environment, kubernetes }: EnvironmentConfig,
): { readonly adopted: ReadonlyMap<string, AdoptedCluster>; readonly faults: readonly Fault[] } {
  const adopted = new Map<string, AdoptedCluster>();
  const faults: Fault[] = [];
  for (const [name, { kubeconfigFile, context, storageClass }] of Object.entries(kubernetes.adopted)) {
    const key = `Pulumi.${environment}.yaml: strata:kubernetes.adopted.${name}.kubeconfigFile`;
    const path = resolve(root, kubeconfigFile);
    if (!existsSync(path)) {
      faults.push({
        key,
        what: "names a file that is not there",
        got: kubeconfigFile,
        right: "give its path from the folder of the project",
      });
      continue;
    }
    const kubeconfig = readFileSync(path, "utf8");
    faults.push(...kubeconfigFaults(key, kubeconfig, context));
    adopted.set(name, { kubeconfig, context, storageClass, key });
  }
  return { adopted, faults };
}
