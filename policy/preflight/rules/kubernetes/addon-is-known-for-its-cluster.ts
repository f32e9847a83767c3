import { z } from "zod";
import { EKS_ADDONS, KUBE_PROXY_SKEW } from "../../../../facts/eks-addons";
import { notKnown } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { EKS_CLUSTER } from "../../../lib/network/eks";
import { read, type StackResource, text } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";

const VERSION = /^v\d+\.\d+\.\d+-eksbuild\.\d+$/;

const config = z.strictObject({
  more: z.array(z.string()).default([]).describe("Add-ons that EKS offers and the table does not have yet."),
});

/** An add-on without a version gets the default one for the version of its cluster. */
export const addonIsKnownForItsCluster = stackRule({
  id: "addon-is-known-for-its-cluster",
  title: "An add-on is one that EKS offers, in a version that its cluster can run",
  severity: "high",
  why: "EKS refuses an add-on of another name, a version without v or eksbuild, and a kube-proxy that is newer than its cluster, once the cluster is there.",
  fix: "Set addonName to one of the list of EKS and addonVersion as v1.2.3-eksbuild.1, or leave addonVersion out; add a newer add-on to the setting more.",
  links: [EKS_ADDONS.source],
  frameworks: [],
  config,
  check: (stack, { more }) =>
    stack
      .ofType("aws:eks/addon:Addon")
      .map((addon) => judge(addon, `EKS refuses ${addon.name}`, [...nameFindings(addon, more), ...versionFindings(addon, stack)])),
});

function nameFindings(addon: StackResource, more: readonly string[]): Finding[] {
  const property = "addonName";
  const reading = read(addon, property);
  if (reading.state === "unknown") return [notKnown(property)];
  const name = text(reading) ?? "";
  const known = EKS_ADDONS.names.has(name) || name.includes("_") || more.includes(name);
  return known ? [] : [{ what: `there is no add-on "${name}"`, property }];
}

function versionFindings(addon: StackResource, graph: StackGraph): Finding[] {
  const property = "addonVersion";
  const reading = read(addon, property);
  if (reading.state === "absent") return [];
  if (reading.state === "unknown") return [notKnown(property)];
  const version = text(reading) ?? "";
  const name = text(read(addon, "addonName"));
  if (name === undefined || !EKS_ADDONS.names.has(name)) return [];
  if (!VERSION.test(version)) return [{ what: `its version "${version}" is not written as v1.2.3-eksbuild.1`, property }];
  return name === "kube-proxy" ? skewFindings(version, addon, graph) : [];
}

/** Both are versions of Kubernetes. A cluster without a version gets the newest. */
function skewFindings(version: string, addon: StackResource, graph: StackGraph): Finding[] {
  const property = "addonVersion";
  const cluster = graph.reference(addon, "clusterName", [EKS_CLUSTER]);
  if (cluster?.kind !== "resource") return cluster?.kind === "unknown" ? [notKnown("clusterName")] : [];
  const reading = read(cluster.resource, "version");
  if (reading.state === "absent") return [];
  const [own, of] = [minorOf(version), minorOf(text(reading) ?? "")];
  if (own === undefined || of === undefined) return [notKnown("clusterName")];
  if (own <= of && own >= of - KUBE_PROXY_SKEW.minors) return [];
  return [{ what: `${version} does not go with Kubernetes ${text(reading) ?? ""} of ${cluster.resource.name}`, property }];
}

function minorOf(version: string): number | undefined {
  const minor = /^v?1\.(\d+)/.exec(version)?.[1];
  return minor === undefined ? undefined : Number(minor);
}
