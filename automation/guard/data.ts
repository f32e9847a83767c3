import { KUBERNETES_LOSSES, type Loss, LOSSES } from "../../facts/losses";
import { keepsData } from "../../facts/stateless-types";
import { nameOf, typeOf } from "../../plan/urn";
import { type Change } from "./changes";
import { type DataFinding } from "./finding";
import { replacingProperties } from "./properties";
import { type World } from "./world";

/** Made anew by the platform itself, with what they are for: the login of a service in a database, which a function makes and rotates. */
const MADE_ANEW = /strata:persistence:(ServiceUsers|StoreLogin)\$/;

const UNKNOWN_TYPE: Pick<Loss, "loses" | "restore"> = {
  loses: "nobody here knows whether the type keeps data, so it counts as if it did",
  restore: "look up in the provider's documentation what a deletion takes along, and save it first",
};

/** What keeps data, or may keep some, and would be replaced or deleted. */
export function dataFindings(world: World): DataFinding[] {
  return world.changes.flatMap((change) => dataFinding(change, world) ?? []);
}

function dataFinding(change: Change, world: World): DataFinding | undefined {
  const { kind, urn, type, before } = change;
  const isComponent = before?.custom === false;
  const keeps = isComponent || MADE_ANEW.test(urn) ? "no" : keepsData(type);
  if (keeps === "no") return undefined;
  const { durable, environment } = world.about;
  const loss = LOSSES[type] ?? KUBERNETES_LOSSES[type] ?? UNKNOWN_TYPE;
  const properties = kind === "replace" ? replacingProperties(change) : [];
  const follows = world.causeOf(change, kind === "replace" ? properties.map(({ path }) => path) : []);
  const protect = before?.protect === true;
  const retained = before?.retainOnDelete === true;
  const allowed = world.allowed.has(urn);
  return {
    kind: kind === "replace" ? "replaces" : "deletes",
    keepsData: keeps === "yes" ? "yes" : "perhaps",
    urn,
    type,
    properties,
    ...(follows !== undefined && { follows }),
    allowed,
    protect,
    retained,
    // What is protected the engine refuses anyway, half way through. What nobody knows is only told where nothing must be lost.
    stops: protect || (!allowed && (keeps === "yes" || durable)),
    what: whatHappens(change, properties.length),
    why: retained ? whatStays(change) : loss.loses,
    todo: [
      ...waysBack(change, follows, world),
      ...(kind === "leftover" ? [] : [loss.restore]),
      ...(protect ? [unprotecting(urn, environment)] : []),
      ...(allowed ? [] : [allowing(urn)]),
    ],
  };
}

/** The words that let a resource go. */
export function allowing(urn: string): string {
  return `--allow-replace '${urn}'`;
}

/** The engine refuses to touch what is protected, whoever allows it. */
export function unprotecting(urn: string, environment: string): string {
  return `pulumi state unprotect '${urn}' --stack ${environment}`;
}

/** With `retainOnDelete` nothing is lost in AWS, but the services no longer see it. */
function whatStays({ kind }: Change): string {
  const stays = "stays in AWS with its data (retainOnDelete), and in no state";
  return kind === "replace"
    ? `the services turn to an empty one; the old one ${stays}`
    : `it ${stays}, so no update looks after it any more`;
}

function whatHappens({ kind, urn, before }: Change, properties: number): string {
  const name = `${typeOf(urn)} ${nameOf(urn)}${before?.protect === true ? ", which is protected," : ""}`;
  if (kind === "replace") return `${name} would be replaced${properties > 0 ? "" : ", and the engine does not say by which property"}`;
  if (kind === "delete") return `${name} would be deleted`;
  return `${name}: what an earlier replacement left behind (${before?.id ?? "no id"}) would be deleted`;
}

/** What would undo the change, if it is no intention. */
function waysBack({ kind, urn, type }: Change, follows: string | undefined, { steps }: World): string[] {
  if (follows !== undefined) return [`keep ${typeOf(follows)} ${nameOf(follows)}, which takes it along`];
  if (kind === "replace") return ["change the property back"];
  if (kind === "leftover") return [];
  const moved = steps.find((step) => step.op === "create" && step.type === type && nameOf(step.urn) === nameOf(urn));
  if (moved) return [`it only moved: give the new one { aliases: ["${urn}"] } and nothing is deleted`];
  return ["put it back into the program or the catalogue; a store that goes for good is retired first (docs/restore.md)"];
}
