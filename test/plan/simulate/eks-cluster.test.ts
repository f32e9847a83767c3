import assert from "node:assert/strict";
import { type Properties, UNKNOWN } from "../../../plan/graph";
import { type Expanded, NotModelled, RefusedByComponent, reference } from "../../../plan/simulate/expansion";
import { assertSame, assertSameOutputs, type Recorded, recording, type Simulation, SmallPlan } from "./expanding";

const CLUSTER = "eks:index:Cluster";
const NODE_GROUP = "eks:index:ManagedNodeGroup";

/** The simulated AWS of the recordings. It has no ids of security group rules. */
const recordedAws: Simulation = (request, id): Properties | undefined => {
  if (request.type === "aws:eks/cluster:Cluster") {
    return {
      endpoint: `https://${id}.gr7.us-east-1.eks.amazonaws.com`,
      certificateAuthority: { data: "Y2E=" },
      identities: [{ oidcs: [{ issuer: "https://oidc.example/1" }] }],
      vpcConfig: { ...(request.inputs["vpcConfig"] as Properties), clusterSecurityGroupId: "sg-of-eks" },
    };
  }
  // It gave launch templates no latestVersion, which the component then wrote down as this text.
  return request.type === "aws:ec2/launchTemplate:LaunchTemplate" ? { latestVersion: "undefined" } : undefined;
};

/** A more complete AWS. */
const aws: Simulation = (request, id): Properties | undefined => {
  switch (request.type) {
    case "aws:eks/cluster:Cluster":
      return {
        arn: `arn:aws:eks:eu-west-1:123456789012:cluster/${id}`,
        endpoint: `https://${id}.eks.example`,
        certificateAuthority: { data: "Y2E=" },
        identities: [{ oidcs: [{ issuer: `https://oidc.example/${id}` }] }],
        vpcConfig: { ...(request.inputs["vpcConfig"] as Properties), clusterSecurityGroupId: "sg-of-eks" },
      };
    case "aws:ec2/launchTemplate:LaunchTemplate":
      return { latestVersion: 1 };
    case "aws:ec2/securityGroupRule:SecurityGroupRule":
      return { securityGroupRuleId: `sgr-${id}` };
    default:
      return undefined;
  }
};

/** The rows a model can know: the engine adds the SDK's version to a provider, and only AWS knows the newest add-on, which the recording made up. */
function knowable(row: Recorded): Recorded {
  const { version, ...provider } = row.inputs;
  if (row.type === "pulumi:providers:kubernetes") {
    assert.ok(version !== undefined);
    return { ...row, inputs: provider };
  }
  if (row.type !== "aws:eks/addon:Addon") return row;
  assert.equal(row.inputs["addonVersion"], "v1.0.0-eksbuild.1");
  return { ...row, inputs: { ...row.inputs, addonVersion: UNKNOWN } };
}

const BASE: Properties = {
  vpcId: "vpc-1",
  privateSubnetIds: ["subnet-1", "subnet-2"],
  authenticationMode: "API",
  skipDefaultNodeGroup: true,
  version: "1.33",
};

function cluster(
  inputs: Properties,
  plan = new SmallPlan("test", aws),
  propertyDependencies: Record<string, string[]> = {},
): Expanded & { plan: SmallPlan } {
  return { plan, ...plan.expand(CLUSTER, "kube", inputs, { propertyDependencies }) };
}

describe("the children of eks.Cluster", () => {
  for (const name of ["eks-no-nodes", "eks-auto-mode"]) {
    it(`are those the real engine recorded for ${name}, and so is what each output comes from`, () => {
      const rows = recording(name);
      const component = rows.find((row) => row.type === CLUSTER);
      assert.ok(component);
      const plan = new SmallPlan(name, recordedAws);
      const expanded = plan.expand(CLUSTER, component.name, component.inputs);
      assertSame(plan, rows.filter((row) => row !== component).map(knowable));
      assertSameOutputs(expanded, component);
    });
  }

  it("and of eks.ManagedNodeGroup are those the real engine recorded for eks-managed-nodes", () => {
    const rows = recording("eks-managed-nodes");
    const plan = new SmallPlan("eks-managed-nodes", recordedAws);
    const role = plan.add("aws:iam/role:Role", "nodes", "nodes-1", { arn: "arn:aws:x:nodes-1" });
    const [component, nodes] = [CLUSTER, NODE_GROUP].map((type) => rows.find((row) => row.type === type));
    assert.ok(component && nodes);
    assertSameOutputs(plan.expand(CLUSTER, component.name, component.inputs), component);
    // The version stands in the recording because the component writes its default into its own arguments.
    const { version: _, ...inputs } = nodes.inputs;
    const expanded = plan.expand(NODE_GROUP, nodes.name, inputs, { propertyDependencies: { nodeRole: [role.urn] } });
    const ofProgram = [component, nodes, rows.find((row) => row.name === "nodes")];
    assertSame(plan, rows.filter((row) => !ofProgram.includes(row)).map(knowable));
    assertSameOutputs(expanded, nodes);
  });

  it("take encryption, logs, endpoints, upgrade policy and protection to the cluster", () => {
    const plan = new SmallPlan("test", aws);
    const key = plan.add("aws:kms/key:Key", "secrets", "key-1", { arn: "arn:aws:kms:eu-west-1:123456789012:key/1" });
    cluster(
      {
        ...BASE,
        publicSubnetIds: ["public-1"],
        encryptionConfigKeyArn: UNKNOWN,
        enabledClusterLogTypes: ["api", "audit"],
        endpointPublicAccess: true,
        publicAccessCidrs: ["192.0.2.0/24"],
        upgradePolicy: { supportType: "STANDARD" },
        deletionProtection: true,
        tags: { Team: "a", Owner: "all" },
        clusterTags: { Owner: "cluster", Tier: "1" },
      },
      plan,
      { encryptionConfigKeyArn: [key.urn] },
    );
    const { inputs, dependencies, propertyDependencies, ignoreChanges } = plan.only("aws:eks/cluster:Cluster", "kube-eksCluster");
    assert.deepEqual(inputs["encryptionConfig"], { provider: { keyArn: UNKNOWN }, resources: ["secrets"] });
    assert.deepEqual(propertyDependencies["encryptionConfig"], [key.urn]);
    assert.ok(dependencies.includes(key.urn));
    assert.deepEqual(
      [inputs["enabledClusterLogTypes"], inputs["deletionProtection"], inputs["upgradePolicy"]],
      [["api", "audit"], true, { supportType: "STANDARD" }],
    );
    const vpcConfig = inputs["vpcConfig"] as Properties;
    assert.deepEqual([vpcConfig["subnetIds"], vpcConfig["publicAccessCidrs"]], [["public-1", "subnet-1", "subnet-2"], ["192.0.2.0/24"]]);
    assert.deepEqual(inputs["tags"], { Name: "kube-eksCluster", Owner: "all", Team: "a", Tier: "1" });
    assert.deepEqual(ignoreChanges, ["accessConfig.bootstrapClusterCreatorAdminPermissions", "bootstrapSelfManagedAddons"]);
  });

  it("give each access entry its policies, and the CNI waits for the entries", () => {
    const { plan } = cluster({
      ...BASE,
      accessEntries: {
        admin: {
          principalArn: "arn:aws:iam::1:role/admin",
          username: "admin",
          accessPolicies: { all: { policyArn: "arn:policy", accessScope: { type: "cluster" } } },
        },
      },
    });
    const entry = plan.only("aws:eks/accessEntry:AccessEntry", "kube-admin");
    assert.equal(entry.inputs["userName"], "admin");
    const policy = plan.only("aws:eks/accessPolicyAssociation:AccessPolicyAssociation", "kube-admin-all");
    assert.equal(policy.parent, entry.urn);
    assert.deepEqual([policy.inputs["policyArn"], policy.inputs["principalArn"]], ["arn:policy", "arn:aws:iam::1:role/admin"]);
    assert.ok(plan.only("eks:index:VpcCniAddon", "kube-vpc-cni").dependencies.includes(entry.urn));
  });

  it("pin the add-ons whose versions are given, with their configuration in one order", () => {
    const { plan } = cluster({
      ...BASE,
      kubeProxyAddonOptions: { version: "v1.33.0-eksbuild.2", configurationValues: { mode: "ipvs", ipvs: { scheduler: "rr" } } },
      corednsAddonOptions: { enabled: true, version: "v1.12.1-eksbuild.2", resolveConflictsOnUpdate: "PRESERVE" },
      vpcCniOptions: {
        addonVersion: "v1.20.0-eksbuild.1",
        enableNetworkPolicy: true,
        enablePrefixDelegation: true,
        eniMtu: 1500,
        configurationValues: { env: { EXTRA: "1" } },
      },
    });
    const addon = (name: string): Properties => plan.only("aws:eks/addon:Addon", name).inputs;
    assert.equal(addon("kube-kube-proxy")["configurationValues"], '{"ipvs":{"scheduler":"rr"},"mode":"ipvs"}');
    assert.deepEqual(
      [addon("kube-coredns")["addonVersion"], addon("kube-coredns")["resolveConflictsOnUpdate"]],
      ["v1.12.1-eksbuild.2", "PRESERVE"],
    );
    const cni = JSON.parse(String(addon("kube-vpc-cni")["configurationValues"])) as {
      enableNetworkPolicy: string;
      env: Record<string, string>;
    };
    const { AWS_VPC_ENI_MTU, ENABLE_PREFIX_DELEGATION, EXTRA, WARM_ENI_TARGET } = cni.env;
    assert.deepEqual(
      [cni.enableNetworkPolicy, AWS_VPC_ENI_MTU, ENABLE_PREFIX_DELEGATION, EXTRA, WARM_ENI_TARGET],
      ["true", "1500", "true", "1", "1"],
    );
  });

  it("have no CoreDNS without nodes, and none in Auto Mode when it is turned off", () => {
    assert.ok(!cluster(BASE).plan.names("aws:eks/addon:Addon").includes("kube-coredns"));
    const auto = { ...BASE, skipDefaultNodeGroup: false, autoMode: { enabled: true } };
    assert.deepEqual(cluster(auto).plan.names("aws:eks/addon:Addon"), ["kube-coredns"]);
    assert.deepEqual(cluster({ ...auto, corednsAddonOptions: { enabled: false } }).plan.names("aws:eks/addon:Addon"), []);
  });

  it("use a service role that is brought along", () => {
    const plan = new SmallPlan("test", aws);
    const role = plan.add("aws:iam/role:Role", "control", "control", { arn: "arn:aws:iam::1:role/control" });
    const { outputs } = cluster({ ...BASE, serviceRole: reference(role) }, plan, { serviceRole: [role.urn] });
    const made = plan.only("aws:eks/cluster:Cluster", "kube-eksCluster");
    assert.equal(made.inputs["roleArn"], "arn:aws:iam::1:role/control");
    assert.deepEqual(made.propertyDependencies["roleArn"], [role.urn]);
    assert.deepEqual(plan.names("eks:index:ServiceRole"), []);
    assert.deepEqual((outputs["core"] as Properties)["clusterIamRole"], reference(role));
  });

  it("spell policies in the partition of the region, under names that do not change with it", () => {
    const plan = new SmallPlan("test", aws);
    plan.expand(CLUSTER, "kube", BASE, { region: "cn-north-1" });
    const attachment = plan.only("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "kube-eksRole-4b490823");
    assert.equal(attachment.inputs["policyArn"], "arn:aws-cn:iam::aws:policy/AmazonEKSClusterPolicy");
  });
});

describe("the outputs of eks.Cluster", () => {
  it("hold a kubeconfig that asks AWS for tokens in the cluster's region", () => {
    const { plan, outputs } = cluster({ ...BASE, providerCredentialOpts: { roleArn: "arn:role", profileName: "team" } });
    const id = plan.find(plan.only("aws:eks/cluster:Cluster", "kube-eksCluster").urn)?.id ?? "";
    interface Kubeconfig {
      clusters: { cluster: { server: string; "certificate-authority-data": string } }[];
      users: { user: { exec: { args: string[] } } }[];
    }
    const exported = JSON.parse(String(outputs["kubeconfigJson"])) as Kubeconfig;
    assert.deepEqual(exported.clusters[0]?.cluster, { server: `https://${id}.eks.example`, "certificate-authority-data": "Y2E=" });
    const token = ["--region", "eu-west-1", "eks", "get-token", "--cluster-name", id, "--output", "json", "--role", "arn:role"];
    assert.deepEqual(exported.users[0]?.user.exec.args, token);
    const own = JSON.parse(String(plan.only("pulumi:providers:kubernetes", "kube-eks-k8s").inputs["kubeconfig"])) as Kubeconfig;
    assert.deepEqual(own.users[0]?.user.exec.args, [...token, "--profile", "team"]);
  });

  it("are unknown where they are made of what is unknown, never half known", () => {
    const plan = new SmallPlan("test", (request, id) =>
      request.type === "aws:eks/cluster:Cluster"
        ? { ...aws(request, id), endpoint: UNKNOWN, identities: UNKNOWN, name: UNKNOWN }
        : undefined,
    );
    const { outputs } = cluster(BASE, plan);
    assert.deepEqual(
      ["kubeconfig", "kubeconfigJson", "oidcIssuer", "oidcProviderUrl"].map((key) => outputs[key]),
      [UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN],
    );
    assert.equal(plan.only("aws:ec2/securityGroup:SecurityGroup", "kube-nodeSecurityGroup").inputs["tags"], UNKNOWN);
  });

  it("name the security group EKS makes when the component makes none", () => {
    const { outputs } = cluster({ ...BASE, autoMode: { enabled: true } });
    assert.deepEqual(
      [outputs["clusterSecurityGroupId"], outputs["nodeSecurityGroupId"], outputs["clusterIngressRuleId"]],
      ["sg-of-eks", "sg-of-eks", ""],
    );
    assert.equal(outputs["clusterSecurityGroup"], undefined);
  });

  it("name the issuer without its scheme", () => {
    const { plan, outputs } = cluster({ ...BASE, createOidcProvider: true });
    assert.equal(outputs["oidcIssuer"], String(outputs["oidcProviderUrl"]).replace("https://", ""));
    const provider = plan.only("aws:iam/openIdConnectProvider:OpenIdConnectProvider", "kube-oidcProvider");
    assert.deepEqual([provider.inputs["url"], provider.inputs["thumbprintLists"]], [outputs["oidcProviderUrl"], [UNKNOWN]]);
  });
});

describe("eks.Cluster refuses in the plan", () => {
  const refusals: [string, Properties, RegExp][] = [
    [
      "Auto Mode without access entries",
      { authenticationMode: "CONFIG_MAP", autoMode: { enabled: true } },
      /autoMode needs access entries/,
    ],
    ["an authentication mode that is none", { authenticationMode: "OIDC" }, /"OIDC".*API_AND_CONFIG_MAP/],
    ["instance roles beside the access entry API", { instanceRoles: [{}] }, /instanceRoles belongs to the aws-auth ConfigMap/],
    ["role mappings beside the access entry API", { roleMappings: [{}] }, /roleMappings belongs/],
    ["two ways to name the subnets", { subnetIds: ["subnet-1"] }, /subnetIds and privateSubnetIds are both given/],
    [
      "allowed addresses for a closed endpoint",
      { endpointPublicAccess: false, publicAccessCidrs: ["192.0.2.0/24"] },
      /endpointPublicAccess is false/,
    ],
    [
      "two switches for one CNI setting",
      { vpcCniOptions: { externalSnat: true, cniExternalSnat: true } },
      /cniExternalSnat and externalSnat/,
    ],
    ["a switch that is not known", { autoMode: { enabled: UNKNOWN } }, /known when the program runs/],
  ];
  for (const [what, args, message] of refusals) {
    it(what, () => {
      assert.throws(
        () => cluster({ ...BASE, ...args }),
        (error) => error instanceof RefusedByComponent && !(error instanceof NotModelled) && message.test(error.message),
      );
    });
  }

  const notModelled: [string, Properties, RegExp][] = [
    ["the default node group", { skipDefaultNodeGroup: false }, /skipDefaultNodeGroup: true and eks\.ManagedNodeGroup/],
    ["settings of the default node group", { instanceType: "m7g.large", minSize: 1 }, /instanceType, minSize/],
    ["the aws-auth ConfigMap", { authenticationMode: "API_AND_CONFIG_MAP" }, /authenticationMode: "API"/],
    ["Fargate", { fargate: true }, /fargate/],
    ["storage classes", { storageClasses: "gp3" }, /StorageClass/],
  ];
  for (const [what, args, message] of notModelled) {
    it(`${what}, as something the plan does not know`, () => {
      assert.throws(
        () => cluster({ ...BASE, ...args }),
        (error) => error instanceof NotModelled && message.test(error.message),
      );
    });
  }
});

describe("the children of eks.ManagedNodeGroup", () => {
  function nodeGroup(inputs: Properties): SmallPlan {
    const { plan } = cluster(BASE);
    const kube = reference({ urn: plan.urn(CLUSTER, "kube"), id: "" });
    plan.expand(NODE_GROUP, "workers", { cluster: kube, nodeRoleArn: "arn:role", ...inputs });
    return plan;
  }
  const made = (inputs: Properties): Properties => nodeGroup(inputs).only("aws:eks/nodeGroup:NodeGroup", "workers").inputs;

  it("join the cluster in its subnets, at its version, with two nodes", () => {
    const { version, subnetIds, scalingConfig, launchTemplate } = made({});
    assert.deepEqual(
      [version, subnetIds, scalingConfig, launchTemplate],
      ["1.33", ["subnet-1", "subnet-2"], { desiredSize: 2, minSize: 1, maxSize: 2 }, undefined],
    );
  });

  it("find the cluster by its core as well", () => {
    const { plan, outputs } = cluster(BASE);
    plan.expand(NODE_GROUP, "workers", { cluster: outputs["core"] ?? null, nodeRoleArn: "arn:role" });
    const id = plan.find(plan.only("aws:eks/cluster:Cluster", "kube-eksCluster").urn)?.id;
    assert.equal(plan.only("aws:eks/nodeGroup:NodeGroup", "workers").inputs["clusterName"], id);
  });

  it("have the image of their operating system and architecture", () => {
    assert.equal(made({ operatingSystem: "AL2023", instanceTypes: ["m7g.large"] })["amiType"], "AL2023_ARM_64_STANDARD");
    assert.equal(
      made({ operatingSystem: "Bottlerocket", instanceTypes: ["c7i.large", "m7i-flex.large"] })["amiType"],
      "BOTTLEROCKET_x86_64",
    );
    assert.equal(made({ instanceTypes: ["m7g.large"] })["amiType"], undefined);
  });

  it("put the disk into the launch template when there is one", () => {
    const plan = nodeGroup({ diskSize: 50, enableIMDSv2: true, operatingSystem: "Bottlerocket" });
    const template = plan.only("aws:ec2/launchTemplate:LaunchTemplate", "workers-launchTemplate");
    assert.deepEqual(template.inputs["blockDeviceMappings"], [{ deviceName: "/dev/xvdb", ebs: { volumeSize: 50 } }]);
    const group = plan.only("aws:eks/nodeGroup:NodeGroup", "workers").inputs;
    assert.deepEqual([group["diskSize"], group["launchTemplate"]], [undefined, { id: plan.find(template.urn)?.id, version: "1" }]);
    assert.equal(made({ diskSize: 50 })["diskSize"], 50);
  });

  it("leave version and image to the launch template when they have user data of their own", () => {
    const plan = nodeGroup({ kubeletExtraArgs: "--max-pods=50", amiType: "AL2023_x86_64_STANDARD", releaseVersion: "1.33.1-20261101" });
    const group = plan.only("aws:eks/nodeGroup:NodeGroup", "workers").inputs;
    assert.deepEqual([group["version"], group["amiType"], group["releaseVersion"]], [undefined, undefined, undefined]);
    const template = plan.only("aws:ec2/launchTemplate:LaunchTemplate", "workers-launchTemplate").inputs;
    assert.deepEqual([template["userData"], template["imageId"]], [UNKNOWN, UNKNOWN]);
  });

  it("keep the number of nodes out of updates on demand", () => {
    const plan = nodeGroup({ ignoreScalingChanges: true, scalingConfig: { minSize: 3, maxSize: 6, desiredSize: 3 } });
    assert.deepEqual(plan.only("aws:eks/nodeGroup:NodeGroup", "workers").ignoreChanges, ["scalingConfig.desiredSize"]);
  });

  const refusals: [string, Properties, RegExp][] = [
    ["a group without a role", { nodeRoleArn: null }, /neither nodeRole nor nodeRoleArn/],
    [
      "instance types of two architectures",
      { operatingSystem: "AL2023", instanceTypes: ["m7g.large", "m7i.large"] },
      /mix x86_64 and arm64/,
    ],
    [
      "an image of another operating system",
      { operatingSystem: "Bottlerocket", amiType: "AL2023_x86_64_STANDARD", enableIMDSv2: true },
      /amiType AL2023_x86_64_STANDARD is AL2023/,
    ],
    ["an image id beside an image type", { amiId: "ami-1", amiType: "AL2023_x86_64_STANDARD" }, /amiId and amiType/],
    [
      "a launch template beside what would go into one",
      { launchTemplate: { id: "lt-1", version: "1" }, enableIMDSv2: true },
      /launchTemplate and enableIMDSv2/,
    ],
    ["a taint with an effect of Kubernetes' spelling", { taints: [{ key: "a", effect: "NoSchedule" }] }, /Use one of NO_SCHEDULE/],
    ["a cluster that is not in the plan", { cluster: { name: "other" } }, /no cluster of this plan/],
    ["EFA, as something the plan does not know", { enableEfaSupport: true }, /enableEfaSupport is not modelled/],
  ];
  for (const [what, args, message] of refusals) {
    it(`do not include ${what}`, () => {
      assert.throws(
        () => nodeGroup(args),
        (error) => error instanceof RefusedByComponent && message.test(error.message),
      );
    });
  }
});
