import { z } from "zod";
import { type Finding, judge } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { hasReason, REASON_CONFIG } from "../../../lib/reason";
import { number, read, type StackResource, text } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";

const SECRET = "aws:secretsmanager/secret:Secret";
const ROTATION = "aws:secretsmanager/secretRotation:SecretRotation";

const config = z.strictObject({
  reasonTag: REASON_CONFIG.reasonTag,
  maximumDays: z.number().int().min(1).max(1000).default(90).describe("After how many days a secret must be rotated at the latest."),
});

/** Looks at the whole stack: the rotation of a secret is a resource of its own. */
export const secretRotates = stackRule({
  id: "secret-rotates",
  title: "Every secret is rotated in time, unless it says why it can't be",
  severity: "medium",
  why: "A password that leaked works until it is changed, and one that was never changed automatically is changed by nobody.",
  fix: "Add a SecretRotation with a function that changes the secret where it is used; say in a tag strata:because why one can't be rotated, as a key that somebody else gives out.",
  links: ["https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html"],
  frameworks: [
    { name: "FSBP", id: "SecretsManager.1" },
    { name: "FSBP", id: "SecretsManager.4" },
    { name: "Checkov", id: "CKV_AWS_304" },
    { name: "Checkov", id: "CKV2_AWS_57" },
    { name: "AwsSolutions", id: "SMG4" },
  ],
  config,
  check: (stack, { reasonTag, maximumDays }) =>
    stack.ofType(SECRET).map((secret) =>
      judge(secret, `${secret.name} is not rotated in time`, findings(secret, stack, maximumDays), {
        given: hasReason(secret, { reasonTag }),
        what: "whether it says why",
        property: "tags",
      }),
    ),
});

function findings(secret: StackResource, stack: StackGraph, maximumDays: number): Finding[] {
  const [rotation] = stack.referring(secret, "secretId", [ROTATION]);
  if (rotation !== undefined) return tooSeldom(rotation, maximumDays);
  const unclear = stack.ofType(ROTATION).some((other) => stack.reference(other, "secretId", [SECRET])?.kind === "unknown");
  return unclear
    ? [{ what: "which secrets are rotated is not known yet", property: "name", unknown: true }]
    : [{ what: "it has no rotation", property: "name" }];
}

function tooSeldom(rotation: StackResource, maximumDays: number): Finding[] {
  const property = "rotationRules";
  const rules = read(rotation, property);
  const [days, schedule] = [read(rotation, `${property}.automaticallyAfterDays`), read(rotation, `${property}.scheduleExpression`)];
  if (rules.state === "unknown" || days.state === "unknown" || schedule.state === "unknown")
    return [{ what: "how often it is rotated is not known yet", property, unknown: true }];
  const every = number(days) ?? daysOf(text(schedule) ?? "");
  if (every === undefined) return [{ what: `how often "${text(schedule) ?? ""}" is can't be told`, property, unknown: true }];
  return every > maximumDays ? [{ what: `it is rotated every ${every} days; asked for are ${maximumDays} at most`, property }] : [];
}

/** The days between two rotations of a schedule such as `rate(10 days)` or `cron(0 8 1 * ? *)`, at the most. */
function daysOf(schedule: string): number | undefined {
  const [, count, unit] = /^rate\((\d+) (hour|day)s?\)$/.exec(schedule) ?? [];
  if (count !== undefined) return unit === "hour" ? Math.ceil(Number(count) / 24) : Number(count);
  const month = /^cron\(\S+ \S+ \S+ (\S+) \S+ \S+\)$/.exec(schedule)?.[1];
  if (month === undefined) return undefined;
  if (month === "*") return 31;
  const step = /\/(\d+)$/.exec(month)?.[1];
  return step === undefined ? Math.ceil(12 / month.split(",").length) * 31 : Number(step) * 31;
}
