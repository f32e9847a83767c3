import type { StackGraph } from "./graph";
import { IDENTITY_DOCUMENTS, isOnlyBoundary } from "./iam/identity-documents";
import { isUnknown, type Reading, readAll, type StackResource } from "./resource";
import { listed, type PolicyStatement, statementsOf } from "./policy-document";

/** Whether a policy of the stack grants anything on a resource. */
export type Grant = { readonly state: "granted" } | { readonly state: "none" } | { readonly state: "unknown"; readonly why: string };

/** Everything the identity policies of a stack allow. */
export class Grants {
  /** By the prefix of the service, such as `dynamodb`: the resources its allowed actions name. */
  private readonly resources = new Map<string, Set<string>>();
  /** By URN: the resources that a document comes from which is not known yet. */
  private readonly hinted = new Set<string>();
  private readonly opaque: StackResource[] = [];

  constructor(graph: StackGraph) {
    for (const [type, path] of IDENTITY_DOCUMENTS) {
      for (const policy of graph.ofType(type)) {
        if (!isOnlyBoundary(policy, graph)) for (const reading of readAll(policy, path)) this.read(policy, path, reading);
      }
    }
  }

  /** Whether any action of a service is allowed on a resource, by its ARN or one below it. */
  on(resource: StackResource, service: string): Grant {
    if (this.hinted.has(resource.urn)) return { state: "granted" };
    const patterns = [...(this.resources.get(service) ?? []), ...(this.resources.get("*") ?? [])];
    const arn = resource.outputs?.["arn"];
    if (typeof arn === "string" && !isUnknown(arn) && patterns.some((pattern) => matches(pattern, arn))) return { state: "granted" };
    const [opaque] = this.opaque;
    if (opaque !== undefined) return { state: "unknown", why: `the policy document of ${opaque.urn} is not known, or is none` };
    if (patterns.length > 0 && (typeof arn !== "string" || isUnknown(arn))) return { state: "unknown", why: "its ARN is not known yet" };
    return { state: "none" };
  }

  private read(policy: StackResource, path: string, reading: Reading): void {
    if (reading.state === "absent") return;
    const statements = statementsOf(reading);
    if (statements !== undefined) {
      for (const statement of statements) this.allow(statement);
      return;
    }
    const sources = policy.propertyDependencies[path.split("[")[0] ?? path] ?? [];
    if (sources.length === 0) this.opaque.push(policy);
    for (const urn of sources) this.hinted.add(urn);
  }

  private allow(statement: PolicyStatement): void {
    if (statement["Effect"] !== "Allow") return;
    // Everything but something is nearly everything.
    const actions = "NotAction" in statement ? ["*"] : listed(statement["Action"]);
    const resources = "NotResource" in statement ? ["*"] : listed(statement["Resource"]);
    for (const action of actions) {
      if (typeof action !== "string") continue;
      const service = action.split(":")[0]?.toLowerCase() ?? action;
      const known = this.resources.get(service) ?? new Set<string>();
      for (const resource of resources) if (typeof resource === "string") known.add(resource);
      this.resources.set(service, known);
    }
  }
}

/** The grants of a stack, for `StackGraph.once`. */
export function grantsOf(graph: StackGraph): Grants {
  return new Grants(graph);
}

/** An ARN pattern of IAM names a resource when it matches its ARN, or that of a part of it such as an index. */
function matches(pattern: string, arn: string): boolean {
  if (pattern === arn || pattern === "*" || pattern.startsWith(`${arn}/`)) return true;
  if (!/[*?]/.test(pattern)) return false;
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".");
  return new RegExp(`^${source}$`).test(arn);
}
