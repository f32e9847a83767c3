import { runtime } from "@pulumi/pulumi";
import { type Json, type PlannedResource, type Properties, UNKNOWN } from "./graph";
import { redact } from "./redact";
import { EXPANSIONS } from "./simulate/expansions";
import { type ChildRequest, type Expanded, managedResourcesIn, RefusedByComponent, type RegisteredChild } from "./simulate/expansion";
import { autoName } from "./simulate/identifiers";
import { simulate } from "./simulate/outputs";
import { type Simulated } from "./simulate/shapes";
import { makeUrn } from "./urn";

/** A registration, as any program or remote component asks for it. */
export interface Registration extends ChildRequest {
  readonly remote: boolean;
  readonly protect?: boolean;
  readonly deleteBeforeReplace?: boolean;
  readonly deletedWith?: string;
  /** What it was called before. */
  readonly aliases?: readonly AliasRequest[];
  /** Outputs that are secret whatever they are made from, such as a generated password. Of a component they mean nothing. */
  readonly secretOutputs?: readonly string[];
  /** Of a component: the provider of each package that its children use unless they name another. */
  readonly providers?: Readonly<Record<string, string>>;
}

/** What a resource was called before: a URN, or what differs from the one it has. */
export type AliasRequest =
  | { readonly urn: string }
  | {
      readonly name: string;
      readonly type: string;
      readonly parent: string;
      readonly noParent: boolean;
      readonly stack: string;
      readonly project: string;
    };

/** What a registration is answered with. */
export interface Registered extends RegisteredChild {
  /** For each output of a remote component, the resources it comes from. */
  readonly outputDependencies: Readonly<Record<string, readonly string[]>>;
}

const COMPONENT_PREFIX = "strata:";
const DEFAULT_REGION = "us-east-1";
const NOTHING: Expanded = { outputs: {}, outputDependencies: {} };

/**
 * A remote component depends on the resources among its arguments. The program's SDK does not say so, to leave it to the component's own process,
 * which does when it registers the component. Source: `excludeResourceReferencesFromDependencies`, sdk/nodejs/runtime of pulumi 3.248; test/recorded.
 */
export function withReferences(request: Registration): Registration {
  if (!request.remote) return request;
  const propertyDependencies = { ...request.propertyDependencies };
  for (const [key, value] of Object.entries(request.inputs))
    propertyDependencies[key] = [...new Set([...(propertyDependencies[key] ?? []), ...managedResourcesIn(value)])];
  return { ...request, propertyDependencies, dependencies: [...request.dependencies, ...Object.values(propertyDependencies).flat()] };
}

/** Marks outputs as the engine does those that a resource names as secret: the program then carries the mark on to all it makes of them. */
function withSecrets(outputs: Properties, names: readonly string[]): Properties {
  const marked = names.flatMap((name) => {
    const value = outputs[name];
    return value === undefined || value === null ? [] : [[name, secret(value)] as const];
  });
  return { ...outputs, ...Object.fromEntries(marked) };
}

/**
 * What a preview answers for a resource that does not exist: what was asked for, the name that Pulumi makes up, and nothing that AWS does.
 * A provider is known: it runs already. Source: "Resource names" of the Pulumi documentation (2026-11); seen on the real engine.
 */
function previewOf(type: string, inputs: Properties, { id, outputs }: Simulated, madeUp: string): Simulated {
  if (type.startsWith("pulumi:")) return { id, outputs };
  const known = (key: string, value: Json): Json => inputs[key] ?? (value === madeUp ? value : UNKNOWN);
  return {
    id: UNKNOWN,
    outputs: { ...inputs, ...Object.fromEntries(Object.entries(outputs).map(([key, value]) => [key, known(key, value)])) },
  };
}

function secret(value: Json): Json {
  const isMarked = typeof value === "object" && value !== null && runtime.specialSigKey in value;
  return isMarked ? value : { [runtime.specialSigKey]: runtime.specialSecretSig, value };
}

/**
 * Answers registrations as AWS would, and keeps them.
 * A component of another process is expanded into the children it would register.
 */
export class Recorder {
  /** What `up` would refuse; the program goes on, so that everything refused is known at once. */
  readonly refusals: string[] = [];

  private readonly resources = new Map<string, PlannedResource>();
  private readonly answers = new Map<string, RegisteredChild>();
  private readonly providers = new Map<string, Readonly<Record<string, string>>>();

  /** @param previewed outputs that only AWS can fill in are unknown, as in the preview of a stack that does not exist. */
  constructor(
    private readonly stack: string,
    private readonly project: string,
    private readonly previewed = false,
    /** What other stacks export, by their names. */
    readonly references: Readonly<Record<string, Properties>> = {},
  ) {}

  /** The URN of a resource of this stack. */
  urnOf(parent: string | undefined, type: string, name: string): string {
    return makeUrn(this.stack, this.project, parent, type, name);
  }

  /** How many resources are registered. */
  get registered(): number {
    return this.resources.size;
  }

  /** Everything registered, in the order of registration. */
  recorded(): PlannedResource[] {
    return [...this.resources.values()];
  }

  /** What a registered resource was answered with. */
  find(urn: string): RegisteredChild | undefined {
    return this.answers.get(urn);
  }

  /** Notes the outputs that a component registers for itself at its end. */
  complete(urn: string, outputs: Properties): void {
    const resource = this.resources.get(urn);
    if (!resource) throw new Error(`outputs of ${urn}, which was never registered`);
    this.resources.set(urn, { ...resource, outputs: redact(outputs) as Properties });
  }

  register(asked: Registration): Registered {
    const request = this.withProvider(withReferences(asked));
    const urn = this.urnOf(request.parent, request.type, request.name);
    if (this.resources.has(urn)) this.refusals.push(`${urn}: is registered twice; give each resource of one type and parent its own name`);
    this.providers.set(urn, request.providers ?? {});
    const where = this.where(request);
    const managed = request.custom && !request.remote;
    const place = { urn, name: request.name, ...where };
    const simulated = simulate(request.type, managed, request.inputs, place);
    const { id, outputs: plain } =
      this.previewed && managed ? previewOf(request.type, request.inputs, simulated, autoName(place)) : simulated;
    const outputs = managed ? withSecrets(plain, request.secretOutputs ?? []) : plain;
    this.answers.set(urn, { urn, id, outputs });
    this.resources.set(urn, this.describe(urn, request, id, outputs));
    if (!request.remote) return { urn, id, outputs, outputDependencies: {} };
    const expanded = this.expand(urn, request, where.region);
    this.answers.set(urn, { urn, id, outputs: expanded.outputs });
    this.resources.set(urn, this.describe(urn, request, id, expanded.outputs));
    return { urn, id, ...expanded };
  }

  /** As the engine does: a component hands its providers on to its children, and they to theirs, also into another process. */
  private withProvider(request: Registration): Registration {
    const providers = { ...(request.parent && this.providers.get(request.parent)), ...request.providers };
    const [source = ""] = request.type.split(":");
    const provider = request.provider ?? (request.custom && !request.remote ? providers[source] : undefined);
    return { ...request, providers, ...(provider && { provider }) };
  }

  private describe(urn: string, request: Registration, id: string, outputs: Properties): PlannedResource {
    return {
      urn,
      type: request.type,
      name: request.name,
      ...(request.parent && { parent: request.parent }),
      ...this.enclosing(urn, request),
      custom: request.custom,
      remote: request.remote,
      dependencies: [...new Set(request.dependencies)].sort(),
      propertyDependencies: Object.fromEntries(Object.entries(request.propertyDependencies).filter(([, urns]) => urns.length > 0)),
      protect: request.protect ?? false,
      ...(request.provider && { provider: request.provider }),
      ...(request.deletedWith && { deletedWith: request.deletedWith }),
      ...(request.retainOnDelete && { retainOnDelete: true }),
      ...(request.deleteBeforeReplace && { deleteBeforeReplace: true }),
      ...(request.aliases && request.aliases.length > 0 && { aliases: request.aliases.map((alias) => this.formerUrn(request, alias)) }),
      inputs: redact(request.inputs) as Properties,
      outputs: redact(id ? { id, ...outputs } : outputs) as Properties,
    };
  }

  private formerUrn({ type, name, parent }: Registration, alias: AliasRequest): string {
    if ("urn" in alias) return alias.urn;
    const formerParent = alias.noParent ? undefined : alias.parent || parent;
    return makeUrn(alias.stack || this.stack, alias.project || this.project, formerParent, alias.type || type, alias.name || name);
  }

  private enclosing(urn: string, request: Registration): { component?: string } {
    if (request.type.startsWith(COMPONENT_PREFIX)) return { component: urn };
    const parent = request.parent ? this.resources.get(request.parent) : undefined;
    return parent?.component ? { component: parent.component } : {};
  }

  private expand(urn: string, request: Registration, region: string): Expanded {
    const expansion = EXPANSIONS[request.type];
    if (!expansion) {
      this.refusals.push(`${urn}: the plan has no model of ${request.type}; it cannot show what this component would make`);
      return NOTHING;
    }
    const { type, name, inputs, dependencies, propertyDependencies } = request;
    try {
      return expansion(
        { urn, type, name, inputs, dependencies, propertyDependencies, region },
        (child) => this.register({ ...child, remote: false, protect: child.protect ?? request.protect }),
        (wanted) => this.find(wanted),
      );
    } catch (error) {
      if (!(error instanceof RefusedByComponent)) throw error;
      this.refusals.push(error.message);
      return NOTHING;
    }
  }

  /** Region and account of a resource: its own `region`, else its provider's. */
  private where(request: Registration): { region: string; accountId: string } {
    const provider = request.provider ? this.resources.get(request.provider.slice(0, request.provider.lastIndexOf("::"))) : undefined;
    const own = request.inputs["region"];
    const region = typeof own === "string" && own !== UNKNOWN ? own : provider?.inputs["region"];
    const accounts = provider?.inputs["allowedAccountIds"];
    const account = typeof accounts === "string" ? (JSON.parse(accounts) as Json) : accounts;
    const [accountId] = Array.isArray(account) ? account : [];
    return {
      region: typeof region === "string" ? region : DEFAULT_REGION,
      accountId: typeof accountId === "string" ? accountId : "000000000000",
    };
  }
}
