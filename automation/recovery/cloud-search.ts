import { autonameOf } from "../../facts/kubernetes-autonaming";
import { type Properties } from "../../plan/graph";
import { isRecord } from "../../plan/simulate/shapes";

/** What is known of a resource whose creation was begun. */
export interface Wanted {
  readonly urn: string;
  readonly type: string;
  /** As they were handed to the provider, with the name that Pulumi made up where it did. A secret is not in the clear. */
  readonly inputs: Properties;
  /** Ids of this type that the state has already: whatever was begun, it is none of these. */
  readonly taken: ReadonlySet<string>;
}

/** A resource that was recognised. */
export interface Found {
  readonly kind: "found";
  readonly id: string;
  /** Which id it is: the one a state has, or the one that an import takes, where they differ. */
  readonly idOf: "state" | "import";
  /** By what it was recognised. */
  readonly by: string;
}

/** What a search came to. */
export type SearchResult =
  | Found
  | {
      /** It was not made, or no cloud keeps it, or making it again changes nothing. */
      readonly kind: "absent";
      readonly because: string;
    }
  | {
      readonly kind: "undecided";
      readonly because: string;
      /** What a person should look at. */
      readonly look: string;
    };

/**
 * An object of Kubernetes need not be looked for, since making it again changes nothing: see `isAppliedOver`. One whose name the provider made up would be
 * made under another: it is taken for made under the name that is recorded, and whether it was is read before anything else.
 */
export function kubernetesObject({ inputs, taken }: Pick<Wanted, "inputs" | "taken">): SearchResult {
  const name = autonameOf(inputs);
  if (name === undefined) return { kind: "absent", because: "server-side apply puts it over what is there" };
  const { metadata } = inputs;
  const namespace = isRecord(metadata) ? metadata["namespace"] : undefined;
  const id = typeof namespace === "string" ? `${namespace}/${name}` : name;
  if (taken.has(id)) return { kind: "absent", because: "it is in the state already" };
  return { kind: "found", id, idOf: "state", by: "the name that the provider made up for it" };
}

/** Something in the cloud that carries the tags of a stack. */
export interface CloudThing {
  /** What names it in `strata orphans`: an ARN, or in a simulated cloud its id. */
  readonly id: string;
  /** In the cloud's own words, such as `ec2:subnet`. */
  readonly what: string;
  /** Pulumi's type, where it is known. */
  readonly type?: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** Whose tags are looked for. */
export interface StackName {
  readonly project: string;
  readonly stack: string;
}

/** Looks for resources in a cloud. */
export interface CloudSearch {
  /** Looks for a resource whose creation was begun; it never guesses. */
  find(wanted: Wanted): Promise<SearchResult>;
  /** Everything that carries the tags of a stack. */
  tagged(stack: StackName): Promise<readonly CloudThing[]>;
  /** Whether a thing is the resource of a type and an id, or belongs to it, as far as ids tell. */
  isKnownAs(thing: CloudThing, resource: { readonly type: string; readonly id: string; readonly arn?: string }): boolean;
  /** The id by which a thing becomes a resource of a type; nothing when its inputs and the thing do not tell. */
  idAs(thing: CloudThing, wanted: { readonly type: string; readonly inputs: Properties }): Pick<Found, "id" | "idOf"> | undefined;
  /** Deletes a thing. */
  delete(thing: CloudThing): Promise<void>;
}
