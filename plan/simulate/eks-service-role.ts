import { createHash } from "node:crypto";
import type { Json } from "../graph";
import { type RegisteredChild, reference } from "./expansion";
import { type Construction, outputOf, referenceTo, Sourced } from "./sourced";

/** A role for an AWS service, and the managed policies attached to it. */
export interface ServiceRole {
  readonly role: RegisteredChild;
  /** The ARN as soon as the role exists. */
  readonly arn: Sourced;
  /** The URNs that stand for "the role with all its policies": what needs the permissions waits for these. */
  readonly attached: readonly string[];
}

/** What the role is for. */
export interface ServiceRoleArgs {
  readonly service: string;
  readonly description?: string;
  /** Default: `sts:AssumeRole`. */
  readonly assumeRoleActions?: readonly string[];
  /** Names of AWS managed policies. */
  readonly policies: readonly string[];
}

/** The AWS partition of a region. Source: Amazon Resource Names, partitions, AWS IAM User Guide (2026-11). */
export function partitionOf(region: string): string {
  const iso = /^(?:us|eu)-(iso[a-z]?)-/.exec(region)?.[1];
  if (iso) return iso === "iso" ? "aws-iso" : `aws-iso-${iso.slice(3)}`;
  if (region.startsWith("cn-")) return "aws-cn";
  if (region.startsWith("us-gov-")) return "aws-us-gov";
  return region.startsWith("eusc-") ? "aws-eusc" : "aws";
}

/** Registers an `eks:index:ServiceRole`: the component, its role, and one attachment for each policy, named by a hash of the policy's ARN. */
export function registerServiceRole(construction: Construction, name: string, args: ServiceRoleArgs): ServiceRole {
  const { component } = construction;
  const partition = partitionOf(component.region);
  const tags = construction.argument("tags");
  // The id that names the attachment is always spelled with the partition `aws`; the ARN that is attached has the real one.
  const policies = args.policies.map((policy) => ({
    id: `arn:aws:iam::aws:policy/${policy}`,
    arn: `arn:${partition}:iam::aws:policy/${policy}`,
  }));
  const parent = construction.child(
    "eks:index:ServiceRole",
    name,
    component,
    { service: args.service, description: args.description, assumeRoleActions: args.assumeRoleActions, managedPolicyArns: policies, tags },
    { custom: false },
  );
  const role = construction.child("aws:iam/role:Role", `${name}-role`, parent, {
    description: args.description,
    assumeRolePolicy: trustPolicy(args),
    tags,
  });
  const attachments = policies.map(({ id, arn }) =>
    construction.child("aws:iam/rolePolicyAttachment:RolePolicyAttachment", `${name}-${hash(id)}`, parent, {
      policyArn: arn,
      role: referenceTo(role),
    }),
  );
  return { role, arn: outputOf(role, "arn"), attached: [role.urn, ...attachments.map(({ urn }) => urn)] };
}

/** A value of the role that is only there once all policies are attached. */
export function onceAttached(role: ServiceRole, value: Json | undefined): Sourced {
  return new Sourced(value, role.attached);
}

/** The instance profile through which EC2 instances get the role. */
export function registerInstanceProfile(construction: Construction, role: ServiceRole): RegisteredChild {
  const { component } = construction;
  return construction.child("aws:iam/instanceProfile:InstanceProfile", `${component.name}-instanceProfile`, component, {
    role: onceAttached(role, reference(role.role)),
  });
}

function trustPolicy(args: ServiceRoleArgs): string {
  const statement = { Action: args.assumeRoleActions ?? ["sts:AssumeRole"], Effect: "Allow", Principal: { Service: [args.service] } };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}

function hash(text: string): string {
  return createHash("sha1").update(text).digest("hex").slice(0, 8);
}
