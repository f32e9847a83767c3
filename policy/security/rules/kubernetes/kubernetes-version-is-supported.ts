import { z } from "zod";
import { EKS_VERSION_SUPPORT } from "../../../../facts/eks-version-support";
import { DAY_CONFIG } from "../../../lib/day";
import { EKS_CLUSTER } from "../../../lib/network/eks";
import { read, text } from "../../../lib/resource";
import { fail, notEvaluated, pass, resourceRule, type Verdict } from "../../../lib/rule";

const property = "version";

const OLDEST = Math.min(...Object.keys(EKS_VERSION_SUPPORT).map(minor));

/** Standard or extended support; that the latter costs more is another matter. A cluster that names no version is made with the newest default. */
export const kubernetesVersionIsSupported = resourceRule({
  id: "kubernetes-version-is-supported",
  title: "Every cluster runs a Kubernetes version that EKS supports",
  severity: "high",
  why: "A version past its end gets no security fixes, and EKS upgrades its control plane on a day it does not say, whether the workloads are ready or not.",
  fix: "Set version to one in standard support; an upgrade goes one minor version at a time.",
  links: ["https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html"],
  frameworks: [
    { name: "FSBP", id: "EKS.2" },
    { name: "Checkov", id: "CKV_AWS_339" },
  ],
  types: [EKS_CLUSTER],
  config: z.strictObject(DAY_CONFIG),
  check: (cluster, { day }): Verdict[] => {
    const { urn, name } = cluster;
    const reading = read(cluster, property);
    if (reading.state === "absent") return [pass(urn)];
    if (reading.state === "unknown") return [notEvaluated(urn, "its version is not known yet", property)];
    const version = text(reading) ?? JSON.stringify(reading.value);
    const support = Object.hasOwn(EKS_VERSION_SUPPORT, version) ? EKS_VERSION_SUPPORT[version] : undefined;
    if (support !== undefined)
      return [
        support.extendedEnds <= day
          ? fail(urn, `${name} runs Kubernetes ${version}, whose support ended on ${support.extendedEnds}`, property)
          : pass(urn),
      ];
    return [
      minor(version) < OLDEST
        ? fail(urn, `${name} runs Kubernetes ${version}, whose support ended long ago`, property)
        : notEvaluated(urn, `how long EKS supports ${version} is not known`, property),
    ];
  },
});

/** The minor version of Kubernetes 1; larger than any for what is none. */
function minor(version: string): number {
  const found = /^1\.(\d+)$/.exec(version)?.[1];
  return found === undefined ? Infinity : Number(found);
}
