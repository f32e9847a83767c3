import { type Descriptor, type Target } from "./descriptor";
import { type Need, type NeedKey } from "./needs";

/** What placement decided about a service, as far as a policy wants to know it. */
export interface PlacementDeclaration {
  readonly target: Target;
  /** Why the advisor was overruled; absent when it was not. */
  readonly overruled?: string;
  /** US dollars a month of every target that no rule excludes and whose price is known. */
  readonly monthlyUsd: Readonly<Partial<Record<Target, number>>>;
}

/** What a service may cost in a month, with the stores that are its own. */
export interface BudgetDeclaration {
  /** US dollars at list prices. */
  readonly monthlyUsd: number;
}

/**
 * What a service's component says of itself in the stack. Resources tell how a service was built; whether that fits what it is for
 * can only be judged beside what it declared, so a policy reads these inputs.
 */
export interface ServiceDeclaration extends PlacementDeclaration {
  readonly critical: boolean;
  /** Absent when nobody limits it. */
  readonly budget?: BudgetDeclaration;
  /** How much it is used: rates a second, times in milliseconds, memory in MiB. */
  readonly demand: Descriptor["demand"];
  /** Ports it listens on, with the protocol of each. */
  readonly ports: readonly { readonly port: number; readonly protocol: string }[];
  /** Path that says whether it is healthy; absent when it has none. */
  readonly health?: string;
  /** Who calls it; absent when nobody does. */
  readonly from?: "internet" | "services";
  /** True for a workload that may keep state in its container. */
  readonly legacy: boolean;
  /** What it needs, secrets and third parties left out. */
  readonly needs: readonly DeclaredNeed[];
}

/** A store, bus or service that a service needs. */
export interface DeclaredNeed {
  readonly kind: Exclude<NeedKey, "secret" | "internet">;
  readonly name: string;
  /** Absent for a service, which is called. */
  readonly access?: "read" | "write" | "publish" | "consume";
  /** What the content of a cache is made from again. */
  readonly rebuiltFrom?: string;
}

/** What a service declares, from its descriptor, its placement and what its environment lets it cost. */
export function declare(descriptor: Descriptor, placement: PlacementDeclaration, budget?: BudgetDeclaration): ServiceDeclaration {
  const { run, critical = false, demand, reach, legacy, needs } = descriptor;
  const image = "image" in run ? run : undefined;
  return {
    ...placement,
    critical,
    ...(budget && { budget }),
    demand,
    ports: [
      ...(image?.port === undefined ? [] : [{ port: image.port, protocol: "http" }]),
      ...(image?.ports ?? []).map(({ port, protocol }) => ({ port, protocol })),
    ],
    ...(image?.health !== undefined && { health: image.health }),
    ...(reach && { from: reach.from }),
    legacy: legacy !== undefined,
    needs: (needs ?? []).flatMap(declareNeed),
  };
}

function declareNeed(need: Need): DeclaredNeed[] {
  if ("secret" in need || "internet" in need) return [];
  if ("service" in need) return [{ kind: "service", name: need.service }];
  const { access } = need;
  if ("store" in need) return [{ kind: "store", name: need.name, access }];
  if ("table" in need) return [{ kind: "table", name: need.table, access }];
  if ("bucket" in need) return [{ kind: "bucket", name: need.bucket, access }];
  if ("warehouse" in need) return [{ kind: "warehouse", name: need.warehouse, access }];
  if ("topic" in need) return [{ kind: "topic", name: need.topic, access }];
  if ("queue" in need) return [{ kind: "queue", name: need.queue, access }];
  return [{ kind: "cache", name: need.cache, access, ...(need.rebuiltFrom !== undefined && { rebuiltFrom: need.rebuiltFrom }) }];
}
