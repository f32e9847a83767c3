const BINARY: Readonly<Record<string, number>> = { Ki: 1 / 1_048_576, Mi: 1 / 1_024, Gi: 1, Ti: 1_024 };
const DECIMAL: Readonly<Record<string, number>> = { "": 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12 };
const GIB = 1_073_741_824;
const MILLI = 1_000;

/** GiB of a size as Kubernetes writes it, such as `50Gi`; undefined for a text that is none. */
export function gibOf(size: string): number | undefined {
  const [, digits = "", suffix = ""] = /^(\d+(?:\.\d+)?)([A-Za-z]*)$/.exec(size) ?? [];
  const times = BINARY[suffix] ?? (DECIMAL[suffix] === undefined ? undefined : DECIMAL[suffix] / GIB);
  return digits === "" || times === undefined ? undefined : Number(digits) * times;
}

/** vCPU of an amount as Kubernetes writes it, such as `250m` or `2`; undefined for a text that is none. */
export function cpuOf(amount: string): number | undefined {
  const [, digits = "", milli = ""] = /^(\d+(?:\.\d+)?)(m?)$/.exec(amount) ?? [];
  return digits === "" ? undefined : Number(digits) / (milli === "" ? 1 : MILLI);
}
