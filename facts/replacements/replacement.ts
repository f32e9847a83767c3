import { type Fact } from "../row";

/** A property whose change makes the provider delete a resource and make another. */
export interface ReplacingProperty {
  /** Path of the property as Pulumi spells it: `kmsKeyId`, `brokerNodeGroupInfo.securityGroups`. */
  readonly path: string;
  /** The only change that does it, when not every change does: `when it goes down`. */
  readonly when?: string;
}

/** What replaces a type of resource. */
export interface Replacement extends Fact {
  /** True when a replacement loses data, or the only way to it. */
  readonly stateful: boolean;
  readonly properties: readonly ReplacingProperty[];
}

/** A property of some arguments, or a path into one of them, so that the compiler finds a misspelt one. */
type Path<Args> = (keyof Args & string) | `${keyof Args & string}.${string}`;

type Listed<Args> = Path<Args> | { readonly path: Path<Args>; readonly when: string };

const PROVIDER = "https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service";

/**
 * A row about one type. `Args` are the type's arguments.
 * @param file where the provider's schema says `ForceNew` or `RequiresReplace`, below its `internal/service`.
 */
export function replacement<Args>(file: string, stateful: boolean, properties: readonly Listed<Args>[]): Replacement {
  return {
    stateful,
    properties: properties.map((property) => (typeof property === "string" ? { path: property } : property)),
    source: `${PROVIDER}/${file}.go`,
    date: "2026-11",
  };
}
