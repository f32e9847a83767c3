import type { StackGraph } from "./graph";
import { append } from "./multimap";
import type { StackResource, Tri } from "./resource";

/** The resources of a stack that belong to another one, such as listeners to a load balancer: by which target, found once for all targets. */
export class Attachments {
  private readonly byTarget = new Map<string, StackResource[]>();
  private readonly maybe = new Set<string>();
  /** There is one of which nothing tells what it belongs to. */
  private stray = false;

  /** `path`: where an attached resource names what it belongs to. */
  constructor(graph: StackGraph, types: readonly string[], path: string, targets: readonly string[]) {
    for (const resource of graph.ofType(...types)) {
      for (const reference of graph.references(resource, path, targets)) {
        if (reference.kind === "resource") append(this.byTarget, reference.resource.urn, resource);
        if (reference.kind !== "unknown") continue;
        if (reference.candidates.length === 0) this.stray = true;
        for (const { urn } of reference.candidates) this.maybe.add(urn);
      }
    }
  }

  /** Those that belong to it for certain. */
  of(target: StackResource): readonly StackResource[] {
    return this.byTarget.get(target.urn) ?? [];
  }

  /** Whether any belongs to it; undefined when one may, and that is not known yet. */
  any(target: StackResource): Tri {
    if (this.of(target).length > 0) return true;
    return this.mayHaveMore(target) ? undefined : false;
  }

  /** Whether more may belong to it than `of` says. */
  mayHaveMore({ urn }: StackResource): boolean {
    return this.stray || this.maybe.has(urn);
  }
}
