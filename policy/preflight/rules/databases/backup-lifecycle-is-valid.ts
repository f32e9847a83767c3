import { BACKUP_WINDOWS, COLD_STORAGE, CONTINUOUS_BACKUP } from "../../../../facts/limits-backup";
import { notKnown } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import { read, readFlag, type Resource } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { amount, inEach, isSet, unlessWithin } from "../../../lib/settings/amounts";
import { unlessLeftOut, where } from "../../../lib/settings/conditions";
import { refused } from "../../../lib/settings/refused";

/** Left out, recovery points are kept for ever in warm storage, and a backup starts within one hour and ends within three. */
export const backupLifecycleIsValid = resourceRule({
  id: "backup-lifecycle-is-valid",
  title: "Recovery points stay 90 days in cold storage before they are deleted, and backups have the time to end",
  severity: "high",
  why: "AWS Backup refuses a plan that deletes within 90 days of the move to cold storage, keeps a continuous backup beyond 35 days, or ends before it starts.",
  fix: "Set lifecycle.deleteAfter to coldStorageAfter + 90 or more (35 or less with enableContinuousBackup), and completionWindow an hour above startWindow.",
  links: ["https://docs.aws.amazon.com/aws-backup/latest/APIReference/API_Lifecycle.html"],
  frameworks: [],
  types: ["aws:backup/plan:Plan"],
  check: (plan) => [
    refused(
      plan,
      inEach(plan, "rules", (rule) => [
        ...lifecycle(plan, `${rule}.lifecycle`),
        ...inEach(plan, `${rule}.copyActions`, (copy) => lifecycle(plan, `${copy}.lifecycle`)),
        ...continuous(plan, rule),
        ...windows(plan, rule),
      ]),
    ),
  ],
});

function lifecycle(plan: Resource, at: string): Finding[] {
  const property = `${at}.deleteAfter`;
  const [cold, end] = [read(plan, `${at}.coldStorageAfter`), read(plan, property)];
  const days = amount(end);
  if (cold.state === "absent" || end.state === "absent" || amount(cold) === 0 || days === 0) return [];
  const moved = amount(cold);
  if (moved === undefined || days === undefined) return [notKnown(property)];
  return days >= moved + COLD_STORAGE.days
    ? []
    : [{ what: `${property} is ${days}, less than ${COLD_STORAGE.days} days after the move to cold storage on day ${moved}`, property }];
}

function continuous(plan: Resource, rule: string): readonly Finding[] {
  const property = `${rule}.enableContinuousBackup`;
  const cold = unlessLeftOut(plan, `${rule}.lifecycle.coldStorageAfter`, `${property} is on and it moves to cold storage`);
  const kept = isSet(plan, `${rule}.lifecycle.deleteAfter`)
    ? unlessWithin(plan, `${rule}.lifecycle.deleteAfter`, { least: 1, most: CONTINUOUS_BACKUP.days }, "days of a continuous backup")
    : [{ what: `${property} is on and its recovery points are kept for ever`, property }];
  return where(readFlag(plan, property, false), property, [...cold, ...kept]);
}

function windows(plan: Resource, rule: string): Finding[] {
  const { startsWithin, defaultStart, defaultCompletion } = BACKUP_WINDOWS;
  const minutes = (property: string, byDefault: number): number | undefined => {
    const reading = read(plan, `${rule}.${property}`);
    return reading.state === "absent" ? byDefault : amount(reading);
  };
  const [start, end] = [minutes("startWindow", defaultStart), minutes("completionWindow", defaultCompletion)];
  const property = `${rule}.completionWindow`;
  if (start === undefined || end === undefined) return [notKnown(property)];
  if (start < startsWithin)
    return [{ what: `startWindow is ${start} minutes, and ${startsWithin} are needed`, property: `${rule}.startWindow` }];
  return end >= start + 60
    ? []
    : [{ what: `completionWindow is ${end} minutes and startWindow ${start}: an hour must lie between`, property }];
}
