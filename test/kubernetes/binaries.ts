import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { KUBERNETES } from "../../facts/kubernetes-versions";

/** Release that the tests run: the newest patch of what clusters run that the Go module proxy has. */
export const RELEASE = "v1.36.3";

const NAMES = ["etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kwok"] as const;
export type Binary = (typeof NAMES)[number];

/** Where the binaries are, or why there are none. */
export type Binaries = { readonly folder: string } | { readonly missing: string };

function complete(folder: string): boolean {
  return NAMES.every((name) => existsSync(join(folder, name)));
}

/**
 * Finds the control plane's binaries: in the folder `STRATA_KUBE_BIN` names, else in the cache, which is filled once by building them from the
 * Go module proxy when `STRATA_KUBE_BUILD` is 1: that takes minutes, which a plain test run must not.
 */
export function findBinaries(): Binaries {
  if (!RELEASE.startsWith(`v${KUBERNETES.version}.`))
    throw new Error(`clusters run ${KUBERNETES.version}, the tests ${RELEASE}: change RELEASE`);
  const given = process.env["STRATA_KUBE_BIN"];
  if (given) return complete(given) ? { folder: given } : { missing: `STRATA_KUBE_BIN (${given}) does not hold ${NAMES.join(", ")}` };
  const folder = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "strata-kube", RELEASE);
  if (complete(folder)) return { folder };
  if (process.env["STRATA_KUBE_BUILD"] !== "1")
    return { missing: "no built Kubernetes was found; STRATA_KUBE_BUILD=1 builds it once, in about ten minutes" };
  if (spawnSync("go", ["version"]).status !== 0) return { missing: "Go is not installed, and no built binaries were found" };
  const build = spawnSync("bash", [join(__dirname, "build.sh"), folder, RELEASE], {
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
  });
  const last = build.stderr.trimEnd().split("\n").at(-1) ?? "";
  return build.status === 0 ? { folder } : { missing: `the Go module proxy could not be built from: ${last}` };
}
