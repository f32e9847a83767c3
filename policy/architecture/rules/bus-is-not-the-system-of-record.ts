import { SERVICE_COMPONENT } from "../../lib/declared-service";
import type { StackGraph } from "../../lib/graph";
import { parseJson } from "../../lib/json";
import { append } from "../../lib/multimap";
import { isObject, isWhollyKnown, type Json, read, type StackResource } from "../../lib/resource";
import { fail, notEvaluated, pass, stackRule, type Verdict } from "../../lib/rule";

const TOPIC = "aws:msk/topic:Topic";
const FOR_EVER = "-1";

/** Needs that hold running state, and those that keep data for good, as `strata:service:Service` declares their kinds. */
const BUSES: readonly string[] = ["cache", "topic", "queue"];
const KEEPING: readonly string[] = ["store", "table", "bucket", "warehouse"];
const PUTS_IN: readonly string[] = ["write", "publish"];

/** One thing that a service declares it needs. */
interface Need {
  readonly kind: string;
  readonly name: string;
  readonly access?: string;
  /** What its content is made from again. */
  readonly rebuiltFrom?: string;
}

/**
 * What a service puts into a bus or cache is taken to be kept elsewhere when one of these holds: it needs something that keeps data, or calls a
 * service that does; the bus is read by a service that writes to something that keeps data; it makes what it puts in from a bus that such a service
 * fills; or the need says what its content is rebuilt from. Services are read from what they declare, so on a stack of another project only topics
 * that keep their records for ever are found.
 */
export const busIsNotTheSystemOfRecord = stackRule({
  id: "bus-is-not-the-system-of-record",
  title: "No bus or cache is the only place where something is kept",
  severity: "high",
  why: "A bus or cache holds running state: it is usually not backed up, its records expire and its keys are evicted. A service that writes only there, while nothing that keeps data takes it over, loses its data with one node or one week.",
  fix: "Give the service a database, table or bucket, or a consumer that writes to one; or say in the need what its content is rebuilt from (rebuiltFrom). Give a topic a retention.",
  links: ["https://12factor.net/processes"],
  frameworks: [],
  check: (stack) => [...serviceVerdicts(stack), ...stack.ofType(TOPIC).flatMap(topicVerdict)],
});

function serviceVerdicts(stack: StackGraph): Verdict[] {
  const services = stack.ofType(SERVICE_COMPONENT);
  if (services.length === 0) return [];
  const declared = new Map<string, readonly Need[]>();
  const open: StackResource[] = [];
  for (const service of services) {
    const needs = needsOf(service);
    if (needs === undefined) open.push(service);
    else declared.set(service.name, needs);
  }
  const catalogue = new Catalogue(declared);
  return services.map((service) => {
    const needs = declared.get(service.name);
    if (needs === undefined) return notEvaluated(service.urn, "what it needs is not declared, or not known yet", "needs");
    return verdict(service, needs, catalogue, open);
  });
}

function verdict({ urn, name }: StackResource, needs: readonly Need[], catalogue: Catalogue, open: readonly StackResource[]): Verdict {
  const lost = catalogue.lost(name, needs);
  if (lost.length === 0) return pass(urn);
  const [other] = open;
  if (other !== undefined) return notEvaluated(urn, `what ${other.name} needs, which may keep its data, is not known yet`, "needs");
  const buses = lost.map((need) => `${need.kind} ${need.name}`).join(", ");
  return fail(
    urn,
    `${name} puts data into ${buses}, and nothing keeps it: neither the service, nor one it calls, nor one that reads it`,
    "needs",
  );
}

/** What a service declares; undefined when it declares nothing, or that is not known yet. */
function needsOf(service: StackResource): Need[] | undefined {
  const reading = read(service, "needs");
  if (reading.state !== "known" || !Array.isArray(reading.value) || !isWhollyKnown(reading.value)) return undefined;
  return reading.value.flatMap((value) => {
    const { kind, name, access, rebuiltFrom } = isObject(value) ? value : {};
    if (typeof kind !== "string" || typeof name !== "string") return [];
    return [{ kind, name, ...(typeof access === "string" && { access }), ...(typeof rebuiltFrom === "string" && { rebuiltFrom }) }];
  });
}

/** What the services of a stack need, and so where their data goes. */
class Catalogue {
  /** By bus: the services that take out of it, those that put in, and whether any says what it is rebuilt from. */
  private readonly readers = new Map<string, string[]>();
  private readonly writers = new Map<string, string[]>();
  private readonly rebuilt = new Set<string>();

  constructor(private readonly services: ReadonlyMap<string, readonly Need[]>) {
    for (const [service, needs] of services) {
      for (const need of needs.filter(isBus)) {
        append(putsIn(need) ? this.writers : this.readers, keyOf(need), service);
        if (need.rebuiltFrom !== undefined && need.rebuiltFrom.trim() !== "") this.rebuilt.add(keyOf(need));
      }
    }
  }

  /** The buses a service puts into whose content is nowhere else. */
  lost(service: string, needs: readonly Need[]): Need[] {
    const kept = needs.some(({ kind }) => KEEPING.includes(kind)) || this.callsKeeper(service, new Set());
    if (kept) return [];
    const derived = needs.some((need) => isBus(need) && !putsIn(need) && this.anyKeeps(this.writers.get(keyOf(need))));
    return needs.filter(
      (need) => isBus(need) && putsIn(need) && !derived && !this.rebuilt.has(keyOf(need)) && !this.anyKeeps(this.readers.get(keyOf(need))),
    );
  }

  private anyKeeps(services: readonly string[] = []): boolean {
    return services.some((service) => this.keeps(service) || this.callsKeeper(service, new Set()));
  }

  private keeps(service: string): boolean {
    return this.services.get(service)?.some(({ kind, access }) => KEEPING.includes(kind) && access === "write") ?? false;
  }

  /** Whether a service calls one that keeps data, itself or by another call. */
  private callsKeeper(service: string, seen: Set<string>): boolean {
    if (seen.has(service)) return false;
    seen.add(service);
    const called = (this.services.get(service) ?? []).flatMap(({ kind, name }) => (kind === "service" ? [name] : []));
    return called.some((name) => this.keeps(name) || this.callsKeeper(name, seen));
  }
}

function isBus({ kind }: Need): boolean {
  return BUSES.includes(kind);
}

function putsIn({ access }: Need): boolean {
  return access !== undefined && PUTS_IN.includes(access);
}

function keyOf({ kind, name }: Need): string {
  return `${kind}/${name}`;
}

/** A topic keeps its records for a time; one that keeps them for ever is used as a database. */
function topicVerdict(topic: StackResource): Verdict[] {
  const property = "configs";
  const reading = read(topic, property);
  if (reading.state === "absent") return [pass(topic.urn)];
  if (reading.state === "unknown") return [notEvaluated(topic.urn, "its settings are not known yet", property)];
  const settings = parseJson(reading.value);
  if (settings instanceof Error) return [notEvaluated(topic.urn, `its configs can't be read: ${settings.message}`, property)];
  const limits = ["retention.ms", "retention.bytes"].map((name) => settingOf(settings, name));
  // Without a time, Kafka keeps records a week; without a size, it does not count.
  const [time, size] = limits;
  if (time !== FOR_EVER || (size !== undefined && size !== FOR_EVER)) return [pass(topic.urn)];
  return [fail(topic.urn, `topic ${topic.name} keeps its records for ever: retention.ms is ${FOR_EVER}`, property)];
}

function settingOf(settings: Json, name: string): string | undefined {
  const value = isObject(settings) ? settings[name] : undefined;
  return typeof value === "number" ? String(value) : typeof value === "string" ? value : undefined;
}
