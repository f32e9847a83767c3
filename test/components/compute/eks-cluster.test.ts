import assert from "node:assert/strict";
import { EksCluster, type EksClusterArgs } from "../../../components/compute/eks-cluster";
import { kubeconfigFaults } from "../../../components/compute/kubernetes/kubeconfig";
import { ConfigError } from "../../../components/faults";
import { KUBERNETES } from "../../../facts/kubernetes-versions";
import { type PlannedResource, type Properties } from "../../../plan/graph";
import { only, recordProgram } from "../../harness";
import { clusterArgs, type ClusterSetting, createNetwork } from "./on-cluster";

const CLUSTER = "aws:eks/cluster:Cluster";

function recordCluster(setting: ClusterSetting = {}): Promise<PlannedResource[]> {
  return recordProgram((options) => new EksCluster("apps", clusterArgs(createNetwork(options), setting), options));
}

const ofType = (resources: readonly PlannedResource[], type: string) => resources.filter((resource) => resource.type === type);
const managed: EksClusterArgs["nodes"] = { mode: "managed", instanceTypes: ["m7g.large"], minimum: 3, maximum: 6 };

describe("a Kubernetes cluster", () => {
  let resources: PlannedResource[];
  before(async () => (resources = await recordCluster({ durable: true })));

  it("lets in by access entries only, each role with what it may do", () => {
    assert.deepEqual(only(resources, CLUSTER).inputs["accessConfig"], {
      authenticationMode: "API",
      bootstrapClusterCreatorAdminPermissions: true,
    });
    const granted = ofType(resources, "aws:eks/accessPolicyAssociation:AccessPolicyAssociation").map(({ inputs }) => [
      inputs["principalArn"],
      inputs["policyArn"],
    ]);
    assert.deepEqual(granted.sort(), [
      ["arn:aws:iam::111122223333:role/developers", "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy"],
      ["arn:aws:iam::111122223333:role/platform", "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"],
    ]);
  });

  it("encrypts its secrets, keeps every log, and can't be deleted by accident", () => {
    const { inputs } = only(resources, CLUSTER);
    assert.deepEqual((inputs["encryptionConfig"] as Properties)["resources"], ["secrets"]);
    assert.deepEqual(inputs["enabledClusterLogTypes"], ["api", "audit", "authenticator", "controllerManager", "scheduler"]);
    assert.equal(inputs["deletionProtection"], true);
    const logs = only(resources, "aws:cloudwatch/logGroup:LogGroup", "apps-control-plane");
    assert.equal(logs.inputs["name"], `/aws/eks/${String(inputs["name"])}/cluster`);
    assert.ok(only(resources, "eks:index:Cluster").dependencies.includes(logs.urn), "EKS would make the group first");
  });

  it("runs the pinned version and never slips into extended support", () => {
    const { inputs } = only(resources, CLUSTER);
    assert.equal(inputs["version"], KUBERNETES.version);
    assert.deepEqual(inputs["upgradePolicy"], { supportType: "STANDARD" });
  });

  it("answers inside the VPC only, unless ranges are named", async () => {
    const vpc = (planned: readonly PlannedResource[]) => only(planned, CLUSTER).inputs["vpcConfig"] as Properties;
    assert.equal(vpc(resources)["endpointPrivateAccess"], true);
    assert.equal(vpc(resources)["endpointPublicAccess"], false);
    const open = vpc(await recordCluster({ cluster: { publicAccessCidrs: ["198.51.100.0/24"] } }));
    assert.equal(open["endpointPublicAccess"], true);
    assert.deepEqual(open["publicAccessCidrs"], ["198.51.100.0/24"]);
  });

  it("has a range of Services that is not the VPC's", async () => {
    assert.equal((only(resources, CLUSTER).inputs["kubernetesNetworkConfig"] as Properties)["serviceIpv4Cidr"], "172.20.0.0/16");
    await assert.rejects(recordCluster({ cluster: { serviceCidr: "10.20.0.0/20" } }), (error: unknown) => {
      assert.ok(error instanceof ConfigError);
      return /serviceCidr: overlaps 10\.20\.0\.0\/16, the VPC/.test(error.message);
    });
  });

  it("makes its volumes encrypted gp3, which outlive their claims where losing them is worse", async () => {
    const volumes = (planned: readonly PlannedResource[]) => only(planned, "kubernetes:storage.k8s.io/v1:StorageClass").inputs;
    const { parameters, reclaimPolicy, volumeBindingMode } = volumes(resources);
    assert.equal((parameters as Properties)["type"], "gp3");
    assert.equal((parameters as Properties)["encrypted"], "true");
    assert.equal(volumeBindingMode, "WaitForFirstConsumer");
    assert.equal(reclaimPolicy, "Retain");
    assert.equal(volumes(await recordCluster())["reclaimPolicy"], "Delete");
  });

  it("enforces network policies, and has one pool of Graviton nodes that can't grow without end", () => {
    const switchedOn = only(resources, "kubernetes:core/v1:ConfigMap").inputs;
    assert.deepEqual(switchedOn["data"], { "enable-network-policy-controller": "true" });
    const { spec } = only(resources, "kubernetes:karpenter.sh/v1:NodePool").inputs as { spec: Properties };
    assert.deepEqual(spec["limits"], { cpu: "64" });
    assert.match(JSON.stringify(spec["template"]), /"kubernetes.io\/arch","operator":"In","values":\["arm64"\]/);
  });

  it("gives its provider a kubeconfig that reaches it, and stays the same cluster when credentials change", () => {
    const provider = only(resources, "pulumi:providers:kubernetes", "apps");
    const { kubeconfig } = provider.inputs;
    assert.ok(typeof kubeconfig === "string");
    assert.deepEqual(kubeconfigFaults("kubeconfig", kubeconfig), []);
    assert.equal(provider.inputs["clusterIdentifier"], only(resources, CLUSTER).outputs["arn"]);
  });

  it("takes all its objects with it when it goes", () => {
    const cluster = only(resources, "eks:index:Cluster").urn;
    const objects = resources.filter(({ type }) => type.startsWith("kubernetes:"));
    assert.ok(objects.length > 0);
    for (const object of objects) assert.equal(object.deletedWith, cluster, object.urn);
  });

  it("hands each transform to its child", async () => {
    const bent = await recordCluster({
      cluster: {
        transform: {
          cluster: { tags: { bent: "yes" } },
          logGroup: { retentionInDays: 1 },
          storageClass: { allowVolumeExpansion: false },
        },
      },
    });
    assert.deepEqual(only(bent, "eks:index:Cluster").inputs["tags"], { bent: "yes" });
    assert.equal(only(bent, "aws:cloudwatch/logGroup:LogGroup", "apps-control-plane").inputs["retentionInDays"], 1);
    assert.equal(only(bent, "kubernetes:storage.k8s.io/v1:StorageClass").inputs["allowVolumeExpansion"], false);
  });
});

describe("a Kubernetes cluster with node groups", () => {
  let resources: PlannedResource[];
  before(async () => (resources = await recordCluster({ cluster: { nodes: managed, addonVersions: { coredns: "v1.12.1-eksbuild.2" } } })));

  it("has no Auto Mode, and a group of nodes without a way to their credentials for pods", () => {
    assert.equal(only(resources, CLUSTER).inputs["computeConfig"], undefined);
    const group = only(resources, "aws:eks/nodeGroup:NodeGroup").inputs;
    assert.deepEqual(group["instanceTypes"], ["m7g.large"]);
    assert.deepEqual(group["scalingConfig"], { minSize: 3, desiredSize: 3, maxSize: 6 });
    const template = only(resources, "aws:ec2/launchTemplate:LaunchTemplate").inputs;
    assert.deepEqual(template["metadataOptions"], { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 });
  });

  it("gives pods security groups and network policies through the VPC CNI", () => {
    const addons = new Map(ofType(resources, "aws:eks/addon:Addon").map(({ inputs }) => [inputs["addonName"], inputs]));
    const settings = JSON.parse(String(addons.get("vpc-cni")?.["configurationValues"])) as { env: Properties; enableNetworkPolicy: string };
    assert.equal(settings.env["ENABLE_POD_ENI"], "true");
    assert.equal(settings.env["POD_SECURITY_GROUP_ENFORCING_MODE"], "standard");
    assert.equal(settings.enableNetworkPolicy, "true");
  });

  it("has the add-ons that Auto Mode would have brought, of the version that is asked for, once there are nodes", () => {
    const addons = ofType(resources, "aws:eks/addon:Addon");
    assert.deepEqual(addons.map(({ inputs }) => inputs["addonName"]).sort(), [
      "aws-ebs-csi-driver",
      "coredns",
      "eks-pod-identity-agent",
      "kube-proxy",
      "metrics-server",
      "vpc-cni",
    ]);
    const coredns = addons.find(({ inputs }) => inputs["addonName"] === "coredns");
    assert.equal(coredns?.inputs["addonVersion"], "v1.12.1-eksbuild.2");
    assert.ok(
      coredns?.dependencies.some((urn) => urn.endsWith("::apps-nodes")),
      "CoreDNS waits for nodes for 20 minutes",
    );
  });

  it("has a load balancer controller that may register pods and nothing else", () => {
    assert.equal(only(resources, "kubernetes:helm.sh/v3:Release").inputs["chart"], "aws-load-balancer-controller");
    const policy = only(resources, "aws:iam/rolePolicy:RolePolicy", "apps-nodes-balancing").inputs["policy"];
    const actions = (JSON.parse(String(policy)) as { Statement: { Action: string[] }[] }).Statement.flatMap(({ Action }) => Action);
    assert.deepEqual(
      actions.filter((action) => !/:Describe/.test(action)),
      ["elasticloadbalancing:RegisterTargets", "elasticloadbalancing:DeregisterTargets"],
    );
  });
});
