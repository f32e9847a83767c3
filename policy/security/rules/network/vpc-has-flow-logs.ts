import { Attachments } from "../../../lib/attachments";
import { type Finding, judge } from "../../../lib/finding";
import { VPCS } from "../../../lib/network/vpcs";
import { stackRule } from "../../../lib/rule";

export const vpcHasFlowLogs = stackRule({
  id: "vpc-has-flow-logs",
  title: "Every VPC keeps flow logs",
  severity: "medium",
  why: "Without them nobody can say who spoke with whom when something was stolen, or which rule dropped what when nothing gets through.",
  fix: "Add an aws.ec2.FlowLog with the vpcId of the VPC, to a bucket or a log group.",
  links: ["https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html"],
  frameworks: [
    { name: "FSBP", id: "EC2.6" },
    { name: "Checkov", id: "CKV2_AWS_11" },
    { name: "AwsSolutions", id: "VPC7" },
  ],
  check: (stack) => {
    const logs = new Attachments(stack, ["aws:ec2/flowLog:FlowLog"], "vpcId", VPCS);
    return stack.ofType(...VPCS).map((vpc) => {
      const any = logs.any(vpc);
      const missing: Finding = { what: "no FlowLog of the stack has its vpcId", property: "id" };
      const doubt: Finding = { what: "whose flow logs the stack keeps is not known yet", property: "id", unknown: true };
      return judge(vpc, `the traffic of ${vpc.name} is not logged`, any === true ? [] : [any === undefined ? doubt : missing]);
    });
  },
});
