import { isDeepStrictEqual } from "node:util";
import { ConfigError, type Fault } from "../../components/faults";

/** Values of a stack file, as YAML holds them. */
export type StackValues = Record<string, unknown>;

/** What an ephemeral environment is made with. */
export interface EphemeralSettings {
  readonly name: string;
  /** Environment whose stack file it is made from. */
  readonly from: string;
  /** Who asked for it: the `owner` tag of all it makes. */
  readonly owner: string;
  /** When it may be destroyed, in UTC. */
  readonly expires: string;
  readonly cidr: string;
  /** Most it may cost in a month, in USD. */
  readonly monthlyUsd: number;
  /** Services it leaves out. */
  readonly disabled: readonly string[];
  /** Relational stores that its services need. */
  readonly databases: ReadonlySet<string>;
}

function section(values: StackValues, name: string): StackValues {
  const value = values[`strata:${name}`];
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as StackValues) : {};
}

/** A section without some keys, and with others. */
function bent(values: StackValues, name: string, without: readonly string[], others: StackValues): StackValues {
  return { ...Object.fromEntries(Object.entries(section(values, name)).filter(([key]) => !without.includes(key))), ...others };
}

/** Paths of the values that only the base's own key decrypts. */
function secretPaths(value: unknown, path: string): string[] {
  if (typeof value !== "object" || value === null) return [];
  if ("secure" in value) return [path];
  return Object.entries(value).flatMap(([key, inner]) => secretPaths(inner, `${path}.${key}`));
}

/** The base's domain under the environment's own name, so that both can be there at once. */
function ownDomain(values: StackValues, name: string, environment: string): StackValues {
  const { domain } = section(values, name);
  return typeof domain === "string" ? { domain: `${environment}.${domain}` } : {};
}

/** What is large or lasting of the base is left to the defaults, which are the smallest there are. */
function persistence(values: StackValues, needed: ReadonlySet<string>): StackValues {
  const { databases } = section(values, "persistence");
  const licences = Object.entries((databases ?? {}) as Record<string, StackValues>).flatMap(([name, { licence }]) =>
    licence === undefined || !needed.has(name) ? [] : [[name, { licence }] as const],
  );
  return {
    auroraMinimumAcu: 0,
    auroraMaximumAcu: 1,
    auroraPauseAfter: "5min",
    auroraReaders: 0,
    backupDays: 1,
    bucketVersionDays: 1,
    ...(licences.length > 0 && { databases: Object.fromEntries(licences) }),
  };
}

/**
 * The cheap variant of a stack file: nothing that lasts, one copy of everything, Spot, the smallest sizes, one NAT gateway, databases that pause,
 * logs and metrics in CloudWatch alone.
 * @param base values of the base's stack file under `config`.
 * @throws {ConfigError} when something is left that only the base's own key decrypts.
 */
export function ephemeralConfig(base: StackValues, settings: EphemeralSettings): StackValues {
  const { name, from, owner, expires, cidr, monthlyUsd, disabled } = settings;
  const { cidr: baseCidr, reserved } = section(base, "network");
  const { apm } = section(base, "visibility");
  const services = Object.fromEntries(
    [
      ...new Set([
        ...Object.entries(section(base, "services")).flatMap(([service, own]) => (isDisabled(own) ? [service] : [])),
        ...disabled,
      ]),
    ]
      .sort()
      .map((service) => [service, { enabled: false }]),
  );
  const made: StackValues = {
    ...Object.fromEntries(Object.entries(base).filter(([key]) => !key.startsWith("strata:") || key === "strata:aws")),
    "strata:environment": bent(base, "environment", ["decommissioning"], { durable: false, owner }),
    "strata:ephemeral": { from, expires },
    "strata:network": {
      ...bent(base, "network", ["interfaceEndpoints", "reserved"], { cidr, nat: "single", flowLogDays: 1 }),
      reserved: [...(Array.isArray(reserved) ? (reserved as unknown[]) : []), { cidr: baseCidr, what: `the VPC of ${from}` }],
    },
    "strata:ingress": { ...section(base, "ingress"), ...ownDomain(base, "ingress", name) },
    "strata:compute": bent(base, "compute", ["savings", "ec2"], {
      runsInstances: false,
      spotShare: 1,
      minimumCopies: 1,
      maximumCopies: 1,
    }),
    "strata:functions": { ...section(base, "functions"), ...ownDomain(base, "functions", name) },
    "strata:kubernetes": bent(base, "kubernetes", ["minimumNodes", "maximumNodes", "adopted"], { nodes: "auto", spot: true, cpuLimit: 16 }),
    "strata:persistence": persistence(base, settings.databases),
    "strata:visibility": {
      ...(apm !== undefined && { apm }),
      logDays: 1,
      containerInsights: "enabled",
      // AWS takes one subscription an account: the base's carries these lines too where both are in one.
      logs: { store: { kind: "none" }, archiveDays: 1, subscription: "elsewhere" },
      metrics: { store: "none" },
    },
    "strata:services": services,
    "strata:budget": { monthlyUsd },
  };
  const empty = Object.entries(made).filter(([, value]) => isDeepStrictEqual(value, {}));
  for (const [key] of empty) delete made[key];
  const faults = Object.entries(made)
    .flatMap(([key, value]) => secretPaths(value, key))
    .map((path): Fault => ({
      key: `Pulumi.${from}.yaml: ${path}`,
      what: "is a secret that only the key of its own stack decrypts",
      right: `leave it out of what ${name} is made from`,
    }));
  if (faults.length > 0) throw new ConfigError(faults);
  return made;
}

function isDisabled(own: unknown): boolean {
  return typeof own === "object" && own !== null && "enabled" in own && own.enabled === false;
}
