import { INFREQUENT_ACCESS, STORAGE_CLASSES } from "../../../facts/limits-s3";
import { notKnown } from "../expect";
import type { Finding } from "../finding";
import { read, type Resource, text } from "../resource";
import { amount, inEach, unlessOneOf } from "../settings/amounts";

/** How one kind of objects moves from class to class: the current versions, or those that newer ones replaced. */
export interface Course {
  readonly transitions: string;
  /** Days of a transition, below its path. */
  readonly days: string;
  /** Days after which it is deleted. */
  readonly expiration: string;
}

export const COURSES: readonly Course[] = [
  { transitions: "transitions", days: "days", expiration: "expiration.days" },
  {
    transitions: "noncurrentVersionTransitions",
    days: "noncurrentDays",
    expiration: "noncurrentVersionExpiration.noncurrentDays",
  },
];

/** One move of which day and class are known. */
interface Move {
  readonly to: string;
  readonly day: number;
  readonly property: string;
}

/** What S3 refuses in one course of a lifecycle rule, which is at this path. A move on a date is not compared with others. */
export function courseFindings(resource: Resource, rule: string, course: Course): Finding[] {
  const list = `${rule}.${course.transitions}`;
  const moves: Move[] = [];
  const open = inEach(resource, list, (path) => {
    const classes = unlessOneOf(resource, `${path}.storageClass`, STORAGE_CLASSES.order);
    const day = read(resource, `${path}.${course.days}`);
    const to = text(read(resource, `${path}.storageClass`));
    if (day.state === "unknown") return [...classes, notKnown(`${path}.${course.days}`)];
    const days = amount(day);
    if (days !== undefined && to !== undefined) moves.push({ to, day: days, property: path });
    return classes;
  });
  return [...open, ...tooSoon(moves), ...outOfOrder(moves), ...afterTheEnd(moves, resource, `${rule}.${course.expiration}`)];
}

function tooSoon(moves: readonly Move[]): Finding[] {
  const infrequent: readonly string[] = INFREQUENT_ACCESS.classes;
  return moves
    .filter(({ to, day }) => infrequent.includes(to) && day < INFREQUENT_ACCESS.days)
    .map(({ to, day, property }) => ({ what: `it moves to ${to} after ${day} days, and ${INFREQUENT_ACCESS.days} are needed`, property }));
}

function outOfOrder(moves: readonly Move[]): Finding[] {
  const infrequent: readonly string[] = INFREQUENT_ACCESS.classes;
  const order: readonly string[] = STORAGE_CLASSES.order;
  const sorted = [...moves].sort((one, other) => order.indexOf(one.to) - order.indexOf(other.to));
  return sorted.slice(1).flatMap((move, index): Finding[] => {
    const before = sorted[index];
    if (before === undefined) return [];
    const wait = infrequent.includes(before.to) ? INFREQUENT_ACCESS.days : 1;
    if (move.day >= before.day + wait) return [];
    const what = `it moves to ${before.to} after ${before.day} days and to ${move.to} after ${move.day}, and ${wait} days must lie between`;
    return [{ what, property: move.property }];
  });
}

function afterTheEnd(moves: readonly Move[], resource: Resource, expiration: string): Finding[] {
  const reading = read(resource, expiration);
  if (reading.state === "unknown") return moves.length > 0 ? [notKnown(expiration)] : [];
  const end = amount(reading);
  if (end === undefined) return [];
  return moves
    .filter(({ day }) => day >= end)
    .map(({ to, day, property }) => ({ what: `it moves to ${to} after ${day} days and is deleted after ${end}`, property }));
}
