const MICRO = 1_000_000;

/** US dollars as whole millionths of a dollar, so that sums are exact. */
export function micro(usd: number): number {
  return Math.round(usd * MICRO);
}

/** US dollars of whole millionths. */
export function fromMicro(value: number): number {
  return value / MICRO;
}

/** The exact sum of amounts of whole millionths. */
export function sumUsd(amounts: readonly number[]): number {
  return fromMicro(amounts.reduce((sum, usd) => sum + micro(usd), 0));
}

/**
 * Shares an amount out by weight, to the millionth of a dollar: what rounding leaves goes to the largest rests.
 * @param weights not negative, with a sum above 0.
 */
export function shareOut(usd: number, weights: readonly number[]): number[] {
  const whole = micro(usd);
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const exact = weights.map((weight) => (whole * weight) / all);
  const parts = exact.map(Math.floor);
  const rest = whole - parts.reduce((sum, part) => sum + part, 0);
  const byRest = exact.map((value, index) => ({ index, rest: value - Math.floor(value) })).sort((one, other) => other.rest - one.rest);
  for (const { index } of byRest.slice(0, rest)) parts[index] = (parts[index] ?? 0) + 1;
  return parts.map(fromMicro);
}
