import { SECRET, UNKNOWN } from "../../../../../policy/lib/resource";
import { brokerUserIsAccepted as rule } from "../../../../../policy/preflight/rules/messaging/broker-user-is-accepted";
import { type RuleCases } from "../../../cases";
import type { Input } from "../../../stack";
import { like } from "../../given";

const BROKER = "aws:mq/broker:Broker";
const PASSWORD = "correct-horse-battery";
const broker = (users: Input, engineType = "ActiveMQ") => like(BROKER, { engineType, users })();
const user = (username: string, password = PASSWORD) => ({ username, password });

export const cases: RuleCases = {
  rule,
  pass: {
    "with good names and passwords": broker([user("orders"), user("billing.app")]),
    "of RabbitMQ with one": broker([user("orders")], "RabbitMQ"),
  },
  fail: {
    "with a short password": { given: broker([user("orders", "short1234")]), says: /users\[0\]\.password has 9 characters, and 12 to 250/ },
    "with a comma in it": { given: broker([user("orders", "correct,horse,battery")]), says: /has one of , : =/ },
    "with one letter again and again": { given: broker([user("orders", "aaaaaaaaaaaa")]), says: /fewer than 4 different/ },
    "with a name that has an @": { given: broker([user("orders@shop")]), says: /users\[0\]\.username is "orders@shop"/ },
    "with a name that brokers keep": { given: broker([user("guest")], "RabbitMQ"), says: /keep for themselves/ },
    "of RabbitMQ with two": { given: broker([user("a1"), user("b1")], "RabbitMQ"), says: /it has 2 users, and RabbitMQ takes one/ },
  },
  absent: {
    "without users": { given: broker(null), says: "pass" },
    "of RabbitMQ without users": { given: broker(null, "RabbitMQ"), says: /it has 0 users/ },
  },
  unknown: {
    "while the engine says whether two are too many": like(BROKER, { engineType: UNKNOWN, users: [user("a1"), user("b1")] })(),
    "while a password is a secret": broker([user("orders", SECRET)]),
    "while a name is not known": broker([user(UNKNOWN)]),
    "while the users are not known": broker(UNKNOWN),
  },
  mutations: {
    "a user of the broker has a name with a space": (stack) => stack.set(stack.one(BROKER), ["users", 0, "username"], "billing app"),
  },
};
