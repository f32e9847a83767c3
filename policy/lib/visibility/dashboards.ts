import type { StackGraph } from "../graph";
import { isObject, isUnknown, type Json, parseJson } from "../json";
import { perObject } from "../per-object";
import { read, type StackResource, text } from "../resource";
import { type ConfigText, textsOf } from "./texts";

const DASHBOARD = "aws:cloudwatch/dashboard:Dashboard";

/** A dashboard of the stack, of CloudWatch or of Grafana, with the services it names. */
export interface Dashboard {
  readonly holder: StackResource;
  readonly name: string;
  /** Names of services that it asks for; undefined when its body is not known yet. */
  readonly services: ReadonlySet<string> | undefined;
}

/** CloudWatch's dimensions whose value names a service, in any spelling. */
const DIMENSIONS = ["ServiceName", "FunctionName"];
/** A label in a query of Loki or Prometheus, or a tag of a series of Graphite: `service="orders"`, `service=~"orders|billing"`, `service=orders`. */
const LABEL = /\b(?:service|service_name|service\.name)\s*=~?\s*["'\\]*([A-Za-z0-9][A-Za-z0-9_.|-]*)/g;
/** A value that stands for several, or for what a reader chooses. */
const OPEN = /[$*%{}[\]()^+]|^__all$|^all$/i;

/** Every dashboard whose text the stack shows: of CloudWatch, and of Grafana in ConfigMaps, S3 objects and parameters. */
export function dashboardsOf(graph: StackGraph): Dashboard[] {
  return [...graph.ofType(DASHBOARD).map(ofCloudWatch), ...textsOf(graph).flatMap(ofGrafana)];
}

const ofGrafana = perObject(({ holder, name, text: body }: ConfigText): readonly Dashboard[] => {
  if (body === undefined || !body.includes('"panels"')) return [];
  const parsed = parseJson(body);
  return parsed instanceof Error || !isObject(parsed) || !Array.isArray(parsed["panels"])
    ? []
    : [{ holder, name, services: servicesIn(parsed) }];
});

const ofCloudWatch = perObject((holder: StackResource): Dashboard => {
  const body = text(read(holder, "dashboardBody"));
  const parsed = body === undefined || isUnknown(body) ? undefined : parseJson(body);
  return { holder, name: holder.name, services: parsed === undefined || parsed instanceof Error ? undefined : servicesIn(parsed) };
});

function servicesIn(body: Json): ReadonlySet<string> {
  const found = new Set<string>();
  collect(body, found);
  return new Set([...found].flatMap((value) => value.split("|")).filter((value) => value !== "" && !OPEN.test(value)));
}

function collect(value: Json, found: Set<string>): void {
  if (typeof value === "string") for (const [, service] of value.matchAll(LABEL)) if (service !== undefined) found.add(service);
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      // A metric of CloudWatch is a list of a namespace, a metric, and names and values of dimensions in turn.
      const next = value[index + 1];
      if (typeof item === "string" && DIMENSIONS.includes(item) && typeof next === "string") found.add(next);
      collect(item, found);
    }
  } else if (isObject(value)) {
    for (const [key, inner] of Object.entries(value)) {
      if (DIMENSIONS.includes(key) && typeof inner === "string") found.add(inner);
      if (key === "list" && Array.isArray(inner)) inner.filter(isServiceVariable).forEach((variable) => addChoices(variable, found));
      collect(inner, found);
    }
  }
}

/** A variable of Grafana that readers choose a service by. */
function isServiceVariable(variable: Json): boolean {
  return isObject(variable) && variable["name"] === "service";
}

function addChoices(variable: Json, found: Set<string>): void {
  if (!isObject(variable)) return;
  const { options, current, query, type } = variable;
  const values = [...(Array.isArray(options) ? options : []), ...(isObject(current) ? [current] : [])];
  for (const choice of values) {
    const value = isObject(choice) ? choice["value"] : undefined;
    for (const one of Array.isArray(value) ? value : [value]) if (typeof one === "string") found.add(one);
  }
  if ((type === "custom" || type === "constant") && typeof query === "string") for (const one of query.split(",")) found.add(one.trim());
}
