import { type Json } from "../resource";

/** Source: "Resource units in Kubernetes" and the Quantity type of the Kubernetes API reference (2026-11). */
const SUFFIXES: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** The number that a quantity such as `100m`, `512Mi` or `0.5` stands for; undefined for what is none. */
export function quantity(value: Json): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value !== "string") return undefined;
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)([numkMGTPE]?|[KMGTPE]i)$/.exec(value.trim());
  const factor = match?.[2] === undefined ? undefined : SUFFIXES[match[2]];
  return match === null || factor === undefined ? undefined : Number(match[1]) * factor;
}
