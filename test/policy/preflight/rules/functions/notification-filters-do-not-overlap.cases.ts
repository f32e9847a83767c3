import { notificationFiltersDoNotOverlap as rule } from "../../../../../policy/preflight/rules/functions/notification-filters-do-not-overlap";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Inputs } from "../../../stack";

const NOTIFICATION = "aws:s3/bucketNotification:BucketNotification";
const ALL = ["s3:ObjectCreated:*"];

function sends(queues: readonly Inputs[], lambdaFunctions: readonly Inputs[] = []): Given {
  return (stack) => stack.add(NOTIFICATION, "uploads", { bucket: "uploads", queues, lambdaFunctions });
}

export const cases: RuleCases = {
  rule,
  pass: {
    "of two prefixes": sends([
      { events: ALL, filterPrefix: "in/" },
      { events: ALL, filterPrefix: "out/" },
    ]),
    "of two suffixes": sends([{ events: ALL, filterSuffix: ".jpg" }], [{ events: ALL, filterSuffix: ".png" }]),
    "of two kinds of events": sends([{ events: ALL }], [{ events: ["s3:ObjectRemoved:*"] }]),
  },
  fail: {
    "of one prefix inside the other": {
      given: sends([{ events: ALL, filterPrefix: "in/" }], [{ events: ALL, filterPrefix: "in/new/" }]),
      says: /S3 refuses uploads: an entry of lambdaFunctions and one of queues both take s3:ObjectCreated:\* of in\/\*/,
    },
    "of an event that the other holds": {
      given: sends([{ events: ALL }, { events: ["s3:ObjectCreated:Put"] }]),
      says: /both take s3:ObjectCreated:Put/,
    },
    "of a prefix and a suffix, which one object can have": {
      given: sends([
        { events: ALL, filterPrefix: "in/" },
        { events: ALL, filterSuffix: ".jpg" },
      ]),
      says: /both take/,
    },
  },
  absent: {
    "of a filter, which takes every object": {
      given: sends([{ events: ALL }, { events: ALL }]),
      says: /both take s3:ObjectCreated:\* of \*/,
    },
    "of an entry": { given: (stack) => stack.add(NOTIFICATION, "uploads", { bucket: "uploads", eventbridge: true }), says: "pass" },
  },
  unknown: {
    "while a prefix is not known": sends([
      { events: ALL, filterPrefix: UNKNOWN },
      { events: ALL, filterPrefix: "in/" },
    ]),
    "while a list is not known": (stack) => stack.add(NOTIFICATION, "uploads", { bucket: "uploads", queues: UNKNOWN }),
  },
  mutations: {
    "a bucket sends every object twice": (stack) => {
      const notification = stack.one(NOTIFICATION, "access-logs");
      const own = notification.inputs["queues"];
      const [first] = Array.isArray(own) ? own : [];
      stack.set(notification, "queues", [first ?? null, first ?? null]);
    },
  },
};
