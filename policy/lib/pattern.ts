const compiled = new Map<string, RegExp>();

/**
 * Whether a text is what a pattern means: `*` stands for any characters and `?` for one, `/`, `:` and `$` among them; all else stands for itself.
 * Libraries of globs read paths: to them `/`, a leading dot, `|` and brackets, all of them usual in URNs and names, mean something else.
 */
export function matches(pattern: string, text: string): boolean {
  let expression = compiled.get(pattern);
  if (expression === undefined) {
    const escaped = pattern
      .replace(/[\\^$.|+()[\]{}]/g, "\\$&")
      .replace(/\*+/g, ".*")
      .replaceAll("?", ".");
    expression = new RegExp(`^${escaped}$`, "s");
    compiled.set(pattern, expression);
  }
  return expression.test(text);
}
