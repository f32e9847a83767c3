import { closest, distance } from "fastest-levenshtein";
import { type AllowFinding, type GuardFinding } from "./finding";
import { type World } from "./world";

/** Words of `--allow-replace` that name nothing: a slip must not pass for an agreement. */
export function allowFindings({ about, allowed, changed, existing, steps }: World, found: readonly GuardFinding[]): AllowFinding[] {
  const known = new Set([...existing, ...steps.map(({ urn }) => urn), ...(about.plan?.resources ?? []).map(({ urn }) => urn)]);
  const waiting = found.flatMap((finding) => (finding.stops && "urn" in finding && finding.urn !== undefined ? [finding.urn] : []));
  return [...allowed].flatMap((given) => {
    if (changed.has(given)) return [];
    return [known.has(given) ? needless(given) : unknownUrn(given, waiting.length > 0 ? waiting : [...known])];
  });
}

/** The rerun of an update that failed half way: what it named is replaced by now. */
function needless(given: string): AllowFinding {
  return {
    kind: "allow",
    given,
    stops: false,
    what: `--allow-replace '${given}' has nothing to allow`,
    why: "this update neither replaces nor deletes it",
    todo: ["leave it out"],
  };
}

function unknownUrn(given: string, candidates: readonly string[]): AllowFinding {
  const nearest = nearestOf(given, candidates);
  return {
    kind: "allow",
    given,
    ...(nearest !== undefined && { nearest }),
    stops: true,
    what: `--allow-replace '${given}' names no resource of the environment`,
    why: "it takes the whole URN, exactly as it is printed",
    todo: nearest === undefined ? ["leave it out"] : [`perhaps --allow-replace '${nearest}'`],
  };
}

/** A name alone is nearest to the URN that ends in it. */
function nearestOf(given: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0) return undefined;
  const ending = candidates.filter((urn) => given !== "" && urn.endsWith(`::${given}`));
  if (ending.length > 0)
    return closest(
      given,
      [...ending].sort((left, right) => distance(given, left) - distance(given, right)),
    );
  return closest(given, [...candidates]);
}
