import type { RegisteredChild } from "./expansion";
import { isRecord } from "./shapes";
import { type Construction, type Input, outputOf, type Sourced } from "./sourced";

/** Who may use the cluster: the registered entries, and what was asked for as `core` repeats it. */
export interface Access {
  readonly entries: readonly RegisteredChild[];
  readonly asked: readonly Input[];
}

/** Registers the access entries, each with the policies associated to it; first the one of the instance role, where there is such a role. */
export function registerAccess(construction: Construction, cluster: RegisteredChild, instanceRoleArn: Sourced | undefined): Access {
  const { component } = construction;
  const key = "accessEntries";
  const clusterName = outputOf(cluster, "name");
  const entries: RegisteredChild[] = [];
  const asked: Input[] = [];
  if (instanceRoleArn) {
    const inputs = { clusterName, principalArn: instanceRoleArn, type: "EC2_LINUX" };
    const name = `${component.name}-defaultNodeGroupInstanceRole`;
    entries.push(construction.child("aws:eks/accessEntry:AccessEntry", name, component, inputs, { dependsOn: [cluster.urn] }));
    if (instanceRoleArn.value !== undefined) asked.push({ principalArn: instanceRoleArn, type: "EC2_LINUX" });
  }
  for (const [name, given] of Object.entries(construction.record(key) ?? {})) {
    if (!isRecord(given))
      return construction.refuse(`accessEntries.${name} is ${JSON.stringify(given)}`, "Give an object with a principalArn");
    const own = (property: string): Sourced => construction.within(key, given[property]);
    const principalArn = own("principalArn");
    const entry = construction.child(
      "aws:eks/accessEntry:AccessEntry",
      `${component.name}-${name}`,
      component,
      {
        clusterName,
        principalArn,
        type: own("type"),
        kubernetesGroups: own("kubernetesGroups"),
        tags: own("tags"),
        userName: own("username"),
      },
      { dependsOn: [cluster.urn] },
    );
    entries.push(entry);
    asked.push(construction.within(key, given));
    const policies = given["accessPolicies"];
    for (const [association, policy] of Object.entries(isRecord(policies) ? policies : {})) {
      const part = (property: string): Sourced => construction.within(key, isRecord(policy) ? policy[property] : policy);
      construction.child(
        "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
        `${component.name}-${name}-${association}`,
        entry,
        { clusterName, principalArn, accessScope: part("accessScope"), policyArn: part("policyArn") },
        { dependsOn: [entry.urn] },
      );
    }
  }
  return { entries, asked };
}
