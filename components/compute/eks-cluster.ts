import * as aws from "@pulumi/aws";
import * as eks from "@pulumi/eks";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { CLUSTER_ADDONS, KUBERNETES } from "../../facts/kubernetes-versions";
import { ConfigError } from "../faults";
import { isProtected, type PlatformContext } from "../platform-context";
import { bend, type Transform } from "../transform";
import { dnsAddress, serviceCidrFaults, versionFaults } from "./kubernetes/checks";
import { type ClusterOnAws, type KubernetesCluster } from "./kubernetes/cluster";
import {
  ARCHITECTURE,
  type AutoModeNodes,
  nodePool,
  PRIORITIES,
  priorityClasses,
  STORAGE_CLASS,
  storageClass,
  type StorageSettings,
} from "./kubernetes/cluster-objects";
import { AUTO_MODE_POLICIES, ClusterRole, MANAGED_NODES_POLICIES } from "./kubernetes/cluster-role";
import { requireKubeconfig } from "./kubernetes/kubeconfig";
import { type ManagedNodeSettings, ManagedNodes } from "./kubernetes/managed-nodes";

export interface EksClusterArgs {
  readonly context: PlatformContext;
  readonly vpcId: pulumi.Input<string>;
  /** Range of the VPC. */
  readonly vpcCidr: string;
  /** Private subnets, in at least two zones. Changing the zones of the control plane replaces the cluster. */
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** Range of the addresses of Services, which nothing outside the cluster uses. Changing this replaces the cluster. */
  readonly serviceCidr: string;
  /** Kubernetes minor version. Default: `KUBERNETES`. It can go up by one at a time, and never down. */
  readonly version?: string;
  /** Key of Kubernetes secrets and of volumes. Changing this replaces the cluster. */
  readonly keyArn: pulumi.Input<string>;
  /** Key of the control plane's logs; it must admit CloudWatch Logs. */
  readonly logKeyArn: pulumi.Input<string>;
  /** Days CloudWatch keeps the control plane's logs. */
  readonly logDays: number;
  /** ARNs of the roles that may do everything in the cluster, by a name of their own. Beside them only the identity that made the cluster may. */
  readonly admins: Readonly<Record<string, string>>;
  /** ARNs of the roles that may look at everything but secrets, by a name of their own. */
  readonly viewers: Readonly<Record<string, string>>;
  /** Ranges of the internet from which the API is reached. Empty: only from the VPC, where then the deployment must run too. */
  readonly publicAccessCidrs: readonly string[];
  /** Role that `kubectl` and this program take on to talk to the cluster. Default: the caller's own identity. */
  readonly deployRoleArn?: string;
  /** What pods run on. Changing the mode makes new nodes; EKS moves the pods. */
  readonly nodes: AutoModeNodes | ManagedNodeSettings;
  /** Versions of add-ons, by name, such as `v0.8.0-eksbuild.1`. Default: the one EKS has for the cluster's Kubernetes version. */
  readonly addonVersions: Readonly<Record<string, string>>;
  /** What nodes start over, such as the way out to the internet: pods wait for it. Default: nothing. */
  readonly wayOut?: readonly pulumi.Resource[];
  readonly transform?: {
    readonly cluster?: Transform<eks.ClusterOptions>;
    readonly logGroup?: Transform<aws.cloudwatch.LogGroupArgs>;
    readonly storageClass?: Transform<kubernetes.storage.v1.StorageClassArgs>;
  };
}

/** What is known of a cluster that is there already. */
export interface AdoptedCluster {
  /** Its kubeconfig, the whole file. It becomes a secret of the stack. */
  readonly kubeconfig: string;
  /** Context of the file. Default: its current one. */
  readonly context?: string;
  /** Where the kubeconfig came from, for an error: `Pulumi.prod.yaml: strata:kubernetes.adopted.frankfurt.kubeconfig`. */
  readonly key: string;
  /** Class of persistent volumes. Default: the cluster's default. */
  readonly storageClass?: string;
}

/** Every log that a control plane has: EKS user guide, "Send control plane logs to CloudWatch Logs" (2026-11). */
const LOG_TYPES = ["api", "audit", "authenticator", "controllerManager", "scheduler"];
/** Why its name is fixed, for the policy that wants none: a replacement of the cluster takes another name first. */
const FIXED_NAME_REASON = "its log group is there before it, under the name that EKS looks for";
const ACCESS_POLICIES = "arn:aws:eks::aws:cluster-access-policy";

/**
 * The Kubernetes cluster of an environment, for services that need more control than ECS gives: TCP, many ports, rules on which services
 * share a host, standard Kubernetes tools. By default EKS looks after its nodes (Auto Mode).
 *
 * Access is by access entries alone, secrets are encrypted with a customer key, the API is private unless ranges are named, and network
 * policies are enforced. Versions leave standard support only by an upgrade: extended support would cost six times as much.
 *
 * Cost: 0.10 USD an hour, and the nodes with 12 % on top in Auto Mode (Amazon EKS pricing, 2026-11).
 */
export class EksCluster extends pulumi.ComponentResource implements KubernetesCluster {
  public readonly provider: kubernetes.Provider;
  public readonly deletedWith: pulumi.Resource;
  public readonly podSecurityVersion: string;
  public readonly storageClass = STORAGE_CLASS;
  public readonly priorities = { critical: PRIORITIES.critical.name, standard: PRIORITIES.standard.name };
  public readonly architecture = ARCHITECTURE;
  public readonly aws: ClusterOnAws;
  public readonly ready: readonly pulumi.Resource[];
  /** Kubeconfig for the roles of `admins` and `viewers`; it holds no credentials of its own. */
  public readonly kubeconfig: pulumi.Output<string>;

  private readonly cluster: eks.Cluster;

  /**
   * @throws {ConfigError} when the range of Services overlaps the VPC or is one that EKS refuses, or pods could have no groups of their own.
   */
  constructor(
    public readonly name: string,
    private readonly args: EksClusterArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("strata:compute:EksCluster", name, {}, options);
    const version = args.version ?? KUBERNETES.version;
    const faults = [
      ...serviceCidrFaults(`${name}: serviceCidr`, args.serviceCidr, [{ cidr: args.vpcCidr, what: "the VPC" }]),
      ...versionFaults(`${name}: version`, version, args.nodes.mode),
    ];
    if (faults.length > 0) throw new ConfigError(faults);
    this.podSecurityVersion = `v${version}`;
    this.cluster = this.createCluster(version, this.createLogGroup());
    this.kubeconfig = this.cluster.kubeconfigJson;
    this.deletedWith = this.cluster;
    this.aws = {
      name: this.cluster.eksCluster.name,
      nodes: { name, securityGroupId: this.cluster.clusterSecurityGroupId },
      targetGroupBinding: args.nodes.mode === "auto" ? "eks.amazonaws.com/v1" : "elbv2.k8s.aws/v1beta1",
      dnsAddress: dnsAddress(args.serviceCidr),
      vpcCidr: args.vpcCidr,
    };
    this.provider = this.createProvider();
    const nodes = args.nodes.mode === "auto" ? nodePool(name, args.nodes, this.withoutReady(), this) : this.createManagedNodes(args.nodes);
    const wayOut = args.wayOut ?? [];
    this.ready = [...priorityClasses(name, this.withoutReady(), this), this.createStorageClass(), ...nodes, ...wayOut];
    // Nothing waits for add-ons: what asks metrics-server asks again until it answers.
    this.createAddons([...nodes, ...wayOut]);
    this.registerOutputs({ name: this.aws.name, kubeconfig: this.kubeconfig });
  }

  /**
   * A cluster that is there already, in another datacentre or cloud: services are placed on it, and nothing else of it is made or changed.
   * @throws {ConfigError} when the kubeconfig does not parse, or names a cluster or user it does not have.
   */
  static adopt(
    name: string,
    { kubeconfig, context, key, storageClass }: AdoptedCluster,
    options?: pulumi.ResourceOptions,
  ): KubernetesCluster {
    requireKubeconfig(key, kubeconfig, context);
    const provider = new kubernetes.Provider(
      name,
      { kubeconfig: pulumi.secret(kubeconfig), ...(context !== undefined && { context }), enableServerSideApply: true },
      { parent: options?.parent },
    );
    return {
      name,
      provider,
      storageClass,
      podSecurityVersion: "latest",
      deletedWith: undefined,
      priorities: undefined,
      architecture: undefined,
      aws: undefined,
      ready: [],
    };
  }

  private get clusterName(): string {
    return `${this.args.context.environment}-${this.name}`;
  }

  /** EKS would make the group by itself, without a key and for ever; so it is here first, under the name EKS looks for. */
  private createLogGroup(): aws.cloudwatch.LogGroup {
    const { logDays, logKeyArn, transform } = this.args;
    return new aws.cloudwatch.LogGroup(
      ...bend<aws.cloudwatch.LogGroupArgs>(
        transform?.logGroup,
        `${this.name}-control-plane`,
        { name: `/aws/eks/${this.clusterName}/cluster`, retentionInDays: logDays, kmsKeyId: logKeyArn },
        { parent: this },
      ),
    );
  }

  private createCluster(version: string, logGroup: aws.cloudwatch.LogGroup): eks.Cluster {
    const { args } = this;
    const auto = args.nodes.mode === "auto";
    const role = new ClusterRole(
      `${this.name}-cluster`,
      { context: args.context, policies: auto ? AUTO_MODE_POLICIES : MANAGED_NODES_POLICIES, volumeKeyArn: args.keyArn },
      { parent: this },
    );
    const isPublic = args.publicAccessCidrs.length > 0;
    return new eks.Cluster(
      ...bend<eks.ClusterOptions>(
        args.transform?.cluster,
        this.name,
        {
          name: this.clusterName,
          clusterTags: { "strata:because": FIXED_NAME_REASON },
          version,
          upgradePolicy: { supportType: "STANDARD" },
          deletionProtection: isProtected(args.context),
          vpcId: args.vpcId,
          privateSubnetIds: args.subnetIds,
          kubernetesServiceIpAddressRange: args.serviceCidr,
          endpointPrivateAccess: true,
          endpointPublicAccess: isPublic,
          ...(isPublic && { publicAccessCidrs: [...args.publicAccessCidrs] }),
          authenticationMode: eks.AuthenticationMode.Api,
          accessEntries: { ...entries(args.admins, "AmazonEKSClusterAdminPolicy"), ...entries(args.viewers, "AmazonEKSViewPolicy") },
          serviceRole: role.role,
          encryptionConfigKeyArn: args.keyArn,
          enabledClusterLogTypes: LOG_TYPES,
          ...(args.deployRoleArn !== undefined && { providerCredentialOpts: { roleArn: args.deployRoleArn } }),
          skipDefaultNodeGroup: true,
          skipDefaultSecurityGroups: true,
          // Auto Mode has DNS on every node; on node groups it is an add-on that has to wait for them.
          corednsAddonOptions: { enabled: false },
          ...(auto
            ? { autoMode: { enabled: true, createNodeRole: true, computeConfig: { nodePools: ["system"] } } }
            : ManagedNodes.clusterOptions(args.addonVersions)),
        },
        { parent: this, dependsOn: [logGroup, ...role.policies] },
      ),
    );
  }

  private createProvider(): kubernetes.Provider {
    return new kubernetes.Provider(
      this.name,
      {
        kubeconfig: this.kubeconfig,
        // Credentials in a kubeconfig change; only another cluster means other objects.
        clusterIdentifier: this.cluster.eksCluster.arn,
        enableServerSideApply: true,
      },
      { parent: this },
    );
  }

  private createManagedNodes(settings: ManagedNodeSettings): readonly pulumi.Resource[] {
    const { args } = this;
    const nodes = new ManagedNodes(
      `${this.name}-nodes`,
      {
        context: args.context,
        cluster: this.cluster,
        target: this.withoutReady(),
        settings,
        vpcId: args.vpcId,
        subnetIds: args.subnetIds,
        keyArn: args.keyArn,
        addonVersions: args.addonVersions,
        wayOut: args.wayOut ?? [],
      },
      { parent: this },
    );
    return nodes.ready;
  }

  private createStorageClass(): kubernetes.storage.v1.StorageClass {
    const { context, keyArn, nodes, transform } = this.args;
    const settings: StorageSettings = {
      provisioner: nodes.mode === "auto" ? "ebs.csi.eks.amazonaws.com" : "ebs.csi.aws.com",
      keyArn,
      durable: context.durable,
      transform: transform?.storageClass,
    };
    return storageClass(this.name, settings, this.withoutReady(), this);
  }

  private createAddons(nodes: readonly pulumi.Resource[]): void {
    for (const { name } of CLUSTER_ADDONS)
      new aws.eks.Addon(
        `${this.name}-${name}`,
        {
          clusterName: this.aws.name,
          addonName: name,
          addonVersion: this.args.addonVersions[name],
          resolveConflictsOnCreate: "OVERWRITE",
          resolveConflictsOnUpdate: "PRESERVE",
        },
        { parent: this, dependsOn: [...nodes] },
      );
  }

  /** This cluster as its own first objects see it: they are what others wait for. */
  private withoutReady(): KubernetesCluster {
    const { name, provider, deletedWith, podSecurityVersion, storageClass, priorities, architecture, aws: onAws } = this;
    return { name, provider, deletedWith, podSecurityVersion, storageClass, priorities, architecture, aws: onAws, ready: [] };
  }
}

function entries(roles: Readonly<Record<string, string>>, policy: string): NonNullable<eks.ClusterOptions["accessEntries"]> {
  return Object.fromEntries(
    Object.entries(roles).map(([name, principalArn]) => [
      name,
      {
        principalArn,
        type: eks.AccessEntryType.Standard,
        accessPolicies: { cluster: { policyArn: `${ACCESS_POLICIES}/${policy}`, accessScope: { type: "cluster" } } },
      },
    ]),
  );
}
