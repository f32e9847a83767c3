/** A property value of a recorded resource, as plain JSON. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** A property bag of a recorded resource. */
export type Properties = Record<string, Json>;

/**
 * What stands in a plan for a value that is not known before the resource exists.
 * The engine's own marker for an unknown string, so that the policy SDK reads it as unknown too.
 * Source: `UnknownStringValue` in pulumi/sdk/go/common/resource/plugin/rpc.go (2026-11-23).
 */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** What stands in a plan for a secret value; the value itself is dropped while recording. */
export const SECRET = "[secret]";

/** One resource of a plan: what the program asked for, and what the simulation (or a real state) says it got. */
export interface PlannedResource {
  /** `urn:pulumi:<stack>::<project>::<parent types$type>::<name>`, spelled as the engine spells it. */
  readonly urn: string;
  /** The type token, for example `aws:rds/cluster:Cluster`. */
  readonly type: string;
  readonly name: string;
  /** URN of the parent; only the stack itself has none. */
  readonly parent?: string;
  /** URN of the nearest enclosing `strata:` component, the resource itself if it is one. */
  readonly component?: string;
  /** True when a provider manages it; false for a component. */
  readonly custom: boolean;
  /** True when another process makes its children (awsx, eks). */
  readonly remote: boolean;
  /** URNs it waits for. */
  readonly dependencies: readonly string[];
  /** For each input property, the URNs its value comes from. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly protect: boolean;
  /** The provider resource it is managed by, as `urn::id`; absent for components. */
  readonly provider?: string;
  /** URNs it is gone with, when it need not be deleted by itself. */
  readonly deletedWith?: string;
  readonly retainOnDelete?: true;
  readonly deleteBeforeReplace?: true;
  /** URNs it had before, as the program says; those that follow from its parents' are not among them. */
  readonly aliases?: readonly string[];
  readonly inputs: Properties;
  readonly outputs: Properties;
}
