import { UNKNOWN } from "../../../../../policy/lib/resource";
import { logExportsFitEngine as rule } from "../../../../../policy/preflight/rules/databases/log-exports-fit-engine";
import { type RuleCases } from "../../../cases";
import { CLUSTER, INSTANCE, like } from "../../given";

const instance = like(INSTANCE, { engine: "postgres" });
const LOGS = "enabledCloudwatchLogsExports";

export const cases: RuleCases = {
  rule,
  pass: {
    "of the engine": instance({ [LOGS]: ["postgresql", "upgrade"] }),
    "of an engine that is not known here": instance({ engine: "newsql", [LOGS]: ["all"] }),
    "of Aurora": like(CLUSTER, { engine: "aurora-mysql", [LOGS]: ["audit", "slowquery"] })(),
  },
  fail: {
    "of another engine": { given: instance({ [LOGS]: ["slowquery"] }), says: /postgres has no log slowquery; it has postgresql, upgrade/ },
    "of RDS on Aurora": {
      given: like(CLUSTER, { engine: "aurora-postgresql", [LOGS]: ["postgresql", "upgrade"] })(),
      says: /no log upgrade/,
    },
    "of another engine beside one that is not known": { given: instance({ [LOGS]: [UNKNOWN, "error"] }), says: /no log error/ },
  },
  absent: { "without logs": { given: instance(), says: "nothing" } },
  unknown: {
    "while one is not known": instance({ [LOGS]: ["postgresql", UNKNOWN] }),
    "while the engine is not known": instance({ engine: UNKNOWN, [LOGS]: ["postgresql"] }),
  },
  mutations: {
    "Aurora PostgreSQL sends the upgrade log of RDS": (stack) => stack.set(stack.one(CLUSTER, "orders"), LOGS, ["postgresql", "upgrade"]),
    "MySQL sends a log of MariaDB's past": (stack) => stack.set(stack.one(INSTANCE, "crm"), LOGS, ["error", "slowquery", "slow"]),
  },
};
