/** What a service takes as a schedule. */
export interface ScheduleWays {
  /** `at(2026-12-01T08:00:00)`, once. */
  readonly once: boolean;
  /** `rate(1 hours)` is refused: one is `hour`, more are `hours`. */
  readonly strictUnits: boolean;
}

const RATE = /^rate\((\d+) (minute|hour|day)(s?)\)$/;
const AT = /^at\(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\)$/;
const CRON = /^cron\((.+)\)$/;

/** A field of a cron expression of AWS, of which there are six. Source: "Cron expressions", EventBridge user guide (2026-11). */
interface Field {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly names?: readonly string[];
  /** Whether `?`, `L`, `W` and `#` may stand in it. */
  readonly days?: boolean;
}

const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const DAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

const FIELDS: readonly Field[] = [
  { name: "minutes", least: 0, most: 59 },
  { name: "hours", least: 0, most: 23 },
  { name: "day of month", least: 1, most: 31, days: true },
  { name: "month", least: 1, most: 12, names: MONTHS },
  { name: "day of week", least: 1, most: 7, names: DAYS, days: true },
  { name: "year", least: 1970, most: 2199 },
];
const DAY_OF_MONTH = 2;
const DAY_OF_WEEK = 4;

/** What is wrong with a schedule; undefined when nothing is. */
export function scheduleFault(expression: string, { once, strictUnits }: ScheduleWays): string | undefined {
  const cron = CRON.exec(expression)?.[1];
  if (cron !== undefined) return cronFault(cron);
  if (AT.test(expression)) return once ? undefined : "at() is not taken here";
  const [, amount, , plural] = RATE.exec(expression) ?? [];
  if (amount === undefined) return `it is no ${once ? "rate(), cron() or at()" : "rate() or cron()"}`;
  if (Number(amount) === 0) return "its rate is 0";
  if (strictUnits && (Number(amount) === 1) !== (plural === "")) return "its unit is singular for 1 and plural for more";
  return undefined;
}

function cronFault(cron: string): string | undefined {
  const values = cron.trim().split(/\s+/);
  if (values.length !== FIELDS.length) return `it has ${values.length} fields of ${FIELDS.length}, minutes to year`;
  for (const [index, field] of FIELDS.entries()) {
    const value = values[index] ?? "";
    if (!value.split(",").every((part) => fits(part, field))) return `its ${field.name} is "${value}"`;
  }
  const open = [values[DAY_OF_MONTH], values[DAY_OF_WEEK]].filter((value) => value === "?").length;
  return open === 1 ? undefined : "exactly one of its day of month and day of week is to be ?";
}

function fits(part: string, field: Field): boolean {
  if (part === "*") return true;
  if (field.days === true && (part === "?" || /^(L|LW|\d{1,2}W|\dL|(\d|[A-Z]{3})#[1-5])$/.test(part))) return true;
  const [range = "", step, ...more] = part.split("/");
  if (more.length > 0 || (step !== undefined && !/^[1-9]\d*$/.test(step))) return false;
  // `/8` is every eighth, as `*/8`.
  if (["*", ""].includes(range) && step !== undefined) return true;
  const ends = range.split("-");
  return ends.length <= 2 && ends.every((end) => isValue(end, field));
}

function isValue(value: string, { least, most, names = [] }: Field): boolean {
  if (names.includes(value.toUpperCase())) return true;
  return /^\d+$/.test(value) && least <= Number(value) && Number(value) <= most;
}
