/** How a value of the JSON is written on the page. */
export const FORMATS = {
  count: (value: unknown) => Number(value).toLocaleString("en-US"),
  usd: (value: unknown) => dollars(Number(value)),
  price: (value: unknown) => `$${Number(Number(value).toPrecision(6))}`,
  minutes: (value: unknown) => minutesText(Number(value)),
  ports: (value: unknown) => (Array.isArray(value) ? value : [value]).join(", "),
  rate: (value: unknown) => `${Number(Number(value).toPrecision(3))}/s`,
  quantity: (value: unknown) => Number(Number(value).toPrecision(6)).toLocaleString("en-US", { maximumFractionDigits: 6 }),
  text: (value: unknown) => String(value),
  input: (value: unknown) => inputText(value),
} as const;

export type Format = keyof typeof FORMATS;

/** From here on cents say nothing. */
const WHOLE_DOLLARS = 1_000;

/** US dollars: with cents up to a thousand. */
export function dollars(usd: number): string {
  const digits = Math.abs(usd) >= WHOLE_DOLLARS ? 0 : 2;
  return usd.toLocaleString("en-US", { style: "currency", currency: "USD", minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** Most letters of an input that are shown. */
const LONGEST_INPUT = 60;

/** An input of a resource, cut when it is long; `none` for one that is not there. */
function inputText(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "none");
  return text.length > LONGEST_INPUT ? `${text.slice(0, LONGEST_INPUT)}…` : text;
}

const SECONDS = 60;
/** Below this, a tenth of a minute says too little. */
const SHORT_MINUTES = 0.1;

function minutesText(minutes: number): string {
  if (minutes > 0 && minutes < SHORT_MINUTES) return `${decimal(minutes * SECONDS)} s`;
  return `${decimal(minutes)} min`;
}

function decimal(value: number): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: value < 100 ? 1 : 0 });
}

/** Where a value stands in the JSON: keys and places in lists; `length` counts a list. */
export type Path = readonly (string | number)[];

/** The value at a place; undefined when there is none. */
export function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) => (value === null || value === undefined ? undefined : Reflect.get(Object(value) as object, key)),
    data,
  );
}

/** How a place is written in the page, and read again. */
export function pathText(path: Path): string {
  return path.join("/");
}
