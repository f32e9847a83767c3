import { DELETION_WINDOWS, type DeletionWindow } from "../../../../facts/limits-keys";
import { notKnown } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import { number, read, type Resource } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";

const WINDOWS: Readonly<Record<string, DeletionWindow>> = DELETION_WINDOWS;
const PROPERTIES: Readonly<Record<string, string>> = {
  "aws:kms/key:Key": "deletionWindowInDays",
  "aws:secretsmanager/secret:Secret": "recoveryWindowInDays",
};

/** Left out, both can be had back for 30 days. */
export const deletionWindowIsAccepted = resourceRule({
  id: "deletion-window-is-accepted",
  title: "A key or a secret can be had back for 7 to 30 days",
  severity: "medium",
  why: "AWS takes no other number of days, but says so only when it is to be deleted, and then the deletion fails.",
  fix: "Set deletionWindowInDays of a key to 7 to 30, recoveryWindowInDays of a secret to 7 to 30 or, to lose it at once, 0.",
  links: [DELETION_WINDOWS["aws:kms/key:Key"].source],
  frameworks: [],
  types: Object.keys(PROPERTIES),
  check: (resource) => [judge(resource, `AWS refuses to delete ${resource.name}`, windowFindings(resource))],
});

function windowFindings(resource: Resource): Finding[] {
  const property = PROPERTIES[resource.type];
  const window = WINDOWS[resource.type];
  if (property === undefined || window === undefined) return [];
  const reading = read(resource, property);
  if (reading.state === "absent") return [];
  if (reading.state === "unknown") return [notKnown(property)];
  const days = number(reading);
  if (days !== undefined && ((days === 0 && window.none) || (window.least <= days && days <= window.most))) return [];
  return [{ what: `${property} is ${JSON.stringify(reading.value)}, not ${window.least} to ${window.most}`, property }];
}
