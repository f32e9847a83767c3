import { type InFlight, type Snapshot } from "./progress";

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** Seconds as a person says them: `42s`, `3m 05s`, `1h 02m`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < MINUTE) return `${whole}s`;
  if (whole < HOUR) return `${Math.floor(whole / MINUTE)}m ${String(whole % MINUTE).padStart(2, "0")}s`;
  return `${Math.floor(whole / HOUR)}h ${String(Math.floor((whole % HOUR) / MINUTE)).padStart(2, "0")}m`;
}

/** An estimate, no more exact than it is: whole minutes from two minutes on. */
export function about(seconds: number): string {
  return seconds < 2 * MINUTE
    ? `about ${duration(Math.ceil(seconds / 5) * 5)}`
    : `about ${duration(Math.ceil(seconds / MINUTE) * MINUTE).replace(" 00s", "")}`;
}

/** `aws:msk/cluster:Cluster` as `msk Cluster`. */
export function shortType(type: string): string {
  const [, module = "", name = ""] = type.split(":");
  return `${module.split("/")[0] ?? ""} ${name}`.trim();
}

/** 1234 as `1,234`. */
export function count(number: number): string {
  return number.toLocaleString("en-US");
}

export function percent(fraction: number): string {
  return `${Math.floor(fraction * 100)} %`;
}

/** How long an operation has been in flight, and what it usually takes. */
export function sinceAndUsual({ elapsedSeconds, usualSeconds = 0 }: InFlight): string {
  const usual = usualSeconds >= MINUTE ? ` of ${about(usualSeconds)}` : "";
  return `${duration(elapsedSeconds)}${usual}`;
}

/** Where an operation is, in one line. */
export function summary({ previewing, fraction, done, total, failed, elapsedSeconds, leftSeconds }: Snapshot): string {
  if (previewing) return `looking what there is to do, ${duration(elapsedSeconds)}`;
  const parts = [
    `${percent(fraction)}, ${count(done)} of ${count(total)}`,
    ...(failed > 0 ? [`${count(failed)} failed`] : []),
    duration(elapsedSeconds),
    ...(leftSeconds === undefined || leftSeconds === 0 ? [] : [`${about(leftSeconds)} left`]),
  ];
  return parts.join(", ");
}
