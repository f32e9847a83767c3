import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Rule } from "../../../../../policy/lib/rule";
import { type Given, type RuleCases } from "../../../cases";
import { arn, type Input, type Inputs } from "../../../stack";

/** What has a key, and should have a customer's. */
export interface Locked {
  readonly rule: Rule;
  readonly type: string;
  /** Property that names the key. */
  readonly property: string;
  /** Alias of the key that AWS takes by itself. */
  readonly ofAws: string;
  /** What it has besides. */
  readonly inputs?: Inputs;
}

/** What every such rule says of its cases; mutations are each one's own. */
export function ownKey({ rule, type, property, ofAws, inputs }: Locked): Omit<RuleCases, "mutations" | "unknown" | "absent"> & {
  readonly absent: Extract<RuleCases["absent"], object>;
  readonly unknown: Record<string, Given>;
} {
  const made =
    (key?: Input): Given =>
    (stack) =>
      stack.add(type, "orders", { ...inputs, ...(key === undefined ? {} : { [property]: key }) });
  return {
    rule,
    pass: {
      "with a key of the stack that is not made yet": {
        given: (stack) => made(arn(stack.add("aws:kms/key:Key", "own")))(stack),
        known: false,
      },
      "with a key from outside": made("arn:aws:kms:us-east-1:123456789012:key/1"),
      "with an alias of the account": made("alias/orders"),
    },
    fail: { "with a key of AWS": { given: made(ofAws), says: /orders has no key of its own/ } },
    absent: {
      "without a key, when AWS takes its own": { given: made(), says: new RegExp(`\\b${property} names no customer key`) },
    },
    unknown: { "while its key is not known": made(UNKNOWN) },
  };
}
