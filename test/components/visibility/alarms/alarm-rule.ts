/** A rule of a composite alarm, as a tree. */
export type Rule =
  | { readonly state: "ALARM" | "OK" | "INSUFFICIENT_DATA"; readonly alarm: string }
  | { readonly not: Rule }
  | { readonly join: "AND" | "OR"; readonly of: readonly Rule[] };

/**
 * Reads a rule by the grammar of CloudWatch: states of alarms by name or ARN in quotes, `TRUE` and `FALSE` left out, joined by AND, OR and NOT, AND
 * before OR (CloudWatch API reference, PutCompositeAlarm, 2026-11).
 * @throws {Error} where CloudWatch would refuse it.
 */
export function parseRule(text: string): Rule {
  const tokens = [...text.matchAll(/\s*(AND|OR|NOT|ALARM|OK|INSUFFICIENT_DATA|\(|\)|"[^"]+"|\S)/g)].map(([, token = ""]) => token);
  let at = 0;
  const take = (wanted?: string): string => {
    const token = tokens[at] ?? "the end";
    if (wanted !== undefined && token !== wanted) throw new Error(`wanted ${wanted}, got ${token} in ${text}`);
    at += 1;
    return token;
  };
  const primary = (): Rule => {
    const token = take();
    if (token === "NOT") return { not: primary() };
    if (token === "(") {
      const inner = joined("OR");
      take(")");
      return inner;
    }
    if (token !== "ALARM" && token !== "OK" && token !== "INSUFFICIENT_DATA") throw new Error(`${token} is no state in ${text}`);
    take("(");
    const name = take();
    if (!name.startsWith('"')) throw new Error(`${name} is not in quotes in ${text}`);
    take(")");
    return { state: token, alarm: name.slice(1, -1) };
  };
  const joined = (join: "AND" | "OR"): Rule => {
    const operand = () => (join === "OR" ? joined("AND") : primary());
    const of = [operand()];
    while (tokens[at] === join) {
      take();
      of.push(operand());
    }
    const [only] = of;
    return of.length === 1 && only ? only : { join, of };
  };
  const rule = joined("OR");
  if (at !== tokens.length) throw new Error(`${tokens.slice(at).join(" ")} is left over in ${text}`);
  return rule;
}

/** Names of the alarms that a rule asks. */
export function alarmsOf(rule: Rule): string[] {
  if ("alarm" in rule) return [rule.alarm];
  return "not" in rule ? alarmsOf(rule.not) : rule.of.flatMap(alarmsOf);
}

/** Whether a rule holds while the named alarms fire, and all others are fine. */
export function holds(rule: Rule, firing: ReadonlySet<string>): boolean {
  if ("alarm" in rule) return rule.state === "ALARM" ? firing.has(rule.alarm) : rule.state === "OK" && !firing.has(rule.alarm);
  if ("not" in rule) return !holds(rule.not, firing);
  return rule.join === "AND" ? rule.of.every((inner) => holds(inner, firing)) : rule.of.some((inner) => holds(inner, firing));
}
