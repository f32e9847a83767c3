import { rootOf, type StackGraph } from "../graph";
import type { StackResource } from "../resource";
import { ATTACHMENTS, POLICY, ROLE } from "./identity-documents";

/** The managed policies that a resource gives to somebody. */
export interface Attached {
  readonly holder: StackResource;
  readonly property: string;
  /** Those of AWS, by what follows `policy/` in their ARN, such as `service-role/AWSLambdaRole`. */
  readonly awsPolicies: readonly string[];
  /** True when one of them is not known yet, and comes from no policy of the stack. */
  readonly open: boolean;
}

/** Every attachment of managed policies in a stack. */
export function attachedPolicies(graph: StackGraph): Attached[] {
  const at = (holder: StackResource, path: string): Attached[] => {
    const references = graph.references(holder, path, [POLICY]);
    if (references.length === 0) return [];
    return [
      {
        holder,
        property: rootOf(path),
        awsPolicies: references.flatMap((reference) => (reference.kind === "external" ? awsPolicy(reference.id) : [])),
        open: references.some(({ kind }) => kind === "unknown"),
      },
    ];
  };
  return [
    ...graph.ofType(...ATTACHMENTS).flatMap((holder) => at(holder, "policyArn")),
    ...graph.ofType(ROLE).flatMap((holder) => at(holder, "managedPolicyArns[*]")),
  ];
}

function awsPolicy(arn: string): string[] {
  const name = /^arn:[\w-]+:iam::aws:policy\/(.+)$/.exec(arn)?.[1];
  return name === undefined ? [] : [name];
}
