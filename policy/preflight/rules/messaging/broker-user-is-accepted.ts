import { MQ_LIMITS, MQ_LOGIN } from "../../../../facts/amazon-mq";
import { notKnown } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import { elements, isSecret, read, type Resource, text } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { inEach } from "../../../lib/settings/amounts";
import { refused } from "../../../lib/settings/refused";
import { mqEngine } from "../../../lib/stores/brokers";
import { BROKER } from "../../../lib/stores/store-rule";

const USERS = "users";

/** Left out, an ActiveMQ broker has no users of its own, as with LDAP; a RabbitMQ broker needs one. Passwords that are secrets are not read. */
export const brokerUserIsAccepted = resourceRule({
  id: "broker-user-is-accepted",
  title: "The users of every message broker are as many, and have names and passwords, as Amazon MQ accepts",
  severity: "medium",
  why: "Amazon MQ refuses a short password, one with a comma, colon or equals sign, a name with other characters, and more than one user on RabbitMQ.",
  fix: "Give users names of 2 to 100 letters, digits and - . _ ~, passwords of 12 to 250 characters with four different ones and none of , : =, and RabbitMQ one user.",
  links: ["https://docs.aws.amazon.com/amazon-mq/latest/api-reference/brokers-broker-id-users-username.html"],
  frameworks: [],
  types: [BROKER],
  check: (broker) => [
    refused(broker, [
      ...counts(broker),
      ...inEach(broker, USERS, (user) => [...name(broker, `${user}.username`), ...password(broker, `${user}.password`)]),
    ]),
  ],
});

function counts(broker: Resource): Finding[] {
  const users = read(broker, USERS);
  if (users.state === "unknown") return [];
  const count = elements(users).length;
  const most = MQ_LIMITS.users.value;
  if (count > most) return [{ what: `it has ${count} users, and ${most} are taken`, property: USERS }];
  if (count === 1) return [];
  if (read(broker, "engineType").state === "unknown") return [notKnown("engineType")];
  return mqEngine(broker) === "RabbitMQ" ? [{ what: `it has ${count} users, and RabbitMQ takes one`, property: USERS }] : [];
}

function name(broker: Resource, property: string): Finding[] {
  const found = text(read(broker, property));
  if (found === undefined) return [notKnown(property)];
  const { least, most } = MQ_LIMITS.username;
  const reserved: readonly string[] = MQ_LOGIN.reserved;
  if (reserved.includes(found.toLowerCase())) return [{ what: `${property} is ${found}, which brokers keep for themselves`, property }];
  if (found.length >= least && found.length <= most && MQ_LOGIN.username.test(found)) return [];
  return [{ what: `${property} is "${found}"; it must be ${least} to ${most} letters, digits and - . _ ~`, property }];
}

function password(broker: Resource, property: string): Finding[] {
  const reading = read(broker, property);
  const found = text(reading);
  if (found === undefined)
    return [{ what: `${property} is ${isSecret(reading) ? "a secret, which is not read" : "not known yet"}`, property, unknown: true }];
  const { least, most } = MQ_LIMITS.password;
  const faults = [
    ...(found.length < least || found.length > most ? [`has ${found.length} characters, and ${least} to ${most} are taken`] : []),
    ...(MQ_LOGIN.forbidden.test(found) ? ["has one of , : ="] : []),
    ...(new Set(found).size < MQ_LOGIN.different ? [`has fewer than ${MQ_LOGIN.different} different characters`] : []),
  ];
  return faults.map((fault) => ({ what: `${property} ${fault}`, property }));
}
