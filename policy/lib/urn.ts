/** What the URN of a resource says. */
export interface UrnParts {
  readonly stack: string;
  /** The type of the resource, without those of its parents. */
  readonly type: string;
  readonly name: string;
}

/** Reads a URN: `urn:pulumi:<stack>::<project>::<types of its parents>$<type>::<name>`. A name may hold `::`. */
export function urnParts(urn: string): UrnParts {
  const [head = "", , types = "", ...name] = urn.split("::");
  return { stack: head.replace(/^urn:pulumi:/, ""), type: types.slice(types.lastIndexOf("$") + 1), name: name.join("::") };
}
