import { type Json, type Properties, UNKNOWN } from "../graph";
import type { RegisteredChild } from "./expansion";
import { isRecord } from "./shapes";
import { type Construction, derive, outputOf, Sourced } from "./sourced";

/** How an add-on settles conflicts when the program does not say. Source: nodejs/eks/cluster/cluster.ts of pulumi-eks 4.3. */
const OVERWRITE = "OVERWRITE";

/** Registers the add-on `kube-proxy` or `coredns`, as its options say. */
export function registerAddon(
  construction: Construction,
  cluster: RegisteredChild,
  addonName: string,
  optionsKey: string,
): RegisteredChild {
  const { component } = construction;
  const options = construction.record(optionsKey) ?? {};
  const option = (key: string): Sourced => construction.within(optionsKey, options[key]);
  return construction.child("aws:eks/addon:Addon", `${component.name}-${addonName}`, component, {
    clusterName: outputOf(cluster, "name"),
    addonName,
    addonVersion: options["version"] ? option("version") : latestVersion(cluster),
    preserve: true,
    tags: construction.argument("tags"),
    resolveConflictsOnCreate: options["resolveConflictsOnCreate"] ?? OVERWRITE,
    resolveConflictsOnUpdate: options["resolveConflictsOnUpdate"] ?? OVERWRITE,
    configurationValues: options["configurationValues"]
      ? derive([option("configurationValues")], ([values]) => stableJson(values))
      : undefined,
  });
}

/** The newest version for the cluster's Kubernetes version, which only AWS can say at `up`; pin one to have it in the plan. */
function latestVersion(cluster: RegisteredChild): Sourced {
  return new Sourced(UNKNOWN, [cluster.urn]);
}

/** Registers an `eks:index:VpcCniAddon`: the component and its add-on, whose settings are environment variables of the CNI. */
export function registerVpcCni(
  construction: Construction,
  cluster: RegisteredChild,
  kubernetes: RegisteredChild,
  dependsOn: readonly string[],
): RegisteredChild {
  const { component } = construction;
  const key = "vpcCniOptions";
  const options = construction.record(key) ?? {};
  const option = (name: string): Sourced => construction.within(key, options[name]);
  const name = `${component.name}-vpc-cni`;
  const tags = construction.argument("tags");
  const clusterName = outputOf(cluster, "name");
  if (options["cniExternalSnat"] && options["externalSnat"]) {
    construction.refuse("vpcCniOptions has both cniExternalSnat and externalSnat", "Give one of the two");
  }
  const parent = construction.child(
    "eks:index:VpcCniAddon",
    name,
    component,
    {
      ...Object.fromEntries(Object.keys(options).map((each) => [each, option(each)])),
      clusterName,
      clusterVersion: outputOf(cluster, "version"),
      tags,
    },
    { custom: false, dependsOn },
  );
  const addon = construction.child("aws:eks/addon:Addon", name, parent, {
    clusterName,
    addonName: "vpc-cni",
    addonVersion: options["addonVersion"] ? option("addonVersion") : latestVersion(cluster),
    resolveConflictsOnCreate: options["resolveConflictsOnCreate"] ?? OVERWRITE,
    resolveConflictsOnUpdate: options["resolveConflictsOnUpdate"] ?? OVERWRITE,
    preserve: true,
    configurationValues: derive([new Sourced(options, construction.within(key, options).urns)], ([given]) =>
      stableJson(cniConfiguration(given)),
    ),
    serviceAccountRoleArn: option("serviceAccountRoleArn"),
    tags,
  });
  if (options["securityContextPrivileged"])
    registerPrivilegedPatch(construction, name, parent, addon, kubernetes, option("securityContextPrivileged"));
  return parent;
}

/** The one CNI setting that the add-on has no value for is patched into its DaemonSet, and stays when the patch goes. */
function registerPrivilegedPatch(
  construction: Construction,
  name: string,
  parent: RegisteredChild,
  addon: RegisteredChild,
  kubernetes: RegisteredChild,
  privileged: Sourced,
): void {
  construction.child(
    "kubernetes:apps/v1:DaemonSetPatch",
    name,
    parent,
    {
      apiVersion: "apps/v1",
      kind: "DaemonSet",
      metadata: { name: "aws-node", namespace: "kube-system", annotations: { "pulumi.com/patchForce": "true" } },
      spec: { template: { spec: { containers: [{ name: "aws-node", securityContext: { privileged } }] } } },
    },
    { dependsOn: [addon.urn], retainOnDelete: true, provider: kubernetes },
  );
}

/** An environment variable of the CNI: its option, and what stands there without it. Source: addons/cni-addon.ts of pulumi-eks 4.3. */
interface CniVariable {
  readonly variable: string;
  readonly option: string;
  readonly otherwise?: string;
}

const CNI_VARIABLES: readonly CniVariable[] = [
  { variable: "AWS_VPC_CNI_NODE_PORT_SUPPORT", option: "nodePortSupport" },
  { variable: "WARM_ENI_TARGET", option: "warmEniTarget", otherwise: "1" },
  { variable: "WARM_IP_TARGET", option: "warmIpTarget" },
  { variable: "WARM_PREFIX_TARGET", option: "warmPrefixTarget" },
  { variable: "ENABLE_PREFIX_DELEGATION", option: "enablePrefixDelegation" },
  { variable: "AWS_VPC_K8S_CNI_LOGLEVEL", option: "logLevel", otherwise: "DEBUG" },
  { variable: "AWS_VPC_K8S_CNI_LOG_FILE", option: "logFile", otherwise: "/host/var/log/aws-routed-eni/ipamd.log" },
  { variable: "AWS_VPC_K8S_CNI_VETHPREFIX", option: "vethPrefix", otherwise: "eni" },
  { variable: "AWS_VPC_ENI_MTU", option: "eniMtu", otherwise: "9001" },
  { variable: "ENI_CONFIG_LABEL_DEF", option: "eniConfigLabelDef" },
  { variable: "AWS_VPC_K8S_PLUGIN_LOG_LEVEL", option: "pluginLogLevel", otherwise: "DEBUG" },
  { variable: "AWS_VPC_K8S_PLUGIN_LOG_FILE", option: "pluginLogFile", otherwise: "/var/log/aws-routed-eni/plugin.log" },
  { variable: "ENABLE_POD_ENI", option: "enablePodEni", otherwise: "false" },
  { variable: "AWS_VPC_K8S_CNI_CONFIGURE_RPFILTER", option: "cniConfigureRpfilter" },
  // The option customNetworkConfig writes the same variable first and is always overwritten by this one.
  { variable: "AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG", option: "cniCustomNetworkCfg", otherwise: "false" },
];

/** The configuration of the add-on: the variables, under what the program gives itself. */
function cniConfiguration(given: Json | undefined): Json {
  const options = isRecord(given) ? given : {};
  const env: Properties = {};
  for (const { variable, option, otherwise } of CNI_VARIABLES) {
    // A target of 0 is a value for warmEniTarget, and for every other option the same as none.
    const set = option === "warmEniTarget" ? (options[option] ?? undefined) : options[option] || undefined;
    if (set !== undefined) env[variable] = String(set);
    else if (otherwise !== undefined) env[variable] = otherwise;
  }
  env["AWS_VPC_K8S_CNI_EXTERNALSNAT"] = String(options["externalSnat"] || options["cniExternalSnat"] || false);
  const initEnv: Properties = { DISABLE_TCP_EARLY_DEMUX: String(options["disableTcpEarlyDemux"] || false) };

  const own = isRecord(options["configurationValues"]) ? options["configurationValues"] : {};
  const ownInit = isRecord(own["init"]) ? own["init"] : {};
  const policy = options["enableNetworkPolicy"];
  return {
    ...(policy !== undefined && { enableNetworkPolicy: String(policy) }),
    ...own,
    env: { ...env, ...(isRecord(own["env"]) ? own["env"] : {}) },
    init: { ...ownInit, env: { ...initEnv, ...(isRecord(ownInit["env"]) ? ownInit["env"] : {}) } },
  };
}

/** JSON with sorted keys, so that the order in which they are written is no change. */
function stableJson(value: Json | undefined): string | undefined {
  return JSON.stringify(value, (_key, part: Json) =>
    isRecord(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))) : part,
  );
}
