import { runtime } from "@pulumi/pulumi";
import { createHash } from "node:crypto";
import { type Json, type PlannedResource, type Properties, SECRET, UNKNOWN } from "./graph";
import { EXPANSIONS, WITH_OUTPUTS_OF_ONE_PROMISE } from "./simulate/expansions";
import { type ChildRequest, RefusedByComponent, type RegisteredChild } from "./simulate/expansion";
import { simulate } from "./simulate/outputs";
import { makeUrn, typeOf } from "./urn";

/** A registration, as any program or remote component asks for it. */
export interface Registration extends ChildRequest {
  readonly remote: boolean;
  readonly protect?: boolean;
  readonly deletedWith?: string;
  /** Of a component: the provider of each package that its children use unless they name another. */
  readonly providers?: Readonly<Record<string, string>>;
}

/** What a registration is answered with. */
export interface Registered extends RegisteredChild {
  /** For each output of a remote component, the resources it comes from. */
  readonly outputDependencies: Readonly<Record<string, readonly string[]>>;
}

const COMPONENT_PREFIX = "strata:";
const DEFAULT_REGION = "us-east-1";

/** Replaces what must not be kept: a secret's value, a file's text, of which size and hash say enough, and references, of which only the id counts. */
export function redact(value: Json): Json {
  if (Array.isArray(value)) return value.map(redact);
  if (typeof value !== "object" || value === null) return value;
  const signature = value[runtime.specialSigKey];
  if (signature === runtime.specialSecretSig) return SECRET;
  if (signature === runtime.specialAssetSig && typeof value["text"] === "string")
    return { bytes: Buffer.byteLength(value["text"]), sha256: createHash("sha256").update(value["text"]).digest("hex") };
  if (signature === runtime.specialResourceSig) return value["id"] ?? value["urn"] ?? null;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, redact(inner)]));
}

/** Every text in a value but those of a resource reference. */
function idsWithin(value: Json): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null || runtime.specialSigKey in value) return [];
  return Object.values(value).flatMap(idsWithin);
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

  constructor(
    private readonly stack: string,
    private readonly project: string,
  ) {}

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
    const request = this.withProvider(asked);
    const urn = makeUrn(this.stack, this.project, request.parent, request.type, request.name);
    if (this.resources.has(urn)) this.refusals.push(`${urn}: is registered twice; give each resource of one type and parent its own name`);
    this.providers.set(urn, request.providers ?? {});
    const where = this.where(request);
    const { id, outputs } = simulate(request.type, request.custom && !request.remote, request.inputs, {
      urn,
      name: request.name,
      ...where,
    });
    this.answers.set(urn, { urn, id, outputs });
    this.resources.set(urn, this.describe(urn, request, id, outputs));
    const expanded = request.remote ? this.expand(urn, request, where.region) : undefined;
    if (!expanded) return { urn, id, outputs, outputDependencies: {} };
    this.answers.set(urn, { urn, id, outputs: expanded });
    this.resources.set(urn, this.describe(urn, request, id, expanded));
    return { urn, id, outputs: expanded, outputDependencies: this.sources(urn, expanded) };
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
      inputs: redact(request.inputs) as Properties,
      outputs: redact(id ? { id, ...outputs } : outputs) as Properties,
    };
  }

  private enclosing(urn: string, request: Registration): { component?: string } {
    if (request.type.startsWith(COMPONENT_PREFIX)) return { component: urn };
    const parent = request.parent ? this.resources.get(request.parent) : undefined;
    return parent?.component ? { component: parent.component } : {};
  }

  private expand(urn: string, request: Registration, region: string): Properties {
    const expansion = EXPANSIONS[request.type];
    if (!expansion) {
      this.refusals.push(`${urn}: the plan has no model of ${request.type}; it cannot show what this component would make`);
      return {};
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
      return {};
    }
  }

  /** For each output of a component, the children whose references or ids are in it: what a real component says of its outputs. */
  private sources(component: string, outputs: Properties): Record<string, string[]> {
    const children = new Map<string, string>();
    const prefix = makeUrn(this.stack, this.project, component, "", "").split("::")[2] ?? "";
    for (const { urn, id } of this.answers.values()) if (id && urn.split("::")[2]?.startsWith(prefix)) children.set(id, urn);
    const within = (value: Json): string[] => {
      if (typeof value === "string") {
        const urn = children.get(value);
        return urn ? [urn] : [];
      }
      if (Array.isArray(value)) return value.flatMap(within);
      if (typeof value !== "object" || value === null) return [];
      const { urn } = value;
      return value[runtime.specialSigKey] === runtime.specialResourceSig && typeof urn === "string"
        ? [urn]
        : Object.values(value).flatMap(within);
    };
    const together = WITH_OUTPUTS_OF_ONE_PROMISE.has(typeOf(component))
      ? idsWithin(Object.values(outputs)).flatMap((id) => children.get(id) ?? [])
      : [];
    return Object.fromEntries(Object.entries(outputs).map(([key, value]) => [key, [...new Set([...within(value), ...together])]]));
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
