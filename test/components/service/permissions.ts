import { runSimulation, type Simulation } from "@cloud-copilot/iam-simulate";
import { type PlannedResource } from "../../../plan/graph";
import { only, TEST_CONTEXT } from "../../harness";

/** A policy as it was rendered. */
export interface RenderedPolicy {
  readonly Statement: readonly {
    readonly Sid?: string;
    readonly Effect: string;
    readonly Action: string | readonly string[];
    readonly Resource: string | readonly string[];
    readonly Principal?: unknown;
    readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  }[];
}

/** The JSON of a policy; throws when a part of it is not known in the plan. */
export function rendered(policy: unknown): RenderedPolicy {
  if (typeof policy !== "string") throw new Error(`no policy: ${JSON.stringify(policy)}`);
  return JSON.parse(policy) as RenderedPolicy;
}

/** The rendered policies of a role, by its name in the program. */
export function policiesOf(resources: readonly PlannedResource[], role: string): { name: string; policy: RenderedPolicy }[] {
  const { name } = only(resources, "aws:iam/role:Role", role).outputs;
  return resources
    .filter(({ type, inputs }) => type === "aws:iam/rolePolicy:RolePolicy" && inputs["role"] === name)
    .map((resource) => ({ name: resource.name, policy: rendered(resource.inputs["policy"]) }));
}

type Request = Pick<Simulation["request"], "action"> & { readonly resource: string; readonly context?: Record<string, string> };

/**
 * The simulator refuses condition keys it has not heard of, and among these is the encryption context of a key, which may have any name. A
 * condition on another key with a free name is decided in the same way.
 */
function spelledForSimulator(simulation: Simulation): Simulation {
  const text = JSON.stringify(simulation).replace(
    /"kms:EncryptionContext:([^"]+)"/g,
    (_, name: string) => `"aws:PrincipalTag/${name.replaceAll(":", "-")}"`,
  );
  return JSON.parse(text) as Simulation;
}

/** What IAM answers to a request, as the simulator says it. */
async function evaluate(simulation: Simulation): Promise<string> {
  const answer = await runSimulation(spelledForSimulator(simulation), {});
  if (answer.resultType === "error") throw new Error(JSON.stringify(answer.errors));
  const ignored = answer.resultType === "single" ? (answer.result.ignoredContextKeys ?? []) : [];
  if (ignored.length > 0) throw new Error(`such a request never has ${ignored.join(", ")}`);
  return answer.overallResult;
}

/** Asks IAM whether a role may do something. */
export function asRole(resources: readonly PlannedResource[], role: string): (request: Request) => Promise<string> {
  const identityPolicies = policiesOf(resources, role);
  const arn = String(only(resources, "aws:iam/role:Role", role).outputs["arn"]);
  return ({ action, resource, context }) =>
    evaluate({
      request: {
        action,
        principal: arn.replace(":iam:", ":sts:").replace(":role/", ":assumed-role/") + "/session",
        resource: { resource, accountId: TEST_CONTEXT.accountId },
        contextVariables: context ?? {},
      },
      identityPolicies,
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      // A key counts what its own policy hands to IAM, so that is part of the question.
      ...(resource.startsWith("arn:aws:kms:") && { resourcePolicy: keyPolicy(resources, resource) }),
    });
}

function keyPolicy(resources: readonly PlannedResource[], arn: string): RenderedPolicy {
  const key = resources.find(({ type, outputs }) => type === "aws:kms/key:Key" && outputs["arn"] === arn);
  return rendered(key?.inputs["policy"]);
}

/** Asks IAM whether a resource's own policy lets somebody in who may do everything otherwise. */
export function toResource(policy: RenderedPolicy, principal: string): (request: Request) => Promise<string> {
  return ({ action, resource, context }) =>
    evaluate({
      request: {
        action,
        principal,
        resource: { resource, accountId: TEST_CONTEXT.accountId },
        contextVariables: context ?? {},
      },
      identityPolicies: principal.endsWith(".amazonaws.com")
        ? []
        : [{ name: "all", policy: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] } }],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      resourcePolicy: policy,
    });
}
