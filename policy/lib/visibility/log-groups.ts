import type { StackGraph } from "../graph";
import { parseJson } from "../json";
import { read, readPath, some, type StackResource, text, type Tri } from "../resource";

export const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
export const FUNCTION = "aws:lambda/function:Function";
const SUBSCRIPTION = "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter";
const ACCOUNT_POLICY = "aws:cloudwatch/logAccountPolicy:LogAccountPolicy";

/** Where the log groups of a stack are sent on to. */
export class LogRoutes {
  private readonly subscribed: ReadonlySet<string>;

  constructor(private readonly graph: StackGraph) {
    this.subscribed = new Set(graph.ofType(SUBSCRIPTION).flatMap((filter) => text(read(filter, "logGroup")) ?? []));
  }

  /** Whether what is written to a group is sent on: by a subscription of its own, or by one of the account. `name` when it is known. */
  isSentOn(name: string | undefined, group: StackResource | undefined): Tri {
    const known = name ?? (group && physicalName(group));
    if (known !== undefined && this.subscribed.has(known)) return true;
    const own = this.graph.ofType(SUBSCRIPTION).map((filter) => isOf(filter, known, group));
    return some([...own, ...this.graph.ofType(ACCOUNT_POLICY).map((policy) => takes(policy, known))]);
  }

  /** The group that a function writes to: the one it names, else the one that Lambda names after it. Undefined when that is not known yet. */
  groupOf(lambda: StackResource): { readonly name?: string; readonly group?: StackResource } | undefined {
    const property = "loggingConfig.logGroup";
    const [reference] = this.graph.references(lambda, property, [LOG_GROUP]);
    if (reference?.kind === "resource") return { group: reference.resource };
    if (reference?.kind === "external") return { name: reference.id };
    if (reference?.kind === "unknown") return undefined;
    const name = physicalName(lambda);
    return name === undefined ? undefined : { name: `/aws/lambda/${name}` };
  }
}

/** The routes of a stack, for `StackGraph.once`. */
export function logRoutesOf(graph: StackGraph): LogRoutes {
  return new LogRoutes(graph);
}

/** The name a resource has in AWS; undefined while the provider has not made it. */
export function physicalName(resource: StackResource): string | undefined {
  return text(read(resource, "name")) ?? text(readPath(resource.outputs ?? {}, "name"));
}

/** Whether a subscription is one of a group. */
function isOf(filter: StackResource, name: string | undefined, group: StackResource | undefined): Tri {
  const reading = read(filter, "logGroup");
  const sources = filter.propertyDependencies["logGroup"] ?? [];
  if (group !== undefined && sources.includes(group.urn)) return true;
  if (reading.state !== "unknown") return name === undefined ? undefined : text(reading) === name;
  // One that is made from other groups is not this one's.
  return sources.length > 0 && group !== undefined ? false : undefined;
}

/** Whether a policy of the account takes a group: all but those its criteria leave out. Source: CloudWatch Logs API, PutAccountPolicy (2026-11). */
function takes(policy: StackResource, name: string | undefined): Tri {
  const type = read(policy, "policyType");
  if (type.state === "unknown") return undefined;
  if (text(type) !== "SUBSCRIPTION_FILTER_POLICY") return false;
  const criteria = read(policy, "selectionCriteria");
  if (criteria.state === "absent") return true;
  const excluded = /^\s*LogGroupName\s+NOT\s+IN\s+(\[.*\])\s*$/s.exec(text(criteria) ?? "")?.[1];
  if (excluded === undefined) return undefined;
  const names = parseJson(excluded.replaceAll("'", '"'));
  if (!Array.isArray(names)) return undefined;
  if (names.length === 0) return true;
  return name === undefined ? undefined : !names.includes(name);
}
