import { asset } from "@pulumi/pulumi";
import { type PolicyResource, type PolicyResourceOptions, Secret } from "@pulumi/policy";
import { StackGraph } from "../graph";
import { SECRET, toJson } from "../json";
import type { Properties, Resource, StackResource } from "../resource";

/** What the SDK tells of a resource that the engine asks about by itself. */
interface Asked {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly opts: PolicyResourceOptions;
  /** Absent for a component. */
  readonly provider?: { readonly props: object };
}

/** What the engine shows of a stack, as rules read it. What several rules read is converted once a request, and not once a rule. */
export class Views {
  private readonly seen = new Map<string, Properties>();
  private stack: { readonly source: object; readonly graph: StackGraph } | undefined;

  /**
   * A resource that the engine asks about by itself, which it does before it asks about the stack.
   * Its inputs are remembered for then: the engine shows a stack rule the outputs only, and in a preview what the provider will fill in is unknown among
   * them, so that an input that is absent could not be told from one that is not known. In a pack without resource rules nothing is seen, and a stack
   * rule reads the outputs, unknown ones as unknown.
   */
  resource(asked: Asked, props: object): Resource {
    const inputs = propertiesOf(props);
    this.seen.set(asked.urn, inputs);
    return { ...viewOf(asked, asked.opts.parent, inputs), ...providerInputsOf(asked) };
  }

  /** All resources of a stack. */
  graph(resources: readonly PolicyResource[]): StackGraph {
    const [first] = resources;
    const source = first && sourceOf(first.props);
    if (source !== undefined && this.stack?.source === source) return this.stack.graph;
    const graph = new StackGraph(resources.map((resource) => this.stackResource(resource)));
    this.stack = source && { source, graph };
    return graph;
  }

  private stackResource(resource: PolicyResource): StackResource {
    const outputs = propertiesOf(resource.props);
    const propertyDependencies: Record<string, readonly string[]> = {};
    for (const [key, found] of Object.entries(resource.propertyDependencies)) propertyDependencies[key] = found.map(({ urn }) => urn);
    return {
      ...viewOf(resource, resource.parent?.urn ?? resource.opts.parent, this.seen.get(resource.urn) ?? outputs),
      ...(resource.provider && { provider: resource.provider.urn }),
      dependencies: resource.dependencies.map(({ urn }) => urn),
      propertyDependencies,
      outputs,
    };
  }
}

/** A resource that the engine lets a rule mend. Its secrets are marked, as in what the SDK hands out otherwise. */
export function mendableView(asked: Asked, props: object): Resource {
  const inputs = asProperties(toJson(props, (value) => (value instanceof Secret ? SECRET : undefined)));
  return { ...viewOf(asked, asked.opts.parent, inputs), ...providerInputsOf(asked) };
}

function providerInputsOf({ provider }: Asked): Pick<Resource, "providerInputs"> {
  return provider === undefined ? {} : { providerInputs: propertiesOf(provider.props) };
}

/** True for inputs with an archive somewhere, which the SDK can't hand back whole. */
export function holdsArchive(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (asset.Archive.isInstance(value)) return true;
  return Object.keys(value).some((key) => holdsArchive(Object.getOwnPropertyDescriptor(value, key)?.value));
}

function viewOf({ urn, type, name, opts }: Asked, parent: string | undefined, inputs: Properties): Resource {
  return { urn, type, name, parent, inputs, protect: opts.protect, deleteBeforeReplace: opts.deleteBeforeReplace ?? false };
}

/**
 * What the SDK's proxy stands before. Policies of one request get proxies of their own before the same object, as `hideSecrets` has it.
 * Source: `getSpecialProxyTarget` in @pulumi/policy 1.21 proxy.js (2026-11); without it every rule is a little slower.
 */
function sourceOf(props: object): object {
  const { __getSpecialProxyTarget: source } = props as { readonly __getSpecialProxyTarget?: object };
  return source ?? props;
}

const converted = new WeakMap<object, Properties>();

/** The properties of the SDK, which throw on an unknown, as plain JSON. */
function propertiesOf(props: object): Properties {
  const source = sourceOf(props);
  const known = converted.get(source);
  if (known !== undefined) return known;
  const properties = asProperties(toJson(source));
  converted.set(source, properties);
  return properties;
}

function asProperties(value: ReturnType<typeof toJson>): Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}
