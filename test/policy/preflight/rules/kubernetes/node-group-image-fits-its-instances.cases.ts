import { nodeGroupImageFitsItsInstances as rule } from "../../../../../policy/preflight/rules/kubernetes/node-group-image-fits-its-instances";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { id, type Inputs, type TestStack } from "../../../stack";

const NODES = "aws:eks/nodeGroup:NodeGroup";

function nodes(inputs: Inputs, cluster: Inputs = { version: "1.36" }): Given {
  return (stack: TestStack) =>
    stack.add(NODES, "nodes", { clusterName: id(stack.add("aws:eks/cluster:Cluster", "main", cluster)), ...inputs });
}

function templated(template: Inputs, inputs: Inputs = {}): Given {
  return (stack: TestStack) => {
    const made = stack.add("aws:ec2/launchTemplate:LaunchTemplate", "nodes", template);
    return stack.add(NODES, "nodes", { clusterName: "main", launchTemplate: { id: id(made), version: "1" }, ...inputs });
  };
}

export const cases: RuleCases = {
  rule,
  pass: {
    "for Graviton": nodes({ amiType: "AL2023_ARM_64_STANDARD", instanceTypes: ["m7g.large", "c7gn.xlarge"] }),
    "for Intel": nodes({ amiType: "BOTTLEROCKET_x86_64", instanceTypes: ["m7i.large", "g6.xlarge"] }),
    "for what its launch template names": {
      given: templated({ instanceType: "m7g.large" }, { amiType: "AL2023_ARM_64_STANDARD" }),
      known: false,
    },
  },
  fail: {
    "for Intel with Graviton": {
      given: nodes({ amiType: "AL2023_x86_64_STANDARD", instanceTypes: ["m7g.large"] }),
      says: /AL2023_x86_64_STANDARD is for x86_64, and its instances are m7g\.large/,
    },
    "for both": { given: nodes({ amiType: UNKNOWN, instanceTypes: ["m7g.large", "m7i.large"] }), says: /are of two processors/ },
    "of Amazon Linux 2 on a version that has none": {
      given: nodes({ amiType: "AL2_x86_64", instanceTypes: ["m7i.large"] }),
      known: false,
      says: /there is no AL2_x86_64 for Kubernetes 1\.36/,
    },
    "for Graviton with a launch template of Intel": {
      given: templated({ instanceType: "m7i.large" }, { amiType: "AL2023_ARM_64_STANDARD" }),
      says: /is for arm64/,
    },
  },
  absent: {
    "of the image, which is then x86": { given: nodes({ instanceTypes: ["t4g.medium"] }), says: /the default is for x86_64/ },
    "of the instances, which are then t3.medium": {
      given: nodes({ amiType: "AL2023_ARM_64_STANDARD" }),
      says: /its instances are t3\.medium/,
    },
    "of both": { given: nodes({}), says: "pass" },
    "with an image in its launch template": { given: templated({ imageId: "ami-1" }, { instanceTypes: ["m7g.large"] }), says: "nothing" },
  },
  unknown: {
    "while the image is not known": nodes({ amiType: UNKNOWN, instanceTypes: ["m7g.large"] }),
    "while the instances are not known": nodes({ amiType: "AL2023_ARM_64_STANDARD", instanceTypes: UNKNOWN }),
    "while the cluster's version is not known": nodes({ amiType: "AL2_x86_64" }, { version: UNKNOWN }),
  },
  mutations: {
    "a node group of Graviton has the default image": (stack) => {
      const cluster = stack.one("aws:eks/cluster:Cluster");
      const subnets = stack.all("aws:ec2/subnet:Subnet", "private").map((subnet) => id(subnet));
      const nodeRoleArn = stack.one("aws:iam/role:Role", "nodeRole").outputs?.["arn"] ?? "";
      stack.add(
        NODES,
        "more-nodes",
        {
          clusterName: id(cluster),
          nodeRoleArn,
          subnetIds: subnets,
          instanceTypes: ["m7g.large"],
          scalingConfig: { minSize: 3, desiredSize: 3, maxSize: 6 },
        },
        cluster,
      );
    },
  },
};
