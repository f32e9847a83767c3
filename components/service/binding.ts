import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type Statement } from "../iam";

/** What a service may do with something it is bound to. */
export type BoundAccess = "read" | "write" | "publish" | "consume" | "call";

/** Who asks to be let in: a service, before its workload exists. */
export interface Consumer {
  /** Name of the service. */
  readonly name: string;
  /** Group that its tasks, functions or pods run in. */
  readonly securityGroupId: pulumi.Output<string>;
}

/** What a service gets for one of its needs. */
export interface Binding {
  /** What it is bound to: its name in the catalogue. */
  readonly to: string;
  /** Kind of the store, as `storeKind` names it, or `service`. */
  readonly kind: string;
  readonly access: BoundAccess;
  /** Environment variables: endpoints and references to secrets, never a secret's value. */
  readonly variables: Readonly<Record<string, pulumi.Input<string>>>;
  /** What the service's own role may do. */
  readonly statements: readonly Statement[];
  /** Resources without which the first request would be refused; the workload waits for them. */
  readonly ready: readonly pulumi.Resource[];
}

/** Anything a service can be bound to: a store, another service, an adopted endpoint. */
export interface Bindable {
  /** Lets the consumer in, and says how to reach it. */
  bind(consumer: Consumer, access: BoundAccess): Binding;
}

/** A security group that lets nothing in or out until a rule says so. */
export type ClosedGroup = aws.ec2.SecurityGroup;

/** The start of the variables' names of something bound: `orders` and `DB` give `ORDERS_DB`. */
export function variablePrefix(name: string, suffix: string): string {
  return `${name.replace(/[^A-Za-z0-9]/g, "_").toUpperCase()}_${suffix}`;
}
