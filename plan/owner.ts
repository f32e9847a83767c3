import { RELATIONAL_KINDS } from "../components/service/needs";

/** What of a resource says whose it is; a resource of a plan and one of a document alike. */
export interface OwnedResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly parent?: string | undefined;
  readonly outputs: Readonly<Record<string, unknown>>;
}

const STACK_TYPE = "pulumi:pulumi:Stack";
const SERVICE_TYPE = "strata:service:Service";

/** What the component of a store is called after its name, by the kind of a binding to it. Kinds that are absent share a component: topics, caches, queues of brokers. */
const SUFFIXES: Readonly<Record<string, string>> = {
  table: "-table",
  bucket: "-bucket",
  warehouse: "-warehouse",
  sqs: "-queue",
  secret: "-secret",
  ...Object.fromEntries(RELATIONAL_KINDS.map((kind) => [kind, "-db"])),
};

/** Who uses each store that has a component of its own, by the name of that component: read from what the stack says of its services. */
function usersOfStores(all: readonly OwnedResource[]): ReadonlyMap<string, ReadonlySet<string>> {
  const users = new Map<string, Set<string>>();
  const services = all.find(({ type }) => type === STACK_TYPE)?.outputs["services"];
  for (const [service, output] of Object.entries(objectOf(services))) {
    const bindings: unknown = objectOf(output)["bindings"];
    for (const binding of Array.isArray(bindings) ? bindings : []) {
      const { to, kind } = objectOf(binding);
      const suffix = typeof kind === "string" ? SUFFIXES[kind] : undefined;
      if (typeof to !== "string" || suffix === undefined) continue;
      const name = `${to}${suffix}`;
      users.set(name, (users.get(name) ?? new Set()).add(service));
    }
  }
  return users;
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

/** By URN, the service each resource exists for. */
class Owners {
  private readonly byUrn: ReadonlyMap<string, OwnedResource>;
  private readonly services: ReadonlySet<string>;
  private readonly users: ReadonlyMap<string, ReadonlySet<string>>;
  private readonly known = new Map<string, string | undefined>();

  constructor(all: readonly OwnedResource[]) {
    this.byUrn = new Map(all.map((resource) => [resource.urn, resource]));
    this.services = new Set(all.flatMap(({ type, name }) => (type === SERVICE_TYPE ? [name] : [])));
    this.users = usersOfStores(all);
  }

  /** Whoever has what is around it; else its own sign, as a part of a shared store may be one service's alone. */
  of(resource: OwnedResource): string | undefined {
    if (this.known.has(resource.urn)) return this.known.get(resource.urn);
    const parent = resource.parent === undefined ? undefined : this.byUrn.get(resource.parent);
    const around = parent && this.of(parent);
    const owner = around ?? this.byItself(resource, parent);
    this.known.set(resource.urn, owner);
    return owner;
  }

  private byItself(resource: OwnedResource, parent: OwnedResource | undefined): string | undefined {
    if (resource.type === SERVICE_TYPE) return resource.name;
    if (resource.type.startsWith("strata:persistence:") || resource.type === "strata:visibility:StoreAlarms") {
      const [user, ...others] = this.users.get(resource.name) ?? [];
      if (user !== undefined && others.length === 0) return user;
    }
    return this.byName(resource.name, parent?.name);
  }

  /** `activemq-billing` below `activemq`, or a rule such as `kafka-from-orders-9098`. */
  private byName(name: string, parent: string | undefined): string | undefined {
    const rule = /-from-(.+)-\d+(?:-udp)?$/.exec(name)?.[1];
    const part = parent !== undefined && name.startsWith(`${parent}-`) ? name.slice(parent.length + 1) : undefined;
    return [rule, part].find((one) => one !== undefined && this.services.has(one));
  }
}

const OWNERS = new WeakMap<readonly OwnedResource[], Owners>();

/**
 * The service a resource exists for alone: it is below the service's component, or below a store that no other service uses, or it is that
 * service's part of a shared store, such as a login or a rule that lets it in.
 * @param all every resource of the plan or stack; the same array each time, so that it is read once.
 * @returns undefined for what several services share, and for what is the platform's own.
 */
export function serviceOf(resource: OwnedResource, all: readonly OwnedResource[]): string | undefined {
  const known = OWNERS.get(all);
  const owners = known ?? new Owners(all);
  if (known === undefined) OWNERS.set(all, owners);
  return owners.of(resource);
}
