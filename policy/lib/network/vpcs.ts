/** A VPC that the stack makes, and the one that AWS made with the account when the stack manages it. */
export const VPCS = ["aws:ec2/vpc:Vpc", "aws:ec2/defaultVpc:DefaultVpc"];
