import type { Finding } from "../finding";
import type { PolicyStatement } from "../policy-document";
import { every, read, some, type StackResource, type Tri } from "../resource";
import { isForEveryone } from "./principals";
import { conditionOf, covers, documentOf, hasEffect, someOf, valuesOf } from "./statements";

/** What a policy must refuse to everyone who comes without TLS. */
export interface Refused {
  /** Such as `sqs:*`. */
  readonly action: string;
  /** The resources that must be among those of the statement; each gives a pattern that one of them must fit. Default: any will do. */
  readonly resources?: readonly RegExp[];
}

/** Where a policy stands: the resource and the property. */
export type PolicyPlace = readonly [holder: StackResource, property: string];

/** Whether nothing is known of the policies of a resource but that there are some: then the rule about public policies tells so, and no other. */
export function isUntold(places: readonly PolicyPlace[]): boolean {
  const states = places.map(([holder, property]) => read(holder, property).state);
  return states.includes("unknown") && !states.includes("known");
}

/** What is found where no policy refuses requests without TLS. `unclear`: there may be one more, of which nobody knows yet whose it is. */
export function plaintextFindings(places: readonly PolicyPlace[], refused: Refused, unclear: boolean): Finding[] {
  const refuses = places.flatMap(([holder, property]) => refusals(holder, property, refused));
  const known = some([...refuses, unclear ? undefined : false]);
  if (known === true) return [];
  if (known === undefined) return [{ what: "its policy is not known yet", property: "policy", unknown: true }];
  return [
    { what: refuses.length === 0 ? "it has no policy" : "no statement denies requests without aws:SecureTransport", property: "policy" },
  ];
}

function refusals(holder: StackResource, property: string, refused: Refused): Tri[] {
  const document = documentOf(read(holder, property));
  if (document.state === "absent") return [];
  if (document.state !== "known") return [undefined];
  return [some(document.statements.map((statement) => statement && refusesPlaintext(statement, refused)))];
}

function refusesPlaintext(statement: PolicyStatement, { action, resources = [] }: Refused): Tri {
  const named = valuesOf(statement["Resource"]);
  return every([
    hasEffect(statement, "Deny"),
    "NotPrincipal" in statement ? false : isForEveryone(statement),
    someOf(valuesOf(statement["Action"]), (pattern) => covers(pattern, action)),
    ...resources.map((fitting) => someOf(named, (resource) => fitting.test(resource))),
    isOnlyPlaintext(statement),
  ]);
}

/** Whether the condition is that there is no TLS, and nothing else that would let some through. */
function isOnlyPlaintext(statement: PolicyStatement): Tri {
  const tests = conditionOf(statement);
  if (tests === undefined) return undefined;
  const [test] = tests;
  if (test === undefined || tests.length > 1 || test.key !== "aws:securetransport" || !/^Bool(IfExists)?$/i.test(test.operator))
    return false;
  return someOf(test.values, (value) => value === "false");
}
