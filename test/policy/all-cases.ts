import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import type { Rule } from "../../policy/lib/rule";
import { PACKS } from "../../policy/packs";
import type { RuleCases } from "./cases";

const SUFFIX = ".cases.ts";

/** The files of cases below a folder, by the id of their rule. */
function casesBelow(folder: string): Map<string, string> {
  if (!existsSync(folder)) return new Map();
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(SUFFIX));
  return new Map(files.map((file) => [basename(file, SUFFIX), join(folder, file)]));
}

/** A rule with the cases that show what it does; none when nobody wrote them. */
export interface Shown {
  readonly pack: string;
  readonly rule: Rule;
  readonly cases?: RuleCases;
}

/** Every rule of every pack. Throws for a file of cases whose rule is in no pack: it would show nothing. */
export function allCases(): Shown[] {
  return PACKS.flatMap((pack) => {
    const files = casesBelow(join(__dirname, pack.name.replace("strata-", "")));
    for (const [id, file] of files) if (!pack.rules.some((rule) => rule.id === id)) throw new Error(`${file}: there is no rule ${id}`);
    return pack.rules.map((rule) => {
      const file = files.get(rule.id);

      return file === undefined
        ? { pack: pack.name, rule }
        : { pack: pack.name, rule, cases: (require(file) as { cases: RuleCases }).cases };
    });
  });
}
