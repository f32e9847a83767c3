import { runSimulation } from "@cloud-copilot/iam-simulate";
import { type Json } from "../../../plan/graph";
import { TEST_CONTEXT } from "../../harness";

/** Nothing above the account takes anything away. */
const EVERYTHING = {
  orgIdentifier: "o-test",
  policies: [{ name: "all", policy: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] } }],
};

/**
 * What IAM would answer a role with one policy.
 * @param policy the policy as a plan holds it: JSON text.
 * @returns `Allowed`, `ImplicitlyDenied` or `ExplicitlyDenied`.
 * @throws when the policy or the request is one that IAM would refuse.
 */
export async function evaluate(
  policy: Json | undefined,
  action: string,
  resource: string,
  context: Readonly<Record<string, string>> = {},
): Promise<string> {
  if (typeof policy !== "string") throw new Error(`not the text of a policy: ${JSON.stringify(policy)}`);
  const { accountId } = TEST_CONTEXT;
  const result = await runSimulation(
    {
      request: {
        principal: `arn:aws:iam::${accountId}:role/under-test`,
        action,
        resource: { resource, accountId },
        contextVariables: { ...context },
      },
      identityPolicies: [{ name: "under-test", policy: JSON.parse(policy) as unknown }],
      serviceControlPolicies: [EVERYTHING],
      resourceControlPolicies: [],
    },
    {},
  );
  if (result.resultType === "error") throw new Error(`${action} on ${resource}: ${JSON.stringify(result.errors)}`);
  return result.overallResult;
}
