import { keepsData } from "../../facts/stateless-types";
import { unprotecting } from "./data";
import { type DestroyFinding, type Kept } from "./finding";
import { type World } from "./world";

/** A durable environment that would be destroyed: only with its name said, and never by way of what is protected. */
export function destroyFindings({ about, changes }: World): DestroyFinding[] {
  const { environment, destroyDurable, durable } = about;
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
      stops: !said || refused.length > 0,
      what:
        destroyDurable === undefined || said
          ? `${environment} is durable, and would be destroyed`
          : `${environment} would be destroyed, and --destroy-durable names ${destroyDurable}`,
      why: `${keeps.length} resources keep data: ${count("goes")} would go with it, ${count("stays")} would stay in AWS and in no state, ${refused.length} are protected`,
      todo: [...refused.map(({ urn }) => unprotecting(urn, environment)), ...(said ? [] : [`--destroy-durable ${environment}`])],
    },
  ];
}
