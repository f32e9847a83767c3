import * as aws from "@pulumi/aws";
import * as eks from "@pulumi/eks";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { LOAD_BALANCER_CONTROLLER, MANAGED_NODE_ADDONS } from "../../../facts/kubernetes-versions";
import { policyDocument, type Statement } from "../../iam";
import { type PlatformContext } from "../../platform-context";
import { type KubernetesCluster, objectOptions } from "./cluster";
import { volumeKeyPolicy } from "./cluster-role";

/** Nodes of a size and number that the team chooses: without the surcharge of Auto Mode, and without its care. */
export interface ManagedNodeSettings {
  readonly mode: "managed";
  /** Instance types with a trunk interface, Graviton. Changing this replaces the nodes, a few at a time. */
  readonly instanceTypes: readonly string[];
  /** Fewest and most nodes. */
  readonly minimum: number;
  readonly maximum: number;
  /** Version of the AWS Load Balancer Controller's Helm chart. Default: the newest when the cluster is made. */
  readonly controllerChartVersion?: string;
}

export interface ManagedNodesArgs {
  readonly context: PlatformContext;
  readonly cluster: eks.Cluster;
  /** The same cluster, for its objects. */
  readonly target: KubernetesCluster;
  readonly settings: ManagedNodeSettings;
  readonly vpcId: pulumi.Input<string>;
  readonly subnetIds: pulumi.Input<pulumi.Input<string>[]>;
  /** Key of the pods' volumes. */
  readonly keyArn: pulumi.Input<string>;
  readonly addonVersions: Readonly<Record<string, string>>;
  /** What nodes start over, such as the way out to the internet. */
  readonly wayOut: readonly pulumi.Resource[];
}

const NODE_POLICIES = ["AmazonEKSWorkerNodePolicy", "AmazonEKS_CNI_Policy", "AmazonEC2ContainerRegistryPullOnly"];
const ROOT_GIB = 40;
const SYSTEM = "kube-system";

/**
 * Node groups and all that Auto Mode would have brought: images that EKS keeps current, networking with security groups for pods and network
 * policies, Pod Identity, volumes, DNS, and the controller that registers pods with load balancers. The group keeps its size: nothing here adds
 * nodes when pods wait.
 *
 * Cost: the instances and their volumes.
 */
export class ManagedNodes extends pulumi.ComponentResource {
  /** What a service's objects wait for. */
  public readonly ready: readonly pulumi.Resource[];

  constructor(
    private readonly name: string,
    private readonly args: ManagedNodesArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("strata:compute:ManagedNodes", name, {}, options);
    const nodes = this.createNodeGroup();
    const roles = this.createVolumeRole();
    const addons = ["coredns", ...MANAGED_NODE_ADDONS.map(({ name: addon }) => addon)].map((addon) =>
      this.createAddon(addon, [nodes, ...roles]),
    );
    this.ready = [nodes, ...addons, this.createController(addons)];
    this.registerOutputs({});
  }

  /** What `eks.Cluster` must be told for such nodes. */
  static clusterOptions(addonVersions: Readonly<Record<string, string>>): Partial<eks.ClusterOptions> {
    return {
      kubeProxyAddonOptions: { enabled: true, version: addonVersions["kube-proxy"] },
      vpcCniOptions: {
        addonVersion: addonVersions["vpc-cni"],
        enablePodEni: true,
        enableNetworkPolicy: true,
        // Pods with a group of their own are probed over TCP by the kubelet: EKS user guide, "Configure the VPC CNI for security groups for Pods" (2026-11).
        disableTcpEarlyDemux: true,
        // Network policies hold for pods with a group of their own in this mode only.
        configurationValues: { env: { POD_SECURITY_GROUP_ENFORCING_MODE: "standard" } },
      },
    };
  }

  private createNodeGroup(): eks.ManagedNodeGroup {
    const { cluster, settings, subnetIds } = this.args;
    const role = new aws.iam.Role(
      this.name,
      {
        description: "What the nodes may do",
        assumeRolePolicy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
        }),
      },
      { parent: this },
    );
    const attachments = NODE_POLICIES.map(
      (policy) =>
        new aws.iam.RolePolicyAttachment(
          `${this.name}-${policy}`,
          { role: role.name, policyArn: `arn:aws:iam::aws:policy/${policy}` },
          { parent: this },
        ),
    );
    const template = new aws.ec2.LaunchTemplate(
      this.name,
      {
        // One hop: a pod can't reach the node's credentials.
        metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
        blockDeviceMappings: [
          {
            deviceName: "/dev/xvda",
            // With the account's own EBS key: Auto Scaling's role could not use a customer key without a place in its policy.
            ebs: { volumeType: "gp3", volumeSize: ROOT_GIB, encrypted: "true", deleteOnTermination: "true" },
          },
        ],
        monitoring: { enabled: true },
        tagSpecifications: [{ resourceType: "instance", tags: { Name: this.name } }],
      },
      { parent: this },
    );
    return new eks.ManagedNodeGroup(
      this.name,
      {
        cluster,
        nodeRole: role,
        subnetIds,
        amiType: "AL2023_ARM_64_STANDARD",
        instanceTypes: [...settings.instanceTypes],
        capacityType: "ON_DEMAND",
        scalingConfig: { minSize: settings.minimum, desiredSize: settings.minimum, maxSize: settings.maximum },
        ignoreScalingChanges: true,
        launchTemplate: { id: template.id, version: pulumi.interpolate`${template.latestVersion}` },
      },
      { parent: this, dependsOn: [...attachments, ...this.args.wayOut] },
    );
  }

  private createAddon(addon: string, dependsOn: readonly pulumi.Resource[]): aws.eks.Addon {
    return new aws.eks.Addon(
      `${this.name}-${addon}`,
      {
        clusterName: this.args.cluster.eksCluster.name,
        addonName: addon,
        addonVersion: this.args.addonVersions[addon],
        resolveConflictsOnCreate: "OVERWRITE",
        resolveConflictsOnUpdate: "PRESERVE",
      },
      { parent: this, dependsOn: [...dependsOn] },
    );
  }

  private createVolumeRole(): pulumi.Resource[] {
    const name = `${this.name}-volumes`;
    const { role, association } = this.createPodRole(name, "ebs-csi-controller-sa");
    return [
      association,
      new aws.iam.RolePolicyAttachment(
        name,
        { role: role.name, policyArn: "arn:aws:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy" },
        { parent: this },
      ),
      new aws.iam.RolePolicy(name, { role: role.name, policy: volumeKeyPolicy(this.args.keyArn) }, { parent: this }),
    ];
  }

  /** Registers pods with target groups of this stack, and nothing else: its usual policy would let it make load balancers and open groups. */
  private createController(dependsOn: readonly pulumi.Resource[]): kubernetes.helm.v3.Release {
    const { context, cluster, target, settings, vpcId } = this.args;
    const name = `${this.name}-balancing`;
    const { role, association } = this.createPodRole(name, LOAD_BALANCER_CONTROLLER.chart);
    const policy = new aws.iam.RolePolicy(name, { role: role.name, policy: policyDocument(registerTargets(context)) }, { parent: this });
    return new kubernetes.helm.v3.Release(
      name,
      {
        name: LOAD_BALANCER_CONTROLLER.chart,
        namespace: SYSTEM,
        chart: LOAD_BALANCER_CONTROLLER.chart,
        version: settings.controllerChartVersion,
        repositoryOpts: { repo: LOAD_BALANCER_CONTROLLER.repository },
        values: {
          clusterName: cluster.eksCluster.name,
          region: context.region,
          vpcId,
          serviceAccount: { name: LOAD_BALANCER_CONTROLLER.chart },
          // Load balancers are made by this stack, never by an Ingress or a Service.
          enableServiceMutatorWebhook: false,
        },
        atomic: true,
      },
      objectOptions(target, this, [association, policy, ...dependsOn]),
    );
  }

  private createPodRole(
    name: string,
    serviceAccount: string,
  ): { readonly role: aws.iam.Role; readonly association: aws.eks.PodIdentityAssociation } {
    const { context, cluster } = this.args;
    const role = new aws.iam.Role(
      name,
      {
        description: `What ${serviceAccount} may do`,
        assumeRolePolicy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Principal: { Service: "pods.eks.amazonaws.com" },
              Action: ["sts:AssumeRole", "sts:TagSession"],
              Condition: { StringEquals: { "aws:SourceAccount": context.accountId } },
            },
          ],
        }),
      },
      { parent: this },
    );
    const association = new aws.eks.PodIdentityAssociation(
      name,
      { clusterName: cluster.eksCluster.name, namespace: SYSTEM, serviceAccount, roleArn: role.arn },
      { parent: this },
    );
    return { role, association };
  }
}

function registerTargets({ region, accountId }: PlatformContext): Statement[] {
  return [
    {
      Sid: "RegisterPods",
      Effect: "Allow",
      Action: ["elasticloadbalancing:RegisterTargets", "elasticloadbalancing:DeregisterTargets"],
      Resource: `arn:aws:elasticloadbalancing:${region}:${accountId}:targetgroup/*`,
      Condition: { Null: { "aws:ResourceTag/eks:eks-cluster-name": "false" } },
    },
    {
      Sid: "Look",
      Effect: "Allow",
      Action: [
        "ec2:DescribeAvailabilityZones",
        "ec2:DescribeInstances",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSubnets",
        "ec2:DescribeVpcs",
        "elasticloadbalancing:DescribeTargetGroups",
        "elasticloadbalancing:DescribeTargetHealth",
      ],
      // Describe actions know no resources (Service Authorization Reference, 2026-11).
      Resource: "*",
    },
  ];
}
