import { type Rivals, rivalsOf } from "../../../lib/claims";
import { NOTIFICATION } from "../../../lib/functions/notifications";
import type { StackGraph } from "../../../lib/graph";
import { fail, notEvaluated, pass, stackRule } from "../../../lib/rule";
import { BUCKETS } from "../../../lib/stores/buckets";

export const bucketHasOneNotification = stackRule({
  id: "bucket-has-one-notification",
  title: "A bucket has one notification at most",
  severity: "high",
  why: "A bucket keeps a single notification: the second one overwrites the first without a word, and what the first one started is not started any more.",
  fix: "Bring the entries together in one BucketNotification, or send the events to EventBridge (eventbridge: true) and make rules there.",
  links: ["https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketNotificationConfiguration.html"],
  frameworks: [],
  check: (stack) =>
    stack.ofType(NOTIFICATION).map((notification) => {
      const rivals = stack.once(rivalsByNotification).get(notification.urn);
      if (rivals === undefined) return notEvaluated(notification.urn, "bucket is not known yet", "bucket");
      const [first] = rivals.certain;
      if (first !== undefined)
        return fail(notification.urn, `${notification.name} overwrites ${first.name}, which is of the same bucket`, "bucket");
      return rivals.open > 0
        ? notEvaluated(notification.urn, "the buckets of other notifications are not known yet", "bucket")
        : pass(notification.urn);
    }),
});

function rivalsByNotification(graph: StackGraph): ReadonlyMap<string, Rivals> {
  return rivalsOf(
    graph
      .ofType(NOTIFICATION)
      .map((notification) => ({ by: notification, owner: graph.reference(notification, "bucket", BUCKETS), value: "" })),
  );
}
