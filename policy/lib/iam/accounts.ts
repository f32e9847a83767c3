import type { StackGraph } from "../graph";
import { isUnknown, readPath, type Tri } from "../resource";
import { ROLE, USER } from "./identity-documents";
import { accountOf } from "./principals";

/** The accounts that the resources of a stack are in, from the ARNs that are known. */
export function accountsOf(graph: StackGraph): ReadonlySet<string> {
  const result = new Set<string>();
  for (const { outputs = {} } of graph.resources) {
    const arn = readPath(outputs, "arn");
    if (arn.state !== "known" || typeof arn.value !== "string") continue;
    const account = /^arn:[\w-]+:[\w-]+:[\w-]*:(\d{12}):/.exec(arn.value)?.[1];
    if (account !== undefined) result.add(account);
  }
  return result;
}

/** Whether a principal is of another account than the stack; undefined where that can't be told. Everyone is, too. */
export function isForeign(principal: string, graph: StackGraph): Tri {
  if (principal === "*") return true;
  if (isUnknown(principal)) return undefined;
  if (graph.identified(principal, [ROLE, USER]) !== undefined) return false;
  const account = accountOf(principal);
  const own = graph.once(accountsOf);
  if (account === undefined || own.size === 0) return undefined;
  return !own.has(account);
}
