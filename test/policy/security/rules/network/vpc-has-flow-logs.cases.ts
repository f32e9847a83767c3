import { vpcHasFlowLogs as rule } from "../../../../../policy/security/rules/network/vpc-has-flow-logs";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { id, type Input } from "../../../stack";

const VPC = "aws:ec2/vpc:Vpc";
const FLOW_LOG = "aws:ec2/flowLog:FlowLog";

const logged: Given = (stack) => {
  const vpc = stack.add(VPC, "main", { cidrBlock: "10.0.0.0/16" });
  stack.add(FLOW_LOG, "main", { vpcId: id(vpc), trafficType: "ALL" });
  return vpc;
};

/** A VPC, and a flow log of something else. */
function besides(vpcId: Input): Given {
  return (stack) => {
    stack.add(FLOW_LOG, "other", { vpcId });
    return stack.add(VPC, "main", {});
  };
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with flow logs": logged,
    "with flow logs of a VPC that is not made yet": { given: logged, known: false },
  },
  fail: {
    "when only another VPC has them": { given: besides("vpc-1"), says: /the traffic of main is not logged/ },
    "when it is the account's own": {
      given: (stack) => stack.add("aws:ec2/defaultVpc:DefaultVpc", "default"),
      says: /no FlowLog of the stack has its vpcId/,
    },
  },
  absent: { "which is none": { given: (stack) => stack.add(VPC, "main", {}), says: /no FlowLog/ } },
  unknown: { "while it is not known whose flow logs they are": besides(UNKNOWN) },
  mutations: { "the traffic of the VPC is not logged": (stack) => stack.remove(stack.one(FLOW_LOG)) },
};
