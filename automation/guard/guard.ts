import { allowFindings } from "./allowed";
import { dataFindings } from "./data";
import { destroyFindings } from "./destroy";
import { type GuardAbout, type GuardFinding } from "./finding";
import { outageFindings } from "./outage";
import { type GuardStep } from "./step";
import { budgetFindings, policyFindings } from "./verdicts";
import { worldOf } from "./world";

const ORDER: readonly GuardFinding["kind"][] = ["allow", "destroy", "replaces", "deletes", "outage", "policy", "budget"];

/**
 * What in a preview must not simply be carried out: data that would be lost, services that would be away, broken policies, money that nobody agreed to.
 * Pure: it reads steps, and does nothing. Sorted: first what stops, then by kind and URN.
 * @param steps of a preview, also of one that failed: see {@link stepsOfPreview} and {@link stepsOfEvents}.
 */
export function guard(steps: readonly GuardStep[], about: GuardAbout): GuardFinding[] {
  const world = worldOf(steps, about);
  const found: GuardFinding[] =
    about.operation === "destroy"
      ? destroyFindings(world)
      : [...dataFindings(world), ...outageFindings(world), ...policyFindings(about), ...budgetFindings(about)];
  return [...allowFindings(world, found), ...found].sort(compare);
}

/** Whether nothing may be done. */
export function stops(findings: readonly GuardFinding[]): boolean {
  return findings.some((finding) => finding.stops);
}

function compare(left: GuardFinding, right: GuardFinding): number {
  const kinds = ORDER.indexOf(left.kind) - ORDER.indexOf(right.kind);
  const [one, other] = [keyOf(left), keyOf(right)];
  return Number(right.stops) - Number(left.stops) || kinds || (one < other ? -1 : one > other ? 1 : 0);
}

function keyOf(finding: GuardFinding): string {
  return `${"urn" in finding ? (finding.urn ?? "") : ""} ${"given" in finding ? finding.given : ""} ${finding.what}`;
}
