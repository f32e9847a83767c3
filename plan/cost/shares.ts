import { type PlannedResource } from "../graph";
import { nameOf, typeOf } from "../urn";
import { type CostDocument, type CostLine } from "./cost-schema";
import { shareOut, sumUsd } from "./money";
import { type ServiceUse } from "./services";
import { podReservations, type Reservation, taskReservations } from "./usage/hosts";
import { exchangedGb } from "./usage/network";
import { storeName } from "./usage/stores";
import { type UsageContext } from "./usage/usage";

/** What something shared is shared out by. */
interface Basis {
  readonly by: string;
  readonly weight: (service: ServiceUse, context: UsageContext, component: PlannedResource) => number;
}

const PLATFORM_TYPE = "strata:stacks:Platform";

const TRAFFIC: Basis = {
  by: "GB of its requests and responses",
  weight: (service, { assumptions }) => exchangedGb(service, (id) => assumptions.value(id)),
};
const REQUESTS: Basis = { by: "requests", weight: ({ requests }) => requests };
const BALANCED: Basis = {
  by: "requests from the internet to containers",
  weight: ({ fromInternet, target, requests }) => (fromInternet && target !== "lambda" ? requests : 0),
};
const CALLED: Basis = {
  by: "requests from the internet to functions",
  weight: ({ fromInternet, target, requests }) => (fromInternet && target === "lambda" ? requests : 0),
};
const BINDINGS: Basis = {
  by: "number of stores it is bound to",
  weight: ({ bindings }) => bindings.filter(({ kind }) => kind !== "service").length,
};
/** For each service, the instances that its workloads fill. */
function perService(reservations: readonly Reservation[]): ReadonlyMap<string | undefined, number> {
  const found = new Map<string | undefined, number>();
  for (const { service, instances } of reservations) found.set(service, (found.get(service) ?? 0) + instances);
  return found;
}

const perPods = (context: UsageContext) => perService(podReservations(context));
const perTasks = (context: UsageContext) => perService(taskReservations(context));
const PODS: Basis = { by: "vCPU and memory its pods ask for", weight: ({ name }, context) => context.once(perPods).get(name) ?? 0 };
const TASKS: Basis = { by: "vCPU and memory its tasks ask for", weight: ({ name }, context) => context.once(perTasks).get(name) ?? 0 };

const bound = (kinds: readonly string[]): Basis => ({
  by: "requests of the services bound to it",
  weight: ({ bindings, requests }) => (bindings.some(({ kind }) => kinds.includes(kind)) ? requests : 0),
});

/** A store that several services name. */
const NAMED: Basis = {
  by: "requests of the services bound to it",
  weight: ({ bindings, requests }, _, component) => (bindings.some(({ to }) => to === storeName(component)) ? requests : 0),
};

/** By the type of the component next below the platform. */
const BASES: Readonly<Record<string, Basis>> = {
  "strata:network:Network": TRAFFIC,
  "strata:compute:LoadBalancer": BALANCED,
  "strata:compute:HttpApi": CALLED,
  "strata:compute:EksCluster": PODS,
  "strata:compute:EcsCluster": TASKS,
  "strata:persistence:KafkaCluster": bound(["topic"]),
  "strata:persistence:MessageBroker": bound(["activemq", "rabbitmq"]),
  "strata:persistence:Cache": bound(["cache"]),
  "strata:persistence:SelfManagedCache": bound(["cache"]),
  "strata:persistence:LayerKey": BINDINGS,
  "strata:persistence:Backups": BINDINGS,
};

/** Logs, metrics and dashboards grow with requests; a store that is shared is its users'. */
function basisOf(type: string): Basis | undefined {
  if (type.startsWith("strata:visibility:")) return REQUESTS;
  if (type.startsWith("strata:persistence:")) return BASES[type] ?? NAMED;
  return BASES[type];
}

/** The component next below the platform that a resource belongs to. */
function rootOf(urn: string, byUrn: ReadonlyMap<string, PlannedResource>): PlannedResource | undefined {
  for (let found = byUrn.get(urn); found !== undefined;) {
    const parent = found.parent === undefined ? undefined : byUrn.get(found.parent);
    if (parent?.type === PLATFORM_TYPE) return found;
    found = parent;
  }
  return undefined;
}

/** Shares what is shared out to the services that use it; what none uses stays the platform's. */
export function sharesOf(lines: readonly CostLine[], context: UsageContext): CostDocument["shares"] {
  const byUrn = new Map(context.resources.map((resource) => [resource.urn, resource]));
  const groups = new Map<string, { readonly root: PlannedResource; readonly usd: number[] }>();
  for (const { urn, service, monthlyUsd } of lines) {
    const root = service === undefined ? rootOf(urn, byUrn) : undefined;
    if (root === undefined) continue;
    const group = groups.get(root.urn) ?? { root, usd: [] };
    group.usd.push(monthlyUsd);
    groups.set(root.urn, group);
  }
  return [...groups.values()].flatMap(({ root, usd }) => {
    const basis = basisOf(root.type);
    const weights = basis ? context.services.map((service) => basis.weight(service, context, root)) : [];
    if (!basis || !weights.some((weight) => weight > 0)) return [];
    const monthlyUsd = sumUsd(usd);
    const amounts = shareOut(monthlyUsd, weights);
    const parts = context.services.flatMap(({ name }, index) => {
      const weight = weights[index] ?? 0;
      return weight > 0 ? [{ service: name, weight, monthlyUsd: amounts[index] ?? 0 }] : [];
    });
    return [{ what: `${nameOf(root.urn)} (${typeOf(root.urn).split(":").at(-1) ?? ""})`, monthlyUsd, by: basis.by, parts }];
  });
}
