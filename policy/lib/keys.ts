import type { Finding } from "./finding";
import type { StackGraph } from "./graph";
import { read, type Reading, type StackResource, type Tri } from "./resource";

/** What a property may name as a key of KMS. */
export const KEYS = ["aws:kms/key:Key", "aws:kms/replicaKey:ReplicaKey", "aws:kms/alias:Alias"];

/** Whether what a property says is a key of the customer: a key or an alias of the stack, or one from outside that is not `alias/aws/…`. */
export function isCustomerKey(holder: StackResource, path: string, key: Reading, graph: StackGraph): Tri {
  if (key.state === "absent") return false;
  const [reference] = graph.resolve(holder, path, [key], KEYS);
  if (reference?.kind === "resource") return true;
  return reference?.kind === "external" ? !/(^|:)alias\/aws\//.test(reference.id) : undefined;
}

/** What is found where a property names no customer key. */
export function unlessCustomerKey(holder: StackResource, property: string, graph: StackGraph): Finding[] {
  const isCustomers = isCustomerKey(holder, property, read(holder, property), graph);
  if (isCustomers === true) return [];
  if (isCustomers === undefined) return [{ what: "whether its key is a customer key is not known yet", property, unknown: true }];
  return [{ what: `its key is one of AWS: ${property} names no customer key`, property }];
}
