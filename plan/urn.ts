const STACK_TYPE = "pulumi:pulumi:Stack";

/** Type of the resource a URN names, without those of its parents. */
export function typeOf(urn: string): string {
  return qualifiedType(urn).split("$").at(-1) ?? "";
}

/** Name of the resource a URN names. */
export function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

function qualifiedType(urn: string): string {
  return urn.split("::")[2] ?? "";
}

/**
 * The URN the engine gives a resource: the types of its parents are part of it, but that of the stack is not.
 * Source: `urn.New` and `deploy.Target`'s use of it in pulumi/sdk/go/common/resource/urn (2026-11-23).
 */
export function makeUrn(stack: string, project: string, parent: string | undefined, type: string, name: string): string {
  const chain = parent && typeOf(parent) !== STACK_TYPE ? `${qualifiedType(parent)}$${type}` : type;
  return `urn:pulumi:${stack}::${project}::${chain}::${name}`;
}
