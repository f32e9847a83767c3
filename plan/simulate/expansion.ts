import { runtime } from "@pulumi/pulumi";
import type { Json, Properties } from "../graph";

/** One resource a remote component asks for. */
export interface ChildRequest {
  readonly type: string;
  readonly name: string;
  /** URN of the parent: the component, or another child of it. */
  readonly parent: string;
  /** True when a provider manages it; false for a component inside the component. */
  readonly custom: boolean;
  readonly inputs: Properties;
  /** URNs it waits for: those it names, and every URN of `propertyDependencies`. */
  readonly dependencies: readonly string[];
  /** For each input property, the URNs its value comes from. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  /** Absent: as its parent. */
  readonly protect?: boolean;
  readonly retainOnDelete?: boolean;
  /** Property paths whose change the component keeps out of an update. */
  readonly ignoreChanges?: readonly string[];
  /** The provider resource that manages it, as `urn::id`; absent: the default provider of its package. */
  readonly provider?: string;
}

/** A resource of the plan that has been registered: where it is, and what the simulation says it got. */
export interface RegisteredChild {
  readonly urn: string;
  /** Empty for a component. */
  readonly id: string;
  readonly outputs: Properties;
}

/** Registers a child: works out its URN, simulates its outputs and records it. */
export type Register = (child: ChildRequest) => RegisteredChild;

/** Finds a resource registered earlier by its URN: an input that is a resource carries only URN and id, not its properties. */
export type Find = (urn: string) => RegisteredChild | undefined;

/** A component whose children another process makes, as the program asked for it. */
export interface RemoteComponent {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly inputs: Properties;
  /** URNs the component waits for. Its children do not name them: they are asked for only after the component is. */
  readonly dependencies: readonly string[];
  /** For each input property, the URNs its value comes from. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  /** The region its provider works in. */
  readonly region: string;
}

/** What a component's process answers once its children are registered. */
export interface Expanded {
  readonly outputs: Properties;
  /** For each output, the URNs its value comes from: what uses the output waits for these. */
  readonly outputDependencies: Readonly<Record<string, readonly string[]>>;
}

/**
 * Registers the children a component would register at `up`, and returns the component's own outputs.
 * Throws {@link RefusedByComponent} for inputs the component or AWS would refuse at `up`, before it registers anything that depends on them.
 */
export type Expand = (component: RemoteComponent, register: Register, find: Find) => Expanded;

/** Inputs that `up` would refuse, with the component, what is wrong and what would be right. */
export class RefusedByComponent extends Error {
  constructor(
    readonly component: Pick<RemoteComponent, "type" | "name" | "urn">,
    readonly what: string,
    readonly right: string,
  ) {
    super(`${component.type} "${component.name}": ${what}. ${right}.`);
    this.name = "RefusedByComponent";
  }
}

/** Inputs the component accepts, but whose children the plan does not know. A plan without them would be wrong, so there is none. */
export class NotModelled extends RefusedByComponent {
  constructor(component: Pick<RemoteComponent, "type" | "name" | "urn">, what: string, right: string) {
    super(component, `${what} is not modelled by the plan`, right);
    this.name = "NotModelled";
  }
}

/** A resource as a property value: what the engine's protocol puts there, so that the SDK makes a resource of it again. */
export function reference(child: Pick<RegisteredChild, "urn" | "id">): Properties {
  const signed = { [runtime.specialSigKey]: runtime.specialResourceSig, urn: child.urn, packageVersion: "" };
  return child.id === "" ? signed : { ...signed, id: child.id };
}

/** The URN behind a property value that is a resource; undefined for any other value. */
export function referencedUrn(value: Json | undefined): string | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const urn = value["urn"];
  return value[runtime.specialSigKey] === runtime.specialResourceSig && typeof urn === "string" ? urn : undefined;
}

/** The URNs of every resource anywhere in a property value that a provider manages: components, which have no id, are not among them. */
export function managedResourcesIn(value: Json | undefined): string[] {
  if (typeof value !== "object" || value === null) return [];
  const urn = referencedUrn(value);
  if (urn !== undefined) return "id" in value ? [urn] : [];
  return Object.values(value).flatMap(managedResourcesIn);
}
