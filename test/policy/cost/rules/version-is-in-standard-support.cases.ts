import { versionIsInStandardSupport as rule } from "../../../../policy/cost/rules/version-is-in-standard-support";
import { UNKNOWN } from "../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../cases";
import { type Inputs } from "../../stack";

const CLUSTER = "aws:eks/cluster:Cluster";
const DATABASE = "aws:rds/instance:Instance";
const AURORA = "aws:rds/cluster:Cluster";
const DAY = { day: "2026-11-30" };

function of(type: string, inputs: Inputs): Given {
  return (stack) => stack.add(type, "orders", inputs);
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with a Kubernetes in standard support": { given: of(CLUSTER, { version: "1.35" }), config: DAY },
    "with one that is newer than those with a day": { given: of(CLUSTER, { version: "1.37" }), config: DAY },
    "on the day before standard support ends": { given: of(CLUSTER, { version: "1.34" }), config: { day: "2026-12-01" } },
    "with PostgreSQL in standard support": { given: of(DATABASE, { engine: "postgres", engineVersion: "14.19" }), config: DAY },
    "on the last day of standard support": {
      given: of(DATABASE, { engine: "mysql", engineVersion: "8.0.44" }),
      config: { day: "2026-07-31" },
    },
    "with Aurora MySQL 3": { given: of(AURORA, { engine: "aurora-mysql", engineVersion: "8.0.mysql_aurora.3.10.4" }), config: DAY },
    "with a database that is upgraded in the place of being charged": {
      given: of(DATABASE, {
        engine: "postgres",
        engineVersion: "12.22",
        engineLifecycleSupport: "open-source-rds-extended-support-disabled",
      }),
      config: DAY,
    },
  },
  fail: {
    "with a Kubernetes in extended support": {
      given: of(CLUSTER, { version: "1.33" }),
      config: DAY,
      says: /orders runs Kubernetes 1.33, whose standard support ended on 2026-07-29/,
    },
    "on the day standard support ends": { given: of(CLUSTER, { version: "1.34" }), config: { day: "2026-12-02" }, says: /2026-12-02/ },
    "with one that is older than all with a day": { given: of(CLUSTER, { version: "1.21" }), config: DAY, says: /ended long ago/ },
    "with PostgreSQL 13": { given: of(AURORA, { engine: "aurora-postgresql", engineVersion: "13.20" }), config: DAY, says: /2026-02-28/ },
    "with a major version alone": { given: of(DATABASE, { engine: "postgres", engineVersion: "12" }), config: DAY, says: /postgres 12/ },
    "with MySQL 5.6": { given: of(DATABASE, { engine: "mysql", engineVersion: "5.6.51" }), config: DAY, says: /ended long ago/ },
  },
  absent: {
    "with no version, which is the newest default": { given: of(CLUSTER, {}), config: DAY, says: "pass" },
    "with a database without a version": { given: of(DATABASE, { engine: "postgres" }), config: DAY, says: "pass" },
    "with an engine that has no extended support": {
      given: of(DATABASE, { engine: "mariadb", engineVersion: "10.4" }),
      config: DAY,
      says: "nothing",
    },
    "with a replica, which has no engine of its own": {
      given: of(DATABASE, { replicateSourceDb: "orders" }),
      config: DAY,
      says: "nothing",
    },
  },
  unknown: {
    "while the version is not known": of(CLUSTER, { version: UNKNOWN }),
    "while the engine is not known": of(DATABASE, { engine: UNKNOWN, engineVersion: "12.22" }),
    "while it is not known whether it takes extended support": {
      given: of(DATABASE, { engine: "postgres", engineVersion: "12.22", engineLifecycleSupport: UNKNOWN }),
      config: DAY,
    },
    "with a version that is newer than all with a day, after the last of those days": {
      given: of(CLUSTER, { version: "1.60" }),
      config: { day: "2030-01-01" },
    },
  },
  mutations: {
    "the cluster stays on a Kubernetes in extended support": (stack) => stack.set(stack.one(CLUSTER), "version", "1.33"),
  },
};
