import { notKnown } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import { NOTIFICATION, type Sent, sentBy } from "../../../lib/functions/notifications";
import { elements, type Reading, type StackResource, text } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";

/** Two entries overlap when an object can match both filters for one kind of event. An entry without a filter matches every object. */
export const notificationFiltersDoNotOverlap = stackRule({
  id: "notification-filters-do-not-overlap",
  title: "No two entries of a bucket's notification take the same event of the same object",
  severity: "high",
  why: "S3 refuses a notification whose entries overlap in events, prefix and suffix.",
  fix: "Give the entries prefixes or suffixes that exclude each other, or send the event to one topic or to EventBridge (eventbridge: true) and from there to all.",
  links: ["https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html"],
  frameworks: [],
  check: (stack) =>
    stack.ofType(NOTIFICATION).map((notification) => judge(notification, `S3 refuses ${notification.name}`, overlaps(notification))),
});

function overlaps(notification: StackResource): Finding[] {
  const entries = sentBy(notification);
  if (entries === undefined) return [notKnown("bucket")];
  const pairs = entries.flatMap((one, index) => entries.slice(index + 1).map((other) => [one, other] as const));
  return pairs.flatMap(([one, other]): Finding[] => {
    const property = other.list;
    const answers = [sharesEvent(one, other), meet(one.prefix, other.prefix, "startsWith"), meet(one.suffix, other.suffix, "endsWith")];
    if (answers.includes(false)) return [];
    if (answers.includes(undefined))
      return [{ what: `whether entries of ${one.list} and ${other.list} overlap is not known yet`, property, unknown: true }];
    return [{ what: `an entry of ${one.list} and one of ${other.list} both take ${describe(other)}`, property }];
  });
}

function sharesEvent(one: Sent, other: Sent): boolean | undefined {
  const [first, second] = [elements(one.events), elements(other.events)];
  const known = (readings: readonly Reading[]): string[] => readings.flatMap((reading) => text(reading) ?? []);
  if (known(first).some((event) => known(second).some((event2) => sameEvent(event, event2)))) return true;
  return [...first, ...second].some(({ state }) => state === "unknown") ? undefined : false;
}

/** An event that ends in `*` holds all that begin like it. */
function sameEvent(one: string, other: string): boolean {
  return one === other || holds(one, other) || holds(other, one);
}

function holds(pattern: string, event: string): boolean {
  return pattern.endsWith("*") && event.startsWith(pattern.slice(0, -1));
}

/** Whether one end of a key can match both; an absent one matches every key. */
function meet(one: Reading, other: Reading, way: "startsWith" | "endsWith"): boolean | undefined {
  if (one.state === "absent" || other.state === "absent") return true;
  const [first, second] = [text(one), text(other)];
  if (first === undefined || second === undefined) return undefined;
  return first[way](second) || second[way](first);
}

function describe({ events, prefix, suffix }: Sent): string {
  const names = elements(events).flatMap((event) => text(event) ?? []);
  return `${names.join(", ")} of ${text(prefix) ?? ""}*${text(suffix) ?? ""}`;
}
