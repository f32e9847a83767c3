import { UNKNOWN } from "../../../../../policy/lib/resource";
import { multiAzIsPossible as rule } from "../../../../../policy/preflight/rules/databases/multi-az-is-possible";
import { type RuleCases } from "../../../cases";
import { CLUSTER, INSTANCE, like } from "../../given";

const instance = like(INSTANCE, { engine: "postgres", multiAz: true });
const cluster = like(CLUSTER, { engine: "mysql", dbClusterInstanceClass: "db.m5d.large", allocatedStorage: 100, storageType: "io1" });

export const cases: RuleCases = {
  rule,
  pass: {
    "of PostgreSQL with a standby": instance(),
    "of one zone that is named": instance({ multiAz: false, availabilityZone: "eu-west-1a" }),
    "of a cluster of three": cluster(),
    "of Aurora": like(CLUSTER, { engine: "aurora-mysql" })(),
  },
  fail: {
    "of SQL Server Express with a standby": {
      given: instance({ engine: "sqlserver-ex" }),
      says: /multiAz is on, and sqlserver-ex has no standby/,
    },
    "with a standby and a zone": { given: instance({ availabilityZone: UNKNOWN }), says: /multiAz is on and availabilityZone is set/ },
    "of a cluster of another engine": { given: cluster({ engine: "mariadb" }), says: /mariadb has no Multi-AZ cluster/ },
    "of a cluster without storage": { given: cluster({ allocatedStorage: null }), says: /allocatedStorage is absent/ },
  },
  absent: { "without a standby": { given: instance({ engine: "sqlserver-ex", multiAz: null }), says: "pass" } },
  unknown: {
    "while nobody knows whether it is a cluster of three": cluster({ dbClusterInstanceClass: UNKNOWN, allocatedStorage: null }),
    "while the storage of a cluster is not known": cluster({ allocatedStorage: UNKNOWN }),
    "while nobody knows whether Express has a standby": instance({ engine: "sqlserver-ex", multiAz: UNKNOWN }),
    "while the engine is not known": instance({ engine: UNKNOWN }),
  },
  mutations: {
    "a database with a standby names its zone": (stack) => stack.set(stack.one(INSTANCE, "crm"), "availabilityZone", "us-east-1a"),
  },
};
