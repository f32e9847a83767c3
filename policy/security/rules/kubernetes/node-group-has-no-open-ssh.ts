import { notKnown } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import { isGiven } from "../../../lib/given";
import { elements, read, type StackResource, type Tri } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";

const KEY = "remoteAccess.ec2SshKey";
const GROUPS = "remoteAccess.sourceSecurityGroupIds";

/** A node group without remote access passes: nobody gets in by SSH. */
export const nodeGroupHasNoOpenSsh = stackRule({
  id: "node-group-has-no-open-ssh",
  title: "No node group of EKS takes SSH from everywhere",
  severity: "high",
  why: "With a key and no source groups EKS opens port 22 of every node to 0.0.0.0/0, in a security group that no program shows.",
  fix: "Leave remoteAccess out and use Session Manager, or set sourceSecurityGroupIds.",
  links: ["https://docs.aws.amazon.com/eks/latest/APIReference/API_RemoteAccessConfig.html"],
  frameworks: [{ name: "Checkov", id: "CKV_AWS_100" }],
  check: (stack) =>
    stack
      .ofType("aws:eks/nodeGroup:NodeGroup")
      .map((group) => judge(group, `nodes of ${group.name} take SSH from everywhere`, findings(group))),
});

function findings(group: StackResource): Finding[] {
  const key = isGiven(group, KEY);
  const limited = isLimited(group);
  if (key === false || limited === true) return [];
  if (key === undefined || limited === undefined) return [notKnown(key === undefined ? KEY : GROUPS)];
  return [{ what: "remoteAccess has a key and no sourceSecurityGroupIds", property: GROUPS }];
}

/** An element of a list is a group, whether its id is known or not. */
function isLimited(group: StackResource): Tri {
  const groups = read(group, GROUPS);
  return groups.state === "unknown" ? isGiven(group, GROUPS) : elements(groups).length > 0;
}
