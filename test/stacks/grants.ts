import { type PlannedResource } from "../../plan/graph";
import { policiesOf } from "../components/service/permissions";

/** One thing a role may do, as a policy says it. */
export interface Grant {
  readonly action: string;
  readonly resource: string;
  /** What a request must carry: the `StringEquals` of the statement. */
  readonly condition?: Readonly<Record<string, string>>;
}

/** Who sends a statement to Redshift, wherever a policy asks for the sender himself. */
const SENDER = "AROAEXAMPLE:session";
const SENDER_VARIABLE = "${aws:userid}";

/** A grant as text; the same for the same grant. */
export function grantId({ action, resource, condition = {} }: Grant): string {
  return `${action} on ${resource} when ${JSON.stringify(Object.entries(condition).sort())}`;
}

/** Everything the inline policies of a role allow, one by one. */
export function grantsOf(resources: readonly PlannedResource[], role: string): Grant[] {
  return policiesOf(resources, role)
    .flatMap(({ policy }) => policy.Statement)
    .filter(({ Effect }) => Effect === "Allow")
    .flatMap(({ Action, Resource, Condition }) =>
      [Action].flat().flatMap((action) =>
        [Resource].flat().map((resource) => ({
          action,
          resource,
          ...(Condition && { condition: Condition["StringEquals"] as Record<string, string> }),
        })),
      ),
    );
}

/** What a request carries that meets a grant's condition. */
export function contextOf({ condition = {} }: Grant): Record<string, string> {
  const context = Object.fromEntries(Object.entries(condition).map(([key, value]) => [key, value.replace(SENDER_VARIABLE, SENDER)]));
  return Object.values(condition).includes(SENDER_VARIABLE) ? { ...context, "aws:userid": SENDER } : context;
}

/** In the URN of everything of the visibility layer. */
export const VISIBILITY = "strata:visibility:";

/** Names of all roles of a plan but those of the visibility layer, which are no service's and are asked about by themselves. */
export function rolesOf(resources: readonly PlannedResource[]): string[] {
  return resources.filter(({ type, urn }) => type === "aws:iam/role:Role" && !urn.includes(VISIBILITY)).map(({ name }) => name);
}
