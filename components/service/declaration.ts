import { type Descriptor, type Target } from "./descriptor";

/** What placement decided about a service, as far as a policy wants to know it. */
export interface PlacementDeclaration {
  readonly target: Target;
  /** Why the advisor was overruled; absent when it was not. */
  readonly overruled?: string;
  /** US dollars a month of every target that no rule excludes and whose price is known. */
  readonly monthlyUsd: Readonly<Partial<Record<Target, number>>>;
}

/**
 * What a service's component says of itself in the stack. Resources tell how a service was built; whether that fits what it is for
 * can only be judged beside what it declared, so a policy reads these inputs.
 */
export interface ServiceDeclaration extends PlacementDeclaration {
  readonly critical: boolean;
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
}

/** What a service declares, from its descriptor and its placement. */
export function declare(descriptor: Descriptor, placement: PlacementDeclaration): ServiceDeclaration {
  const { run, critical = false, demand, reach, legacy } = descriptor;
  const image = "image" in run ? run : undefined;
  return {
    ...placement,
    critical,
    demand,
    ports: [
      ...(image?.port === undefined ? [] : [{ port: image.port, protocol: "http" }]),
      ...(image?.ports ?? []).map(({ port, protocol }) => ({ port, protocol })),
    ],
    ...(image?.health !== undefined && { health: image.health }),
    ...(reach && { from: reach.from }),
    legacy: legacy !== undefined,
  };
}
