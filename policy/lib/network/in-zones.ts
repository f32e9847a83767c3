import type { Finding } from "../finding";
import { rootOf, type StackGraph } from "../graph";
import { elements, read, type StackResource, text } from "../resource";
import { SUBNET } from "./subnets";
import { zonesOf } from "./zones";

/** The zones that the subnets of a resource stand in. */
export interface Zones {
  readonly names: ReadonlySet<string>;
  /** How many subnets there are; undefined when that is not known. */
  readonly subnets: number | undefined;
  /** True when the zone of one of them is not known. */
  readonly open: boolean;
}

/** The zones of the subnets that a list names, such as `subnetIds[*]`. */
export function zonesNamed(resource: StackResource, path: string, graph: StackGraph): Zones {
  const references = graph.references(resource, path, [SUBNET]);
  const zones = zonesOf(references);
  return {
    names: new Set(zones.flatMap((zone) => zone ?? [])),
    subnets: subnetsIn(resource, path),
    open: zones.includes(undefined),
  };
}

/** What is found where subnets stand in fewer zones than AWS asks for. */
export function unlessInZones(resource: StackResource, path: string, graph: StackGraph, least: number): Finding[] {
  const property = rootOf(path);
  const { names, subnets, open } = zonesNamed(resource, path, graph);
  if (subnets !== undefined && subnets < least) return [{ what: `it has ${count(subnets, "subnet")} where ${least} are needed`, property }];
  if (names.size >= least) return [];
  if (open || subnets === undefined) return [{ what: "in which zones its subnets stand is not known yet", property, unknown: true }];
  return [{ what: `its ${subnets} subnets stand in ${[...names].join(" and ")}, and ${least} zones are needed`, property }];
}

/** Different subnets of a list; one that is named twice counts once. */
function subnetsIn(resource: StackResource, path: string): number | undefined {
  const list = read(resource, path.replace(/\[\*\]$/, ""));
  if (list.state === "unknown") return undefined;
  const found = elements(list);
  const named = new Set(found.flatMap((element) => text(element) ?? []));
  return named.size + found.filter(({ state }) => state === "unknown").length;
}

function count(number: number, what: string): string {
  if (number === 0) return `no ${what}`;
  return number === 1 ? `one ${what}` : `${number} ${what}s`;
}
