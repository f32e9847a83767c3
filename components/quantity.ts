import { z } from "zod";

/** What a quantity measures, with the factor from each unit to the base unit. */
const UNITS = {
  /** Base unit: requests (or messages, or runs) a second. */
  rate: { "/s": 1, "/min": 1 / 60, "/h": 1 / 3_600, "/day": 1 / 86_400 },
  /** Base unit: milliseconds. */
  duration: { ms: 1, s: 1_000, min: 60_000, h: 3_600_000, d: 86_400_000 },
  /** Base unit: MiB. */
  memory: { MiB: 1, GiB: 1_024, TiB: 1_048_576 },
} as const;

/** The dimensions a quantity of a descriptor or a stack file can have. */
export type Dimension = keyof typeof UNITS;

/**
 * Reads a number with its unit, such as `40/s`, `80ms` or `512MiB`.
 * @returns the value in the base unit of its dimension: a second, a millisecond, a MiB; `undefined` when it is not such a quantity.
 */
export function parseQuantity(text: string, dimension: Dimension): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*(\D+)$/.exec(text.trim());
  if (!match) return undefined;
  const units: Readonly<Record<string, number>> = UNITS[dimension];
  const factor = units[(match[2] ?? "").trim()];
  return factor === undefined ? undefined : Number(match[1]) * factor;
}

/** A zod schema for a quantity: text with a unit in, a number in the base unit out. */
export function quantity(dimension: Dimension, example: string) {
  const units = Object.keys(UNITS[dimension]);
  const pattern = new RegExp(`^\\d+(\\.\\d+)?\\s*(${units.map((unit) => unit.replace("/", "\\/")).join("|")})$`);
  return z
    .string()
    .regex(pattern, { error: `is not a ${dimension}; write a number with one of ${units.join(", ")}, such as ${example}` })
    .transform((text) => parseQuantity(text, dimension) ?? Number.NaN);
}
