/** A time of each day or of one day of the week, in minutes from its beginning. The end is past a day or week when it goes over into the next. */
export interface Window {
  readonly start: number;
  readonly end: number;
}

const DAY = 24 * 60;
const WEEK = 7 * DAY;
const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const CLOCK = "([01]\\d|2[0-3]):([0-5]\\d)";
const DAILY = new RegExp(`^${CLOCK}-${CLOCK}$`);
const WEEKLY = new RegExp(`^(${DAYS.join("|")}):${CLOCK}-(${DAYS.join("|")}):${CLOCK}$`, "i");

/** Reads a window of every day, such as `03:00-04:00`; undefined for a text that is none. */
export function dailyWindow(value: string): Window | undefined {
  const match = DAILY.exec(value);
  if (match === null) return undefined;
  const [, fromHour = "", fromMinute = "", toHour = "", toMinute = ""] = match;
  return span(Number(fromHour) * 60 + Number(fromMinute), Number(toHour) * 60 + Number(toMinute), DAY);
}

/** Reads a window of every week, such as `sun:05:00-sun:06:00`; undefined for a text that is none. */
export function weeklyWindow(value: string): Window | undefined {
  const match = WEEKLY.exec(value);
  if (match === null) return undefined;
  const [, fromDay = "", fromHour = "", fromMinute = "", toDay = "", toHour = "", toMinute = ""] = match;
  const at = (day: string, hour: string, minute: string): number =>
    DAYS.indexOf(day.toLowerCase()) * DAY + Number(hour) * 60 + Number(minute);
  return span(at(fromDay, fromHour, fromMinute), at(toDay, toHour, toMinute), WEEK);
}

/** Minutes a window lasts. */
export function lengthOf({ start, end }: Window): number {
  return end - start;
}

/** Whether a window of every day and one of every week meet. */
export function meet(daily: Window, weekly: Window): boolean {
  const days = Array.from({ length: 9 }, (_, day) => (day - 1) * DAY);
  return days.some((day) => [0, WEEK].some((week) => daily.start + day + week < weekly.end && weekly.start < daily.end + day + week));
}

function span(start: number, end: number, period: number): Window {
  return { start, end: end > start ? end : end + period };
}
