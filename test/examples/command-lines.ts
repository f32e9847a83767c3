/** The command's own words in lines of a shell, without the program and without quotes: `node bin/strata.js plan "$X"` is `plan $X`. */
export function commandLines(script: string): string[][] {
  return [...script.replace(/\\\n\s*/g, " ").matchAll(/(?:node bin\/strata\.js|npx strata|^strata) ([^\n|>&#;]*)/gm)].map(
    ([, words = ""]) =>
      words
        .trim()
        .split(/\s+/)
        .map((word) => word.replace(/^["']|["']$/g, "")),
  );
}
