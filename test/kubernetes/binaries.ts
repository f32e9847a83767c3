import { join } from "node:path";
import { KUBERNETES } from "../../facts/kubernetes-versions";
import { type BuiltDaemon, findBuilt, type Found } from "../daemons/built";

/** Release that the tests run: the newest patch of what clusters run that the Go module proxy has. */
export const RELEASE = "v1.36.3";

const NAMES = ["etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kwok"] as const;
export type Binary = (typeof NAMES)[number];

/** A Kubernetes control plane with its store and nodes that only say that they run, as they are built for the tests. */
export const CONTROL_PLANE: BuiltDaemon = {
  name: "Kubernetes",
  cache: "kubernetes",
  binaries: NAMES,
  version: RELEASE,
  script: join(__dirname, "build.sh"),
  variable: "STRATA_KUBE_BIN",
};

/** The folder of the control plane's binaries, or why there is none. */
export function findBinaries(): Found {
  if (!RELEASE.startsWith(`v${KUBERNETES.version}.`))
    throw new Error(`clusters run ${KUBERNETES.version}, the tests ${RELEASE}: change RELEASE`);
  return findBuilt(CONTROL_PLANE);
}
