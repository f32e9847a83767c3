import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { policyDocument, trustPolicy } from "../../../components/iam";
import { LayerKey } from "../../../components/persistence/layer-key";
import { type Bindable, type Binding, type BoundAccess, type Consumer } from "../../../components/service/binding";
import { type PlannedResource } from "../../../plan/graph";
import { only, recordProgram, TEST_CONTEXT } from "../../harness";
import { asRole } from "../service/permissions";

/** What components get to be made with: a provider, and a key whose policy the simulator can read. */
export interface Making {
  readonly options: { readonly providers: { readonly aws: aws.Provider } };
  readonly keyArn: pulumi.Output<string>;
}

/** A service that asks for something, by name. */
export interface Asking {
  readonly service: string;
  readonly store: Bindable;
  readonly access: BoundAccess;
}

/** A binding with everything in it known. */
export interface ReadBinding {
  readonly binding: Binding;
  readonly variables: Readonly<Record<string, string>>;
  /** Asks IAM whether the service's role may do something. */
  readonly may: (action: string, resource: string) => Promise<boolean>;
}

/** A consumer as a service is one before it runs. */
export function consumer(name: string): Consumer {
  return { name, securityGroupId: pulumi.output(`sg-${name}`) };
}

/**
 * Binds services to stores and reads every binding back: its variables, what IAM says of its statements, and the rules it made.
 * @param ask makes the stores and says who asks for what; each service once with each access.
 */
export async function bound(
  ask: (made: Making) => readonly Asking[],
): Promise<{ readonly resources: PlannedResource[]; readonly of: (service: string, access: BoundAccess) => ReadBinding }> {
  const bindings = new Map<string, Binding>();
  const variables = new Map<string, Record<string, string>>();
  const resources = await recordProgram((options) => {
    const key = new LayerKey("key", { context: TEST_CONTEXT, description: "Test", services: [] }, options);
    for (const { service, store, access } of ask({ options, keyArn: key.arn })) {
      const id = `${service}-${access}`;
      const binding = store.bind(consumer(service), access);
      bindings.set(id, binding);
      pulumi.output(binding.variables).apply((known) => variables.set(id, known));
      const role = new aws.iam.Role(
        id,
        { assumeRolePolicy: trustPolicy("ecs-tasks.amazonaws.com", TEST_CONTEXT.accountId) },
        {
          provider: options.providers.aws,
        },
      );
      new aws.iam.RolePolicy(id, { role: role.name, policy: policyDocument(binding.statements) }, { provider: options.providers.aws });
    }
  });
  return {
    resources,
    of: (service, access) => {
      const id = `${service}-${access}`;
      const binding = bindings.get(id);
      const known = variables.get(id);
      assert.ok(binding && known, `${id} is bound, and its variables are known in the plan`);
      return {
        binding,
        variables: known,
        may: async (action, resource) => (await asRole(resources, id)({ action, resource })) === "Allowed",
      };
    },
  };
}

/** The services that a store's group lets in, each with the port. */
export function letIn(resources: readonly PlannedResource[], group: string): string[] {
  return resources
    .filter(
      ({ type, inputs }) => type === "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule" && inputs["securityGroupId"] === group,
    )
    .map(({ inputs }) => `${String(inputs["referencedSecurityGroupId"])}:${String(inputs["fromPort"])}`)
    .sort();
}

/** The id of the security group of a component: the end of its ARN. */
export function groupOf(resources: readonly PlannedResource[], name: string): string {
  const { arn } = only(resources, "aws:ec2/securityGroup:SecurityGroup", name).outputs;
  return String(arn).split("/").at(-1) ?? "";
}
