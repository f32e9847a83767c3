import { makePlan, type Plan } from "../../../plan/plan";
import { ROOT } from "../../harness";
import { everyKind } from "./report";

let planned: Promise<Plan> | undefined;

async function make(): Promise<Plan> {
  const { document, stack } = await makePlan(ROOT, "prod");
  return { stack, document: { ...document, policy: everyKind().document.policy } };
}

/** Our own prod, with a verdict of every kind. Planned once for all tests of reports. */
export function plannedReport(): Promise<Plan> {
  return (planned ??= make());
}
