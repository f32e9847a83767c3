import { type Finding, judge } from "../finding";
import type { PolicyStatement } from "../policy-document";
import { read, type Reading, type Resource } from "../resource";
import type { Verdict } from "../rule";
import { isPublic } from "./principals";
import { documentFindings, found, valuesOf } from "./statements";

/** What is found in a policy of a resource that lets the world do something. */
export function publicFindings(reading: Reading, property: string): Finding[] {
  return documentFindings(reading, property, (statement, name) => publicFinding(statement, name, property));
}

/** What is found in a statement that lets the world do something. */
export function publicFinding(statement: PolicyStatement, name: string, property: string): Finding[] {
  const actions = valuesOf(statement["Action"]).texts.join(", ") || "everything but what it names";
  return found(isPublic(statement), `${name} allows ${actions} to everyone`, property);
}

/** The verdict on a resource that holds such a policy; none where it has no policy of its own. */
export function publicVerdicts(resource: Resource, property: string): Verdict[] {
  const reading = read(resource, property);
  if (reading.state === "absent") return [];
  return [judge(resource, `${resource.name} is open to the world`, publicFindings(reading, property))];
}
