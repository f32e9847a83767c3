import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import * as eks from "@pulumi/eks";

const provider = new aws.Provider("aws", { region: "us-east-1", allowedAccountIds: ["111122223333"] });
const options = { providers: { aws: provider } };

const vpc = new awsx.ec2.Vpc(
  "network",
  {
    cidrBlock: "10.10.0.0/16",
    availabilityZoneNames: ["us-east-1a", "us-east-1b", "us-east-1c"],
    availabilityZoneCidrMask: 18,
    subnetStrategy: awsx.ec2.SubnetAllocationStrategy.Auto,
    subnetSpecs: [
      { type: awsx.ec2.SubnetType.Private, cidrMask: 19 },
      { type: awsx.ec2.SubnetType.Public, cidrMask: 22 },
      { type: awsx.ec2.SubnetType.Isolated, cidrMask: 22 },
    ],
    natGateways: { strategy: awsx.ec2.NatGatewayStrategy.OnePerAz },
    enableDnsHostnames: true,
    enableDnsSupport: true,
  },
  options,
);

const trust = (service: string) => aws.iam.assumeRolePolicyForPrincipal({ Service: service });
const role = (name: string, service: string) => new aws.iam.Role(name, { assumeRolePolicy: trust(service) }, { provider });

const common = {
  version: "1.33",
  vpcId: vpc.vpcId,
  privateSubnetIds: vpc.privateSubnetIds,
  authenticationMode: eks.AuthenticationMode.Api,
  endpointPrivateAccess: true,
  endpointPublicAccess: false,
  skipDefaultNodeGroup: true,
  skipDefaultSecurityGroups: true,
  corednsAddonOptions: { enabled: false },
};

new eks.Cluster("auto", { ...common, serviceRole: role("auto", "eks.amazonaws.com"), autoMode: { enabled: true } }, options);

const managed = new eks.Cluster(
  "managed",
  {
    ...common,
    serviceRole: role("managed", "eks.amazonaws.com"),
    kubeProxyAddonOptions: { version: "v1.33.0-eksbuild.2" },
    vpcCniOptions: { addonVersion: "v1.19.5-eksbuild.1" },
    createInstanceRole: false,
  },
  options,
);
new eks.ManagedNodeGroup(
  "nodes",
  {
    cluster: managed,
    nodeRole: role("nodes", "ec2.amazonaws.com"),
    subnetIds: vpc.privateSubnetIds,
    amiType: "AL2023_ARM_64_STANDARD",
    instanceTypes: ["m7g.large"],
    scalingConfig: { minSize: 2, desiredSize: 2, maxSize: 4 },
  },
  options,
);
