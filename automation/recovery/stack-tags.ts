import { urnParts } from "../../policy/lib/urn";
import { type StackName } from "./cloud-search";

/** Tags that the program's provider puts on all it makes, and by which a resource tells whose it is: see `createProvider` in stacks/platform.ts. */
export function tagsOfStack({ project, stack }: StackName): Readonly<Record<string, string>> {
  return { "pulumi:project": project, "pulumi:stack": stack };
}

/** Project and stack of a resource, from its URN. */
export function stackNameOf(urn: string): StackName {
  return { project: urn.split("::")[1] ?? "", stack: urnParts(urn).stack };
}
