import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Rule } from "../../../../../policy/lib/rule";
import { type Given, type RuleCases } from "../../../cases";
import { documentOf, type Statement } from "../../../documents";
import { id, type Inputs } from "../../../stack";

/** What has a policy that must refuse requests without TLS. */
export interface Guarded {
  readonly rule: Rule;
  readonly type: string;
  readonly policyType: string;
  /** Property of the policy that says whose it is. */
  readonly owner: string;
  /** Action that must be refused. */
  readonly action: string;
  /** Another action, which it is not enough to refuse. */
  readonly other: string;
  /** What it does without a policy. */
  readonly lacks: RegExp;
}

const NO_TLS = { Bool: { "aws:SecureTransport": "false" } };

/** Something called `orders`, with or without a policy of its own. */
export function guarded({ type, policyType, owner }: Guarded, policy?: Inputs[string]): Given {
  return (stack) => {
    const found = stack.add(type, "orders");
    if (policy !== undefined) stack.add(policyType, "orders", { [owner]: id(found), policy });
    return found;
  };
}

/** What every such rule says of its cases; mutations are each one's own. */
export function demandsTls(of: Guarded): Omit<RuleCases, "mutations" | "unknown"> & { readonly unknown: Record<string, Given> } {
  const { rule, type, policyType, owner, action, other, lacks } = of;
  const refuse = (more: Statement = {}): Statement => ({
    Effect: "Deny",
    Principal: "*",
    Action: action,
    Resource: "*",
    Condition: NO_TLS,
    ...more,
  });
  const made = (...statements: readonly Statement[]): Given => guarded(of, documentOf(...statements));
  return {
    rule,
    pass: {
      "when it refuses": made(refuse()),
      "when it refuses and is not made yet": { given: made(refuse()), known: false },
      "when its own policy refuses": (stack) =>
        stack.add(type, "orders", { policy: documentOf(refuse({ Principal: { AWS: "*" }, Action: [action] })) }),
    },
    fail: {
      "when it refuses something else": { given: made(refuse({ Action: other })), says: /no statement denies requests without/ },
      "when it refuses only some": { given: made(refuse({ Principal: { AWS: "123456789012" } })), says: /no statement/ },
      "when it allows those who come with TLS": {
        given: made(refuse({ Effect: "Allow", Condition: { Bool: { "aws:SecureTransport": "true" } } })),
        says: /no statement/,
      },
    },
    absent: { "without a policy": { given: guarded(of), says: lacks } },
    unknown: {
      "while it is not known whose policy it is": (stack) => {
        stack.add(policyType, "orders", { [owner]: UNKNOWN, policy: documentOf(refuse()) });
        return stack.add(type, "orders");
      },
    },
  };
}
