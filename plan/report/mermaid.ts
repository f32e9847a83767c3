import { TARGET_TABLE } from "../../components/compute/placement/targets";
import { type PlanDocument } from "../plan-schema";

/** More than this is a knot in a comment; the page and the SVG show it. */
const MOST_SERVICES = 40;

/** Text inside of quotes: what could end them, or be markup, is written as its code. */
function label(text: string): string {
  return `"${text.replace(/[^\w ./-]/g, (character) => `#${character.codePointAt(0)};`)}"`;
}

/** Services by the place they run on, and what they need, as a Mermaid flowchart; undefined when there are none, or too many to be read. */
export function mermaidOf({ services }: Pick<PlanDocument, "services">): string | undefined {
  if (services.length === 0 || services.length > MOST_SERVICES) return undefined;
  const ids = new Map<string, string>();
  const idOf = (key: string) => ids.get(key) ?? (ids.set(key, `n${ids.size}`), `n${ids.size - 1}`);
  const places = [...new Set(services.map(({ target }) => target))].flatMap((target, index) => [
    `  subgraph p${index} [${label(TARGET_TABLE[target].name)}]`,
    ...services.filter((service) => service.target === target).map(({ name }) => `    ${idOf(name)}[${label(name)}]`),
    "  end",
  ]);
  const needs = services.flatMap(({ name, bindings }) =>
    bindings.map(({ to, kind }) => {
      if (kind === "service") return `  ${idOf(name)} --> ${idOf(to)}`;
      return `  ${idOf(name)} --> ${idOf(`${kind}/${to}`)}[(${label(`${to}, ${kind}`)})]`;
    }),
  );
  return ["flowchart LR", ...places, ...new Set(needs)].join("\n");
}
