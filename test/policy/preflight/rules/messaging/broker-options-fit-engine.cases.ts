import { UNKNOWN } from "../../../../../policy/lib/resource";
import { brokerOptionsFitEngine as rule } from "../../../../../policy/preflight/rules/messaging/broker-options-fit-engine";
import { type RuleCases } from "../../../cases";
import { like } from "../../given";

const BROKER = "aws:mq/broker:Broker";
const rabbit = like(BROKER, { engineType: "RabbitMQ", hostInstanceType: "mq.m7g.large" });
const active = like(BROKER, { engineType: "ActiveMQ", hostInstanceType: "mq.m5.large" });

export const cases: RuleCases = {
  rule,
  pass: {
    "of RabbitMQ with general logs": rabbit({ logs: { general: true, audit: false } }),
    "of ActiveMQ with audit logs": active({ logs: { audit: true }, users: [{ groups: ["a"] }] }),
    "of one ActiveMQ on block storage": active({ storageType: "ebs" }),
  },
  fail: {
    "of RabbitMQ on EFS": { given: rabbit({ storageType: "efs" }), says: /storageType is efs, which RabbitMQ does not have/ },
    "of RabbitMQ with audit logs": { given: rabbit({ logs: { audit: "true" } }), says: /logs\.audit is on, and RabbitMQ has no audit log/ },
    "of RabbitMQ with groups": { given: rabbit({ users: [{ username: "a", groups: ["b"] }] }), says: /users\[0\]\.groups is set/ },
    "of RabbitMQ with LDAP": { given: rabbit({ ldapServerMetadata: {} }), says: /ldapServerMetadata is set/ },
    "of ActiveMQ on block storage with a standby": {
      given: active({ storageType: "ebs", deploymentMode: "ACTIVE_STANDBY_MULTI_AZ" }),
      says: /storageType is ebs and deploymentMode is ACTIVE_STANDBY/,
    },
    "of ActiveMQ on block storage of other instances": {
      given: active({ storageType: "ebs", hostInstanceType: "mq.t3.micro" }),
      says: /which mq\.t3\.micro does not have/,
    },
  },
  absent: { "without any": { given: rabbit(), says: "pass" } },
  unknown: {
    "while nobody knows whether it asks LDAP": rabbit({ ldapServerMetadata: UNKNOWN }),
    "while the users are not known": rabbit({ users: UNKNOWN }),
    "while the groups of a user are not known": rabbit({ users: [{ username: "a", groups: UNKNOWN }] }),
    "while the storage is not known, which a standby cannot have": active({
      storageType: UNKNOWN,
      deploymentMode: "ACTIVE_STANDBY_MULTI_AZ",
    }),
    "while the audit log is not known": rabbit({ logs: { audit: UNKNOWN } }),
    "while the engine decides and is not known": active({ engineType: UNKNOWN, storageType: "efs" }),
  },
  mutations: {
    "the broker is put on block storage and keeps its standby": (stack) => stack.set(stack.one(BROKER), "storageType", "ebs"),
  },
};
