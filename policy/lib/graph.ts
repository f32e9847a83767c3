import { append } from "./multimap";
import { isUnknown, type Json, type Reading, readAll, readPath, type StackResource, text } from "./resource";

/** What a property points at. */
export type Reference =
  | { readonly kind: "resource"; readonly resource: StackResource }
  /** Known, but not of this stack: an adopted resource. */
  | { readonly kind: "external"; readonly id: string }
  /** Not known yet. `candidates` are the resources it may be; empty when nothing is known about it. */
  | { readonly kind: "unknown"; readonly property: string; readonly candidates: readonly StackResource[] };

/** The outputs by which one resource names another. */
const IDENTIFYING_OUTPUTS = [
  "id",
  "arn",
  "name",
  "identifier",
  // The security group that AWS makes with an EKS cluster has no resource of its own.
  "vpcConfig.clusterSecurityGroupId",
] as const;

/** The inputs that identify a resource before it has outputs. */
const IDENTIFYING_INPUTS = ["name", "identifier", "clusterIdentifier", "replicationGroupId"] as const;

/** The resources of a stack with the questions rules ask of them. Every index is built once, in time linear in the resources. */
export class StackGraph {
  private readonly byUrn = new Map<string, StackResource>();
  private readonly byType = new Map<string, StackResource[]>();
  private readonly byParent = new Map<string, StackResource[]>();
  private readonly ids = new Map<string, ReadonlyMap<string, StackResource>>();
  private readonly derived = new Map<unknown, unknown>();

  constructor(readonly resources: readonly StackResource[]) {
    for (const resource of resources) {
      this.byUrn.set(resource.urn, resource);
      append(this.byType, resource.type, resource);
      if (resource.parent !== undefined) append(this.byParent, resource.parent, resource);
    }
  }

  get(urn: string): StackResource | undefined {
    return this.byUrn.get(urn);
  }

  /** The provider that manages a resource; undefined for a component, and for a default provider that the stack does not show. */
  providerOf({ provider }: StackResource): StackResource | undefined {
    if (provider === undefined) return undefined;
    // A state and a plan name it by its URN and its id, the policy SDK by its URN alone.
    return this.byUrn.get(provider) ?? this.byUrn.get(provider.slice(0, provider.lastIndexOf("::")));
  }

  ofType(...types: readonly string[]): readonly StackResource[] {
    if (types.length === 1 && types[0] !== undefined) return this.byType.get(types[0]) ?? [];
    return types.flatMap((type) => this.byType.get(type) ?? []);
  }

  /** The resource's parents, nearest first. */
  *ancestors(resource: StackResource): Generator<StackResource> {
    const seen = new Set([resource.urn]);
    let parent = resource.parent;
    while (parent !== undefined && !seen.has(parent)) {
      seen.add(parent);
      const found = this.byUrn.get(parent);
      if (found === undefined) return;
      yield found;
      parent = found.parent;
    }
  }

  /** What is computed from the graph once and read by several rules. */
  once<T>(compute: (graph: StackGraph) => T): T {
    if (!this.derived.has(compute)) this.derived.set(compute, compute(this));
    return this.derived.get(compute) as T;
  }

  /** The resource of one of the types that has this id, ARN or name. */
  identified(id: string, types: readonly string[]): StackResource | undefined {
    for (const type of types) {
      const found = this.idsOf(type).get(id);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** What an input points at. The path of a list ends in `[*]`. Empty when the input is absent. */
  references(resource: StackResource, path: string, types: readonly string[]): Reference[] {
    return this.resolve(resource, path, readAll(resource, path), types);
  }

  /** As `references`, for an input of which there is one. */
  reference(resource: StackResource, path: string, types: readonly string[]): Reference | undefined {
    return this.references(resource, path, types)[0];
  }

  /** The resources of these types whose `path` points at the target. */
  referring(target: StackResource, path: string, types: readonly string[]): readonly StackResource[] {
    const key = `${target.type} ${path} ${types.join(" ")}`;
    return this.referrers(key, path, types, target.type).get(target.urn) ?? [];
  }

  /** What a value found under `path` points at, when it was read another way than by `references`. */
  resolve(resource: StackResource, path: string, readings: readonly Reading[], types: readonly string[]): Reference[] {
    const result: Reference[] = [];
    let unresolved = 0;
    const taken = new Set<string>();
    for (const reading of readings) {
      if (reading.state === "known" && typeof reading.value === "string") {
        const found = this.identified(reading.value, types) ?? this.namedByDependency(resource, path, types);
        if (found === undefined) result.push({ kind: "external", id: reading.value });
        else {
          taken.add(found.urn);
          result.push({ kind: "resource", resource: found });
        }
      } else if (reading.state === "unknown") unresolved += 1;
    }
    if (unresolved > 0) result.push(...this.unknownReferences(resource, path, types, taken, unresolved));
    return result;
  }

  /**
   * Unknown values take their meaning from where they come from: the resources of a fitting type that the property depends on.
   * They are certain when there are as many as there are unknown values; in a list also when there are more.
   * What a component made is only a candidate: it may have handed out one of its resources or all of them.
   */
  private unknownReferences(
    resource: StackResource,
    path: string,
    types: readonly string[],
    taken: Set<string>,
    count: number,
  ): Reference[] {
    const property = rootOf(path);
    const direct = this.dependenciesOf(resource, property);
    const fitting = direct.filter(({ type, urn }) => types.includes(type) && !taken.has(urn));
    const list = path.endsWith("[*]");
    // Several values that come from one resource only are all of it, such as the queue that two entries of a list name.
    const sole = direct.length === 1 && fitting.length === 1;
    if (sole || fitting.length === count || (list && fitting.length > count))
      return fitting.map((found) => ({ kind: "resource", resource: found }));
    if (fitting.length > count) return [{ kind: "unknown", property, candidates: fitting }];
    const certain = fitting.map((found): Reference => ({ kind: "resource", resource: found }));
    const candidates = direct.flatMap((owner) => this.descendants(owner, types));
    const [only] = candidates;
    if (only !== undefined && candidates.length === 1) return [...certain, { kind: "resource", resource: only }];
    return [...certain, { kind: "unknown", property, candidates }];
  }

  /** A known id that no resource shows, because the one it comes from has no outputs: then its only dependency is the one. */
  private namedByDependency(resource: StackResource, path: string, types: readonly string[]): StackResource | undefined {
    const silent = this.dependenciesOf(resource, rootOf(path)).filter((found) => types.includes(found.type) && !hasId(found));
    return silent.length === 1 ? silent[0] : undefined;
  }

  private dependenciesOf(resource: StackResource, property: string): StackResource[] {
    return (resource.propertyDependencies[property] ?? []).flatMap((urn) => this.byUrn.get(urn) ?? []);
  }

  /** What has a resource as its parent. */
  children(owner: StackResource): readonly StackResource[] {
    return this.byParent.get(owner.urn) ?? [];
  }

  /** Resources of these types below a component. */
  descendants(owner: StackResource, types: readonly string[]): StackResource[] {
    const result: StackResource[] = [];
    const waiting = [...(this.byParent.get(owner.urn) ?? [])];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (types.includes(next.type)) result.push(next);
      waiting.push(...(this.byParent.get(next.urn) ?? []));
    }
    return result;
  }

  private referrers(key: string, path: string, types: readonly string[], target: string): ReadonlyMap<string, StackResource[]> {
    const index = this.once(referrerIndex);
    const known = index.get(key);
    if (known !== undefined) return known;
    const result = new Map<string, StackResource[]>();
    for (const resource of this.ofType(...types)) {
      for (const reference of this.references(resource, path, [target])) {
        if (reference.kind === "resource") append(result, reference.resource.urn, resource);
        if (reference.kind === "unknown") for (const candidate of reference.candidates) append(result, candidate.urn, resource);
      }
    }
    index.set(key, result);
    return result;
  }

  private idsOf(type: string): ReadonlyMap<string, StackResource> {
    const known = this.ids.get(type);
    if (known !== undefined) return known;
    const result = new Map<string, StackResource>();
    for (const resource of this.ofType(type)) {
      for (const id of identifiers(resource)) if (!result.has(id)) result.set(id, resource);
    }
    this.ids.set(type, result);
    return result;
  }
}

function referrerIndex(): Map<string, ReadonlyMap<string, StackResource[]>> {
  return new Map();
}

/** Everything another resource may call this one. */
export function identifiers(resource: StackResource): string[] {
  const result: string[] = [];
  const add = (value: Json | undefined): void => {
    if (typeof value === "string" && value !== "" && !isUnknown(value)) result.push(value);
  };
  for (const path of IDENTIFYING_OUTPUTS) add(text(readPath(resource.outputs ?? {}, path)));
  for (const key of IDENTIFYING_INPUTS) add(resource.inputs[key]);
  return result;
}

function hasId(resource: StackResource): boolean {
  const id = resource.outputs?.["id"];
  return typeof id === "string" && !isUnknown(id);
}

/** The top-level property of a path, by which dependencies are recorded. */
export function rootOf(path: string): string {
  return /^[^.[]+/.exec(path)?.[0] ?? path;
}
