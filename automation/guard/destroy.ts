import { keepsData } from "../../facts/stateless-types";
import { type DestroyFinding, type Kept } from "./finding";
import { type World } from "./world";

/** A durable environment that would be destroyed: only when it is decommissioned and its name is said, and never by way of what is still protected. */
export function destroyFindings({ about, changes }: World): DestroyFinding[] {
  const { environment, destroyDurable, durable, decommissioning = false } = about;
  if (!durable) return [];
  const keeps = changes
    .filter(({ type, before }) => before?.custom !== false && keepsData(type) !== "no")
    .map(({ urn, before }): Kept => ({
      urn,
      then: before?.protect === true ? "refused" : before?.retainOnDelete === true ? "stays" : "goes",
    }))
    .sort((left, right) => (left.urn < right.urn ? -1 : 1));
  const refused = keeps.filter(({ then }) => then === "refused");
  const said = destroyDurable === environment;
  const count = (then: Kept["then"]): number => keeps.filter((one) => one.then === then).length;
  return [
    {
      kind: "destroy",
      environment,
      keeps,
      stops: !said || !decommissioning || refused.length > 0,
      what:
        destroyDurable === undefined || said
          ? `${environment} is durable, and would be destroyed`
          : `${environment} would be destroyed, and --destroy-durable names ${destroyDurable}`,
      why: `${keeps.length} resources keep data: ${count("goes")} would go with it, ${count("stays")} would stay in AWS and in no state, ${refused.length} are protected`,
      todo: todo(environment, { decommissioning, lifted: refused.length === 0, said }),
    },
  ];
}

/** One thing after the other: what comes next is only worth a word when what is before it is done. */
function todo(environment: string, is: { readonly decommissioning: boolean; readonly lifted: boolean; readonly said: boolean }): string[] {
  if (!is.decommissioning)
    return [`decommission it (docs/decommission.md): strata:environment.decommissioning: true in Pulumi.${environment}.yaml comes first`];
  if (!is.lifted) return [`strata up ${environment}, which lifts the protection and changes nothing else`];
  return is.said ? [] : [`--destroy-durable ${environment}`];
}
