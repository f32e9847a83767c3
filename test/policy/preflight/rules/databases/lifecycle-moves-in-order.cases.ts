import { UNKNOWN } from "../../../../../policy/lib/resource";
import { lifecycleMovesInOrder as rule } from "../../../../../policy/preflight/rules/databases/lifecycle-moves-in-order";
import { type RuleCases } from "../../../cases";
import { type Input } from "../../../stack";
import { like } from "../../given";

const CONFIGURATION = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
const to = (storageClass: string, days: Input) => ({ storageClass, days });
const rules = (transitions: Input, expiration: Input = null) =>
  like(CONFIGURATION, { rules: [{ id: "a", status: "Enabled", transitions, expiration }] })();

export const cases: RuleCases = {
  rule,
  pass: {
    "from warm to cold": rules([to("STANDARD_IA", 30), to("GLACIER_IR", 60), to("DEEP_ARCHIVE", 180)], { days: 365 }),
    "in any order of writing": rules([to("DEEP_ARCHIVE", "180"), to("STANDARD_IA", 30)]),
    "to Glacier at once": rules([to("GLACIER", 1)]),
    "on a date": rules([{ storageClass: "STANDARD_IA", date: "2027-01-01" }]),
  },
  fail: {
    "to infrequent access after a week": {
      given: rules([to("STANDARD_IA", 7)]),
      says: /it moves to STANDARD_IA after 7 days, and 30 are needed/,
    },
    "back to a warmer class": {
      given: rules([to("GLACIER", 30), to("STANDARD_IA", 90)]),
      says: /STANDARD_IA after 90 days and to GLACIER after 30/,
    },
    "on from infrequent access too soon": { given: rules([to("STANDARD_IA", 30), to("GLACIER", 45)]), says: /30 days must lie between/ },
    "after the deletion": {
      given: rules([to("GLACIER", 90)], { days: 90 }),
      says: /moves to GLACIER after 90 days and is deleted after 90/,
    },
    "of a class that there is not": { given: rules([to("COLD", 90)]), says: /storageClass is "COLD"/ },
    "of versions that newer ones replaced": {
      given: like(CONFIGURATION, {
        rules: [{ id: "a", noncurrentVersionTransitions: [{ storageClass: "ONEZONE_IA", noncurrentDays: 5 }] }],
      })(),
      says: /ONEZONE_IA after 5 days/,
    },
    "within a bucket, as older programs have it": {
      given: like("aws:s3/bucket:Bucket", { lifecycleRules: [{ enabled: true, transitions: [to("STANDARD_IA", 7)] }] })(),
      says: /STANDARD_IA after 7 days/,
    },
  },
  absent: {
    "without transitions": { given: rules(null, { days: 30 }), says: "pass" },
    "of a bucket without rules": { given: like("aws:s3/bucket:Bucket", {})(), says: "nothing" },
  },
  unknown: {
    "while the day of the deletion is not known": rules([to("GLACIER", 90)], { days: UNKNOWN }),
    "while the days are not known": rules([to("STANDARD_IA", UNKNOWN)]),
    "while the rules are not known": like(CONFIGURATION, { rules: UNKNOWN })(),
  },
  mutations: {
    "logs move to infrequent access after a week": (stack) =>
      stack.set(stack.one(CONFIGURATION), ["rules", 0, "transitions"], [{ storageClass: "STANDARD_IA", days: 7 }]),
    "files move to the archive and back": (stack) =>
      stack.set(
        stack.one(CONFIGURATION, "visibility-files"),
        ["rules", 0, "transitions"],
        [
          { storageClass: "DEEP_ARCHIVE", days: 1 },
          { storageClass: "GLACIER", days: 2 },
        ],
      ),
  },
};
