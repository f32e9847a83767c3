import { INTERFACE_POLICIES, LAMBDA_INTERFACE_ACTIONS } from "../../../../facts/lambda-network-policies";
import { type Finding, judge } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { inlineDocuments, type Managed, managedPolicies, policyName, ROLE } from "../../../lib/iam/role-policies";
import { listed, type PolicyStatement, statementsOf } from "../../../lib/policy-document";
import { every, isUnknown, type Json, not, read, type Reading, some, type StackResource, type Tri } from "../../../lib/resource";
import { stackRule, type Verdict } from "../../../lib/rule";
import { FUNCTION } from "../../../lib/visibility/log-groups";

const [FIRST = "", ...OTHERS] = LAMBDA_INTERFACE_ACTIONS.actions;

/** Looks at functions in a VPC with a role of the stack. */
export const functionInVpcMayMakeInterfaces = stackRule({
  id: "function-in-vpc-may-make-interfaces",
  title: "The role of a function in a VPC may make network interfaces",
  severity: "high",
  why: "Lambda tries the role when it makes the function, and refuses one that can't make, find and delete network interfaces, after minutes of trying.",
  fix: "Attach the managed policy AWSLambdaVPCAccessExecutionRole to the role, or allow ec2:CreateNetworkInterface, DescribeNetworkInterfaces and DeleteNetworkInterface in a policy.",
  links: [LAMBDA_INTERFACE_ACTIONS.source],
  frameworks: [],
  check: (stack) => stack.ofType(FUNCTION).flatMap((lambda) => verdicts(lambda, stack)),
});

function verdicts(lambda: StackResource, graph: StackGraph): Verdict[] {
  const network = read(lambda, "vpcConfig");
  const role = graph.reference(lambda, "role", [ROLE]);
  if (network.state === "absent" || role === undefined || role.kind === "external") return [];
  const fault = `${lambda.name} can't be put into its VPC`;
  if (role.kind === "unknown") return [judge(lambda, fault, [{ what: "role is not known yet", property: "role", unknown: true }])];
  return [judge(lambda, fault, roleFindings(role.resource, network, graph))];
}

function roleFindings(role: StackResource, network: Reading, graph: StackGraph): Finding[] {
  const property = "role";
  const managed = managedPolicies(role, graph).map(allowsAll);
  if (managed.includes(true)) return [];
  const documents = [...inlineDocuments(role, graph), ...managedPolicies(role, graph).flatMap(ownDocument)];
  const missing = [FIRST, ...OTHERS].filter((action) => some([...managed, ...documents.map((one) => allows(one, action))]) !== true);
  const [action] = missing;
  if (action === undefined) return [];
  const certain = some([...managed, ...documents.map((one) => allows(one, action))]) === false && network.state === "known";
  if (certain) return [{ what: `${role.name} does not allow ${missing.join(", ")}`, property }];
  return [{ what: `whether ${role.name} allows ${action} is not known yet`, property, unknown: true }];
}

/** Whether a managed policy that the stack does not hold allows it. */
function allowsAll(managed: Managed): Tri {
  if (managed.kind === "own") return false;
  if (managed.kind === "unknown") return undefined;
  const name = policyName(managed.arn);
  if (INTERFACE_POLICIES.allow.has(name)) return true;
  return INTERFACE_POLICIES.lack.has(name) ? false : undefined;
}

function ownDocument(managed: Managed): Reading[] {
  return managed.kind === "own" ? [read(managed.policy, "policy")] : [];
}

function allows(document: Reading, action: string): Tri {
  const statements = statementsOf(document);
  return statements === undefined ? undefined : some(statements.map((statement) => grants(statement, action)));
}

function grants({ Effect: effect, Action: actions, NotAction: others }: PolicyStatement, action: string): Tri {
  const allowed = isUnknown(effect) ? undefined : effect === "Allow";
  const named = some(listed(others ?? actions).map((pattern) => matches(pattern, action)));
  return every([allowed, others === undefined ? named : not(named)]);
}

function matches(pattern: Json, action: string): Tri {
  if (isUnknown(pattern)) return undefined;
  if (typeof pattern !== "string") return false;
  const source = pattern
    .toLowerCase()
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`).test(action.toLowerCase());
}
