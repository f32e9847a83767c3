import type { Finding } from "../finding";
import type { StackGraph } from "../graph";
import { readAll, type Reading, type StackResource, type Tri } from "../resource";
import { type Parameter, parameterAmong, parameterOf } from "./parameters";
import { WAREHOUSE } from "./store-rule";

const GROUP = "aws:redshift/parameterGroup:ParameterGroup";

/** Where each type of warehouse has its parameters. */
export function parametersAt({ type }: StackResource): string {
  return type === WAREHOUSE ? "clusterParameterGroupName" : "configParameters";
}

/** A parameter of a cluster, from its parameter group, or of a serverless workgroup, which has its own. */
export function warehouseParameter(warehouse: StackResource, name: string, graph: StackGraph): Parameter {
  const path = parametersAt(warehouse);
  if (warehouse.type === WAREHOUSE) return parameterOf(warehouse, path, GROUP, name, graph);
  const own = parameterAmong(readAll(warehouse, `${path}[*]`), "parameterKey", "parameterValue", name, warehouse.name);
  return own ?? { state: "default", family: { state: "absent" } };
}

/** What is found where a parameter of a warehouse is not on; `byDefault` says whether it is where nobody sets it, by the family of its group. */
export function unlessParameterOn(
  warehouse: StackResource,
  name: string,
  byDefault: (family: Reading) => Tri,
  graph: StackGraph,
): Finding[] {
  const property = parametersAt(warehouse);
  const set = warehouseParameter(warehouse, name, graph);
  if (set.state === "unknown") return [{ what: set.why, property, unknown: true }];
  const on = set.state === "set" ? set.value.toLowerCase() === "true" : byDefault(set.family);
  if (on === true) return [];
  if (on === undefined) return [{ what: "the family of its parameter group is not known yet", property, unknown: true }];
  return [{ what: set.state === "set" ? `${name} is ${set.value}` : `nothing sets ${name}, which is off by default`, property }];
}
