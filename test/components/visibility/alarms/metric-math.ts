/** A value of a metric in one period; undefined when there was none. */
export type Sample = number | undefined;

/**
 * What CloudWatch's metric math makes of one period: the operators and functions that this project writes. A missing value makes everything it
 * is part of missing, except where FILL gives it one (CloudWatch user guide, "Using math expressions", 2026-11).
 * @throws {Error} for an expression that it cannot read.
 */
export function evaluate(expression: string, samples: Readonly<Record<string, Sample>>): Sample {
  const tokens = [...expression.matchAll(/\s*(\d+(?:\.\d+)?|[A-Za-z_][A-Za-z0-9_]*|[-+*/()[\],<>])/g)].map(([, token = ""]) => token);
  if (tokens.join("") !== expression.replace(/\s/g, "")) throw new Error(`cannot read ${expression}`);
  let at = 0;
  const peek = () => tokens[at];
  const take = (wanted?: string): string => {
    const token = tokens[at] ?? "the end";
    if (wanted !== undefined && token !== wanted) throw new Error(`wanted ${wanted}, got ${token} in ${expression}`);
    at += 1;
    return token;
  };
  const binary = (left: Sample, right: Sample, of: (a: number, b: number) => number): Sample =>
    left === undefined || right === undefined ? undefined : of(left, right);
  const list = (end: string): Sample[] => {
    const values: Sample[] = [];
    while (peek() !== end) {
      values.push(comparison());
      if (peek() === ",") take();
    }
    take(end);
    return values;
  };
  const call = (name: string): Sample => {
    take("(");
    if (name === "MAX") {
      take("[");
      const values = list("]");
      take(")");
      return values.reduce((left, right) => binary(left, right, Math.max));
    }
    const [first, second, third] = list(")");
    if (name === "FILL") return first ?? second;
    if (name === "IF") return first === undefined ? undefined : first === 0 ? third : second;
    throw new Error(`${name} is no function that is known here`);
  };
  const primary = (): Sample => {
    const token = take();
    if (token === "(") {
      const inner = comparison();
      take(")");
      return inner;
    }
    if (/^\d/.test(token)) return Number(token);
    if (peek() === "(") return call(token);
    if (!(token in samples)) throw new Error(`${token} is no metric of ${expression}`);
    return samples[token];
  };
  const product = (): Sample => {
    let value = primary();
    for (let operator = peek(); operator === "*" || operator === "/"; operator = peek()) {
      take();
      value = binary(value, primary(), operator === "*" ? (a, b) => a * b : (a, b) => a / b);
    }
    return value;
  };
  const sum = (): Sample => {
    let value = product();
    for (let operator = peek(); operator === "+" || operator === "-"; operator = peek()) {
      take();
      value = binary(value, product(), operator === "+" ? (a, b) => a + b : (a, b) => a - b);
    }
    return value;
  };
  const comparison = (): Sample => {
    const left = sum();
    if (peek() !== ">" && peek() !== "<") return left;
    const operator = take();
    return binary(left, sum(), (a, b) => Number(operator === ">" ? a > b : a < b));
  };
  const value = comparison();
  if (at !== tokens.length) throw new Error(`${tokens.slice(at).join(" ")} is left over in ${expression}`);
  // Division by zero is missing data.
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}
