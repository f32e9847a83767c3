import { nodeGroupHasNoOpenSsh as rule } from "../../../../../policy/security/rules/kubernetes/node-group-has-no-open-ssh";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { id, type Input, type Inputs } from "../../../stack";
import { CLUSTER } from "./clusters";

const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";

function nodes(inputs: Inputs): Given {
  return (stack) => stack.add(NODE_GROUP, "main", inputs);
}
const ssh = (sourceSecurityGroupIds: Input, ec2SshKey: Input = "admin"): Given =>
  nodes({ remoteAccess: { ec2SshKey, sourceSecurityGroupIds } });

export const cases: RuleCases = {
  rule,
  pass: {
    "with source groups": ssh(["sg-1"]),
    "with a source group that is not made yet": {
      known: false,
      given: (stack) => {
        const group = stack.add("aws:ec2/securityGroup:SecurityGroup", "bastion");
        return stack.add(NODE_GROUP, "main", { remoteAccess: { ec2SshKey: "admin", sourceSecurityGroupIds: [id(group)] } });
      },
    },
    "with source groups and no key": ssh(["sg-1"], null),
  },
  fail: {
    "with a key and no source groups": { given: ssh(null), says: /nodes of main take SSH from everywhere: remoteAccess has a key/ },
    "with a key and an empty list": { given: ssh([]), says: /from everywhere/ },
  },
  absent: {
    "without remote access": { given: nodes({}), says: "pass" },
    "without a key": { given: nodes({ remoteAccess: {} }), says: "pass" },
  },
  unknown: {
    "while the key is not known": ssh(null, UNKNOWN),
    "while the groups are not known": ssh(UNKNOWN),
    "while remote access is not known": nodes({ remoteAccess: UNKNOWN }),
  },
  mutations: {
    "a node group takes SSH from everywhere": (stack) => {
      const cluster = stack.one(CLUSTER);
      stack.add(NODE_GROUP, "debug", {
        clusterName: String(cluster.inputs["name"]),
        nodeRoleArn: "arn:aws:iam::444455556666:role/nodes",
        subnetIds: ["subnet-0209bd90f19f35a54", "subnet-0454745a32ea86b34"],
        scalingConfig: { desiredSize: 2, minSize: 2, maxSize: 4 },
        instanceTypes: ["m7g.large"],
        amiType: "AL2023_ARM_64_STANDARD",
        remoteAccess: { ec2SshKey: "debug" },
        tags: { service: "debug", owner: "platform" },
      });
    },
  },
};
