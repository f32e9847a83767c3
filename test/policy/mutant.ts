import { isObject, type Json, type StackResource } from "../../policy/lib/resource";
import { type Inputs, TestStack } from "./stack";

type Path = readonly (string | number)[];

/** A stack that is changed a little, to see which rules notice. What it was made from stays as it is. */
export class Mutant {
  private readonly changed: StackResource[];
  private readonly added = new TestStack();

  constructor(resources: readonly StackResource[]) {
    this.changed = [...resources];
  }

  get resources(): readonly StackResource[] {
    return [...this.changed, ...this.added.resources];
  }

  /** The resources of a type, those with this text or pattern in their name or URN. */
  all(type: string, name: string | RegExp = ""): StackResource[] {
    return this.changed.filter((resource) => {
      if (resource.type !== type) return false;
      return typeof name === "string" ? resource.name.includes(name) : name.test(resource.urn);
    });
  }

  /** The first of those resources. Throws when there is none, so that no mutation changes nothing. */
  one(type: string, name: string | RegExp = ""): StackResource {
    const [found] = this.all(type, name);
    if (found === undefined) throw new Error(`the stack has no ${type} ${String(name)}`);
    return found;
  }

  /** Sets an input, such as `["vpcConfig", "endpointPublicAccess"]`; undefined removes it. Outputs that repeat it follow. */
  set(resource: StackResource, path: Path | string, value: Json | undefined): void {
    const [root, ...rest] = typeof path === "string" ? [path] : path;
    if (typeof root !== "string") throw new Error("a path begins with the name of an input");
    const put = (properties: { readonly [key: string]: Json }): { [key: string]: Json } => {
      const next = replaced(properties[root], rest, value);
      const { [root]: _, ...others } = properties;
      return next === undefined ? others : { ...others, [root]: next };
    };
    // As it is by now: the caller may hold what it was before another change.
    const { inputs, outputs } = this.changed[this.indexOf(resource)] ?? resource;
    this.replace(resource, { inputs: put(inputs), ...(outputs && { outputs: put(outputs) }) });
  }

  /** Changes what an input says that holds JSON as a text, such as the `policy` of a role or the `containerDefinitions` of a task. */
  edit(resource: StackResource, input: string, change: (document: Json) => Json): void {
    const text = this.changed[this.indexOf(resource)]?.inputs[input];
    if (typeof text !== "string") throw new Error(`${resource.urn} has no text as ${input}`);
    this.set(resource, input, JSON.stringify(change(JSON.parse(text) as Json)));
  }

  /** Gives a resource other options or parents. */
  replace(resource: StackResource, change: Partial<StackResource>): void {
    const at = this.indexOf(resource);
    const found = this.changed[at];
    if (found !== undefined) this.changed[at] = { ...found, ...change };
  }

  remove(...resources: readonly StackResource[]): void {
    for (const resource of resources) this.changed.splice(this.indexOf(resource), 1);
  }

  /** Adds a resource of a kind that the stack does not have. */
  add(type: string, name: string, inputs: Inputs = {}, parent?: StackResource): StackResource {
    return this.added.add(type, name, inputs, parent);
  }

  private indexOf({ urn }: StackResource): number {
    const at = this.changed.findIndex((resource) => resource.urn === urn);
    if (at < 0) throw new Error(`the stack has no ${urn}`);
    return at;
  }
}

function replaced(value: Json | undefined, [step, ...rest]: Path, next: Json | undefined): Json | undefined {
  if (step === undefined) return next;
  if (typeof step === "number") {
    const list = Array.isArray(value) ? [...value] : [];
    const element = replaced(list[step], rest, next);
    list.splice(step, 1, ...(element === undefined ? [] : [element]));
    return list;
  }
  const { [step]: before, ...others } = isObject(value) ? value : {};
  const after = replaced(before, rest, next);
  return after === undefined ? others : { ...others, [step]: after };
}
