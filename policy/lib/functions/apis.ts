import { notKnown } from "../expect";
import type { Finding } from "../finding";
import type { StackGraph } from "../graph";
import { append } from "../multimap";
import { read, type StackResource, text } from "../resource";

/** HTTP and WebSocket APIs. */
export const API = "aws:apigatewayv2/api:Api";
export const API_STAGE = "aws:apigatewayv2/stage:Stage";
export const ROUTE = "aws:apigatewayv2/route:Route";
export const REST_API = "aws:apigateway/restApi:RestApi";
export const REST_STAGE = "aws:apigateway/stage:Stage";
export const METHOD = "aws:apigateway/method:Method";
export const METHOD_SETTINGS = "aws:apigateway/methodSettings:MethodSettings";

/** The path that stands for every method of a stage. */
const EVERY_METHOD = "*/*";

/** The API that something belongs to, when it is of the stack. */
export function apiOf(part: StackResource, graph: StackGraph): StackResource | undefined {
  const path = part.type.startsWith("aws:apigatewayv2/") ? "apiId" : "restApi";
  const reference = graph.reference(part, path, [API, REST_API]);
  return reference?.kind === "resource" ? reference.resource : undefined;
}

/**
 * What is found in the settings for all methods of a stage of a REST API; those of single methods are left out. Without any that is found too;
 * it is left open while nobody can say whose some settings are.
 */
export function inMethodSettings(
  stage: StackResource,
  graph: StackGraph,
  find: (settings: StackResource) => readonly Finding[],
): Finding[] {
  const { byStage, open, unmatched } = graph.once(settingsByStage);
  const all = byStage.get(stage.urn) ?? [];
  if (all.length > 0) return all.flatMap(find);
  const property = "stageName";
  if (open || (unmatched && read(stage, property).state === "unknown")) return [notKnown(property)];
  return [{ what: "it has no method settings for the path */*", property }];
}

interface MethodSettings {
  readonly byStage: ReadonlyMap<string, readonly StackResource[]>;
  /** Some settings do not say yet whose they are. */
  readonly open: boolean;
  /** Some settings are of no stage whose name is known. */
  readonly unmatched: boolean;
}

function settingsByStage(graph: StackGraph): MethodSettings {
  const stages = new Map(graph.ofType(REST_STAGE).map((stage) => [stageKey(stage, graph), stage]));
  const byStage = new Map<string, StackResource[]>();
  let [open, unmatched] = [false, false];
  for (const settings of graph.ofType(METHOD_SETTINGS)) {
    const path = read(settings, "methodPath");
    const isUnknownPath = path.state === "unknown";
    if (!isUnknownPath && text(path) !== EVERY_METHOD) continue;
    const stage = namedBy(settings, graph) ?? stages.get(stageKey(settings, graph));
    if (isUnknownPath || (stage === undefined && read(settings, "stageName").state === "unknown")) open = true;
    else if (stage === undefined) unmatched = true;
    else append(byStage, stage.urn, settings);
  }
  return { byStage, open, unmatched };
}

/** The stage that the name in some settings comes from. */
function namedBy(settings: StackResource, graph: StackGraph): StackResource | undefined {
  const sources = (settings.propertyDependencies["stageName"] ?? []).flatMap((urn) => graph.get(urn) ?? []);
  return sources.find(({ type }) => type === REST_STAGE);
}

/** What tells one stage from another: its API and its name. */
function stageKey(part: StackResource, graph: StackGraph): string {
  return `${apiOf(part, graph)?.urn ?? text(read(part, "restApi")) ?? ""} ${text(read(part, "stageName")) ?? ""}`;
}
