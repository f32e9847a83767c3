import { z } from "zod";
import { DURABLE_CONFIG, isDurable } from "../../../lib/durable";
import { unless } from "../../../lib/expect";
import { judge } from "../../../lib/finding";
import { number } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";

const PROPERTY = "deletionWindowInDays";

const config = z.strictObject({
  ...DURABLE_CONFIG,
  minimumDays: z.number().int().min(7).max(30).default(14).describe("For how many days KMS must at least keep a key that was deleted."),
});

/** KMS waits 30 days unless told otherwise. */
export const keyDeletionWaits = stackRule({
  id: "key-deletion-waits",
  title: "A key of a durable environment is kept for a while after its deletion",
  severity: "medium",
  why: "A key that is gone takes every store, backup and log with it that it encrypted; the waiting time is all there is to notice it.",
  fix: `Set ${PROPERTY} to 30, or leave it out.`,
  links: ["https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html"],
  frameworks: [],
  config,
  check: (stack, { durable, minimumDays }) =>
    stack.ofType("aws:kms/key:Key", "aws:kms/replicaKey:ReplicaKey", "aws:kms/externalKey:ExternalKey").flatMap((key) => {
      const asked = isDurable(key, stack, durable);
      if (asked === false) return [];
      const findings = unless(key, PROPERTY, {
        accepts: (days) => (number({ state: "known", value: days }) ?? 0) >= minimumDays,
        absent: "fine",
        what: `${PROPERTY} is below ${minimumDays}`,
      });
      const excuse =
        asked === undefined ? { given: undefined, what: "whether its environment is durable", property: "durable" } : undefined;
      return [judge(key, `${key.name} is gone soon after its deletion`, findings, excuse)];
    }),
});
