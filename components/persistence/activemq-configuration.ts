import { type QueueGrant } from "./broker-checks";

/** Group that every service's user is in, beside the group of its own. No service can have such a name: they start with a letter. */
export const SERVICES_GROUP = "_services";

/** A group that nobody is in: what only it may do, nobody may. */
const NOBODY = "_nobody";
/** Start of the name of a queue's dead letters. */
const DEAD_LETTERS = "DLQ.";

/** Text as the value of an XML attribute. */
function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}

function element(name: string, attributes: Readonly<Record<string, string>>): string {
  const written = Object.entries(attributes).map(([attribute, value]) => ` ${attribute}="${escaped(value)}"`);
  return `<${name}${written.join("")}/>`;
}

/** Groups with an access to a queue; nobody's when there is none, because an empty list would let everybody in. */
function groups(grants: readonly QueueGrant[], queue: string, access: QueueGrant["access"]): string {
  const names = grants.filter((grant) => grant.queue === queue && grant.access === access).map(({ service }) => service);
  return [...new Set(names)].sort().join(",") || NOBODY;
}

function entry(kind: "queue" | "topic", pattern: string, rights: { read?: string; write?: string; admin?: string }): string {
  const { read = NOBODY, write = NOBODY, admin = NOBODY } = rights;
  return element("authorizationEntry", { [kind]: pattern, read, write, admin });
}

/**
 * The configuration of an ActiveMQ broker on Amazon MQ: its queues, and who may read and write each. It has only elements that Amazon MQ
 * permits (developer guide, "Permitted in Amazon MQ configurations", 2026-11); transports, storage and users are added by Amazon MQ.
 *
 * - A queue exists because it is declared: no service may create one, so a misspelled name fails.
 * - What fails too often goes to the dead letters of its own queue, which the queue's consumers may read.
 * - Clients listen to two advisory topics, about temporary destinations, and make the broker create others when they connect; no client may
 *   read what those say of other services, or write to any.
 */
export function activeMqConfiguration(grants: readonly QueueGrant[]): string {
  const queues = [...new Set(grants.map(({ queue }) => queue))].sort();
  const advisories = ["ActiveMQ.Advisory.TempQueue", "ActiveMQ.Advisory.TempTopic"];
  const lines = [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
    '<broker xmlns="http://activemq.apache.org/schema/core">',
    "  <destinationPolicy>",
    "    <policyMap>",
    "      <policyEntries>",
    '        <policyEntry queue="&gt;">',
    "          <deadLetterStrategy>",
    `            ${element("individualDeadLetterStrategy", { queuePrefix: DEAD_LETTERS, useQueueForQueueMessages: "true" })}`,
    "          </deadLetterStrategy>",
    "        </policyEntry>",
    "      </policyEntries>",
    "    </policyMap>",
    "  </destinationPolicy>",
    "  <destinations>",
    ...queues.flatMap((queue) => [queue, DEAD_LETTERS + queue]).map((name) => `    ${element("queue", { physicalName: name })}`),
    "  </destinations>",
    "  <plugins>",
    "    <authorizationPlugin>",
    "      <map>",
    "        <authorizationMap>",
    "          <authorizationEntries>",
    ...[
      entry("queue", ">", {}),
      entry("topic", ">", {}),
      ...queues.flatMap((queue) => [
        entry("queue", queue, { read: groups(grants, queue, "consume"), write: groups(grants, queue, "publish") }),
        entry("queue", DEAD_LETTERS + queue, { read: groups(grants, queue, "consume") }),
      ]),
      entry("topic", "ActiveMQ.Advisory.>", { admin: SERVICES_GROUP }),
      ...advisories.map((topic) => entry("topic", topic, { read: SERVICES_GROUP, admin: SERVICES_GROUP })),
    ].map((line) => `            ${line}`),
    "          </authorizationEntries>",
    "        </authorizationMap>",
    "      </map>",
    "    </authorizationPlugin>",
    "  </plugins>",
    "</broker>",
    "",
  ];
  return lines.join("\n");
}
