import { Cron } from "croner";
import { type Fault } from "../faults";

const RIGHT = "write cron(minute hour day-of-month month day-of-week year), such as cron(0 3 * * ? *), or rate(5 minutes)";
const RATE = /^rate\((\d+) (minute|hour|day)(s?)\)$/;
const CRON = /^cron\((\S+(?: \S+){5})\)$/;
/** Every wildcard EventBridge knows stands in its own fields; others, such as a step without a start, are refused. */
const FIELD = /^(?:\?|\*|(?:[\dA-Z]+(?:[-#][\dA-Z]+)?|\*)(?:\/\d+)?(?:,[\dA-Z]+(?:-[\dA-Z]+)?)*)$/;
const LATEST_YEAR = 2199;
/** A start for the search of the first run: before it, there is no year that the expression could name. */
const EARLIEST = new Date("1970-01-01T00:00:00Z");

/**
 * What is wrong with a schedule as EventBridge Scheduler spells it, or nothing.
 * Source: EventBridge Scheduler user guide, "Schedule types" (2026-11): six fields, days of the week 1 to 7 from Sunday, exactly one of the two
 * days `?`, years 1970 to 2199; `rate` with a whole number of minutes, hours or days, and the singular after 1.
 */
export function scheduleFaults(key: string, expression: string): Fault[] {
  const fault = (what: string, right = RIGHT): Fault[] => [{ key, what, got: expression, right }];
  const rate = RATE.exec(expression);
  if (rate) return rateFaults(fault, Number(rate[1]), rate[2] ?? "", rate[3] === "s");
  const fields = CRON.exec(expression)?.[1]?.split(" ");
  if (!fields) return fault("is not a schedule");
  if (fields.some((field) => !FIELD.test(field)))
    return fault("is not a schedule: a field is spelled in a way that EventBridge does not know");
  const [, , dayOfMonth, , dayOfWeek, year = "*"] = fields;
  if ((dayOfMonth === "?") === (dayOfWeek === "?")) return fault("needs ? for exactly one of day-of-month and day-of-week");
  if ((year.match(/\d{4,}/g) ?? []).some((one) => Number(one) > LATEST_YEAR)) return fault(`names a year after ${LATEST_YEAR}`);
  return cronFaults(fault, fields);
}

function rateFaults(fault: (what: string, right?: string) => Fault[], value: number, unit: string, plural: boolean): Fault[] {
  if (value === 0) return fault("never runs", "give at least 1");
  if (plural === (value === 1)) return fault("mixes singular and plural", `write rate(${value} ${unit}${value === 1 ? "" : "s"})`);
  return [];
}

function cronFaults(fault: (what: string, right?: string) => Fault[], fields: readonly string[]): Fault[] {
  try {
    // The seconds that croner wants in front are those at which EventBridge runs: it has no finer grain than the minute.
    const cron = new Cron(`0 ${fields.join(" ")}`, {
      mode: "7-part",
      alternativeWeekdays: true,
      sloppyRanges: true,
      timezone: "UTC",
      paused: true,
    });
    return cron.nextRun(EARLIEST) ? [] : fault("never runs: no such day exists");
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    // Without the number: croner counts days and months from 0, and what was written stands beside it.
    return fault(`is not a schedule: ${error.message.replace(/^CronPattern: /, "").replace(/: -?\d+$/, "")}`);
  }
}
