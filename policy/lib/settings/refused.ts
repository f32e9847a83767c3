import { type Finding, judge } from "../finding";
import type { Resource } from "../resource";
import type { Verdict } from "../rule";

/** The verdict on a resource that AWS does not take as it is: one message with everything that is found in it. */
export function refused(resource: Resource, findings: readonly Finding[]): Verdict {
  return judge(resource, `${resource.name} is refused`, findings);
}
