import { type Fact } from "../row";
import { type Inputs, partOf } from "./duration";

/** Something that stays for a while after a resource is deleted, and keeps others from being deleted. */
export interface Lingering extends Fact {
  readonly minutes: number;
  /** Types that can't be deleted meanwhile. */
  readonly holds: RegExp;
}

const LAMBDA_INTERFACES = { minutes: 20, source: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html", date: "2026-11" };

/**
 * What stays after a resource is deleted. Lambda takes its network interfaces away by itself, some twenty minutes after the function:
 * their subnets stay until then, and their security groups too unless the function has left them first.
 */
export function lingersAfter(type: string, inputs: Inputs): Lingering | undefined {
  if (type !== "aws:lambda/function:Function" || partOf(inputs["vpcConfig"])["subnetIds"] === undefined) return undefined;
  const leaves = inputs["replaceSecurityGroupsOnDestroy"] === true;
  return { ...LAMBDA_INTERFACES, holds: leaves ? /^aws:ec2\/subnet:/ : /^aws:ec2\/(subnet|securityGroup):/ };
}
