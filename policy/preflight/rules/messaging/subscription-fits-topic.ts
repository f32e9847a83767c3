import { FIFO_PROTOCOLS, RAW_PROTOCOLS } from "../../../../facts/limits-messages";
import { notKnown } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { parseJson } from "../../../lib/json";
import { isObject, read, readFlag, type Resource, type StackResource, text } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";
import { isSet } from "../../../lib/settings/amounts";
import { unlessLeftOut } from "../../../lib/settings/conditions";
import { refused } from "../../../lib/settings/refused";
import { isFifo, TOPIC } from "../../../lib/stores/queues";
import { QUEUE } from "../../../lib/stores/store-rule";

const SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription";
const PROTOCOL = "protocol";

/** Looks at the whole stack, which has the topic and the queue. Left out, a subscription gets every message, wrapped. */
export const subscriptionFitsTopic = stackRule({
  id: "subscription-fits-topic",
  title: "A subscription takes messages in a way that its topic delivers them",
  severity: "high",
  why: "An ordered topic delivers only to queues, another one not to ordered queues; SNS refuses the subscription, as it does a filter it can't read.",
  fix: `Subscribe queues to a .fifo topic, standard queues to others; set rawMessageDelivery only for queues, HTTP and Firehose, with subscriptionRoleArn for Firehose.`,
  links: ["https://docs.aws.amazon.com/sns/latest/dg/fifo-message-delivery.html"],
  frameworks: [],
  check: (stack) => stack.ofType(SUBSCRIPTION).map((subscription) => refused(subscription, findings(subscription, stack))),
});

function findings(subscription: StackResource, stack: StackGraph): Finding[] {
  const reading = read(subscription, PROTOCOL);
  if (reading.state === "absent") return [{ what: `${PROTOCOL} is absent`, property: PROTOCOL }];
  const protocol = text(reading);
  const filter = ofFilter(subscription);
  if (protocol === undefined) return [...filter, notKnown(PROTOCOL)];
  return [...order(subscription, protocol, stack), ...raw(subscription, protocol), ...role(subscription, protocol), ...filter];
}

function order(subscription: StackResource, protocol: string, stack: StackGraph): Finding[] {
  const topic = stack.reference(subscription, "topic", [TOPIC]);
  const fifo = topic === undefined ? false : isFifo(topic, "fifoTopic");
  const protocols: readonly string[] = FIFO_PROTOCOLS.protocols;
  if (!protocols.includes(protocol)) {
    if (fifo === undefined) return [notKnown("topic")];
    return fifo
      ? [{ what: `its topic keeps the order, and delivers only to ${protocols.join()}, not to ${protocol}`, property: PROTOCOL }]
      : [];
  }
  const queue = stack.reference(subscription, "endpoint", [QUEUE]);
  const ordered = queue === undefined ? false : isFifo(queue, "fifoQueue");
  if (fifo === true || ordered === false) return [];
  if (fifo === undefined || ordered === undefined) return [notKnown(fifo === undefined ? "topic" : "endpoint")];
  return [{ what: "its queue keeps the order, and its topic does not", property: "endpoint" }];
}

function raw(subscription: Resource, protocol: string): Finding[] {
  const property = "rawMessageDelivery";
  const protocols: readonly string[] = RAW_PROTOCOLS.protocols;
  const on = readFlag(subscription, property, false);
  if (on === false || protocols.includes(protocol)) return [];
  return on === undefined ? [notKnown(property)] : [{ what: `${property} is on, which ${protocol} does not have`, property }];
}

function role(subscription: Resource, protocol: string): Finding[] {
  const property = "subscriptionRoleArn";
  return protocol === "firehose" && !isSet(subscription, property)
    ? [{ what: `${PROTOCOL} is firehose and ${property} is absent`, property }]
    : [];
}

function ofFilter(subscription: Resource): Finding[] {
  const property = "filterPolicy";
  const reading = read(subscription, property);
  if (reading.state === "unknown") return [notKnown(property)];
  if (reading.state === "absent" || text(reading) === "") {
    const scope = "filterPolicyScope";
    return unlessLeftOut(subscription, scope, `${scope} is set and ${property} is absent`);
  }
  const policy = parseJson(reading.value);
  return policy instanceof Error || !isObject(policy) ? [{ what: `${property} is no JSON object`, property }] : [];
}
