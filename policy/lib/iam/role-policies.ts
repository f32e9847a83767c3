import type { StackGraph } from "../graph";
import { append } from "../multimap";
import { elements, read, readAll, type Reading, readPath, type StackResource } from "../resource";

export const ROLE = "aws:iam/role:Role";
export const POLICY = "aws:iam/policy:Policy";
const INLINE = "aws:iam/rolePolicy:RolePolicy";
const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
const SHARED_ATTACHMENT = "aws:iam/policyAttachment:PolicyAttachment";

/** A managed policy that a role has: one of the stack, or the ARN of another. */
export type Managed =
  | { readonly kind: "own"; readonly policy: StackResource }
  | { readonly kind: "arn"; readonly arn: string }
  /** Nobody knows which, or whether it is of this role. `most`: how many it may be; any number when a whole list is not known. */
  | { readonly kind: "unknown"; readonly most: number };

/** The managed policies of a role, each once; those that are not known may be ones that are named already. */
export function managedPolicies(role: StackResource, graph: StackGraph): readonly Managed[] {
  const found = new Map<string, Managed>();
  const unknown: Managed[] = [];
  const { certain, open } = attachedTo(role, graph.once(attachmentsByRole));
  for (const owner of [role, ...certain]) {
    const path = owner === role ? "managedPolicyArns[*]" : "policyArn";
    for (const reference of graph.references(owner, path, [POLICY])) {
      if (reference.kind === "resource") found.set(reference.resource.urn, { kind: "own", policy: reference.resource });
      else if (reference.kind === "external") found.set(reference.id, { kind: "arn", arn: reference.id });
      else unknown.push({ kind: "unknown", most: unknownCount(owner, path) });
    }
  }
  return [...found.values(), ...unknown, ...open.map((): Managed => ({ kind: "unknown", most: 1 }))];
}

function unknownCount(owner: StackResource, path: string): number {
  if (read(owner, path.replace("[*]", "")).state === "unknown" && path.endsWith("[*]")) return Infinity;
  return readAll(owner, path).filter(({ state }) => state === "unknown").length;
}

/** The documents that a role holds itself, in it or as resources of their own. */
export function inlineDocuments(role: StackResource, graph: StackGraph): readonly Reading[] {
  const inside = elements(read(role, "inlinePolicies")).map((one) => (one.state === "known" ? readPath(one.value, "policy") : one));
  const { certain, open } = attachedTo(role, graph.once(inlineByRole));
  return [...inside, ...certain.map((policy) => read(policy, "policy")), ...open.map((): Reading => ({ state: "unknown" }))];
}

/** What is attached to roles, by their URNs. */
interface Attached {
  readonly certain: ReadonlyMap<string, readonly StackResource[]>;
  /** What may be attached to a role, as one of several. */
  readonly open: ReadonlyMap<string, readonly StackResource[]>;
  /** What may be attached to any role. */
  readonly anywhere: readonly StackResource[];
}

function attachedTo(
  { urn }: StackResource,
  { certain, open, anywhere }: Attached,
): { readonly certain: readonly StackResource[]; readonly open: readonly StackResource[] } {
  return { certain: certain.get(urn) ?? [], open: [...(open.get(urn) ?? []), ...anywhere] };
}

function attachmentsByRole(graph: StackGraph): Attached {
  return byRole(graph, [
    [ATTACHMENT, "role"],
    [SHARED_ATTACHMENT, "roles[*]"],
  ]);
}

function inlineByRole(graph: StackGraph): Attached {
  return byRole(graph, [[INLINE, "role"]]);
}

function byRole(graph: StackGraph, places: readonly (readonly [type: string, path: string])[]): Attached {
  const certain = new Map<string, StackResource[]>();
  const open = new Map<string, StackResource[]>();
  const anywhere: StackResource[] = [];
  for (const [type, path] of places) {
    for (const owner of graph.ofType(type)) {
      for (const role of graph.references(owner, path, [ROLE])) {
        if (role.kind === "resource") append(certain, role.resource.urn, owner);
        else if (role.kind === "unknown" && role.candidates.length === 0) anywhere.push(owner);
        else if (role.kind === "unknown") for (const { urn } of role.candidates) append(open, urn, owner);
      }
    }
  }
  return { certain, open, anywhere };
}

/** What comes after `policy/` in the ARN of a managed policy, such as `AdministratorAccess`, without a path. */
export function policyName(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}
