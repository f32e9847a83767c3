import { type Fault } from "../../faults";

/** One ring of points of a series. */
export interface Archive {
  readonly secondsPerPoint: number;
  readonly points: number;
}

const UNIT_SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, min: 60, h: 3_600, d: 86_400, w: 604_800, y: 31_536_000 };
const ARCHIVE = /^(\d+)(s|min|m|h|d|w|y)?:(\d+)(s|min|m|h|d|w|y)?$/;
const EXAMPLE = "write archives from fine to coarse, such as 10s:1d,60s:7d,10m:90d";

/** Seconds of a number with its unit, as carbon reads it; without a unit they are seconds. */
function seconds(count: string | undefined, unit: string | undefined): number {
  return Number(count) * (UNIT_SECONDS[unit ?? "s"] ?? Number.NaN);
}

/**
 * Reads a retention as carbon's storage-schemas.conf spells it: `<time a point stands for>:<how long>` from fine to coarse. How long without a
 * unit is a number of points.
 * @param key where it stands, for faults.
 * @returns its archives, or everything that Whisper would refuse or that would lose points (Whisper reference, "Archives", 2026-11).
 */
export function readRetention(key: string, text: string): { readonly archives: readonly Archive[]; readonly faults: readonly Fault[] } {
  const archives: Archive[] = [];
  const faults: Fault[] = [];
  const fault = (what: string, got: string, right: string) => faults.push({ key, what, got, right });
  for (const part of text.split(",").map((one) => one.trim())) {
    const [, count, unit, length, lengthUnit] = ARCHIVE.exec(part) ?? [];
    const secondsPerPoint = seconds(count, unit);
    const points = lengthUnit === undefined ? Number(length) : Math.floor(seconds(length, lengthUnit) / secondsPerPoint);
    if (secondsPerPoint > 0 && points > 0) archives.push({ secondsPerPoint, points });
    else fault("has an archive that is none", part, EXAMPLE);
  }
  if (faults.length > 0) return { archives, faults };
  archives.slice(1).forEach((coarse, index) => {
    const fine = archives[index];
    if (!fine) return;
    const pair = `${archiveText(fine)},${archiveText(coarse)}`;
    const ratio = coarse.secondsPerPoint / fine.secondsPerPoint;
    if (ratio <= 1) fault("does not go from fine to coarse", pair, EXAMPLE);
    else if (!Number.isInteger(ratio))
      fault(
        "has an archive that does not divide the next",
        pair,
        `let ${coarse.secondsPerPoint}s be a multiple of ${fine.secondsPerPoint}s`,
      );
    else if (coarse.secondsPerPoint * coarse.points <= fine.secondsPerPoint * fine.points)
      fault("has an archive that does not reach further back than the one before", pair, "let each coarser archive be longer");
    else if (fine.points < ratio)
      fault("has an archive too short to make one point of the next", pair, `give the finer one at least ${ratio} points`);
  });
  return { archives, faults };
}

/** An archive as storage-schemas.conf takes it, in seconds and points. */
export function archiveText({ secondsPerPoint, points }: Archive): string {
  return `${secondsPerPoint}s:${points}`;
}

/** Seconds between two points as they are sent: of the finest archive. */
export function intervalOf(archives: readonly Archive[]): number {
  const [finest] = archives;
  if (!finest) throw new Error("a retention has at least one archive");
  return finest.secondsPerPoint;
}
