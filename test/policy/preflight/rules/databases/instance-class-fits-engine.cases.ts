import { UNKNOWN } from "../../../../../policy/lib/resource";
import { instanceClassFitsEngine as rule } from "../../../../../policy/preflight/rules/databases/instance-class-fits-engine";
import { type RuleCases } from "../../../cases";
import { GOOD_INSTANCE, INSTANCE, like, MEMBER } from "../../given";

const instance = like(INSTANCE, GOOD_INSTANCE);

export const cases: RuleCases = {
  rule,
  pass: {
    "of Graviton with PostgreSQL": instance(),
    "of Intel with Oracle": instance({ engine: "oracle-se2", instanceClass: "db.m5.large" }),
    "of Oracle's own memory sizes": instance({ engine: "oracle-ee", instanceClass: "db.r5.xlarge.tpc2.mem4x" }),
    "of a class that is newer than what is known": instance({ instanceClass: "db.m9g.large" }),
    "serverless with Aurora": like(MEMBER, { engine: "aurora-mysql", instanceClass: "db.serverless" })(),
    "whatever the engine is": instance({ engine: UNKNOWN, instanceClass: "db.t3.medium" }),
  },
  fail: {
    "of Graviton with Oracle": { given: instance({ engine: "oracle-se2" }), says: /db\.m7g\.large is Graviton/ },
    "of a general purpose with Aurora": {
      given: like(MEMBER, { engine: "aurora-mysql", instanceClass: "db.m5.large" })(),
      says: /Aurora does not have/,
    },
    "serverless with RDS": { given: instance({ instanceClass: "db.serverless" }), says: /a class of Aurora alone/ },
    "large with SQL Server Express": {
      given: instance({ engine: "sqlserver-ex", instanceClass: "db.m5.large" }),
      says: /too large for the Express/,
    },
    "of a retired family": { given: instance({ instanceClass: "db.t2.micro" }), says: /retired/ },
    "of EC2": { given: instance({ engine: UNKNOWN, instanceClass: "m7g.large" }), says: /"m7g\.large", which is no class of a database/ },
  },
  absent: { "without one": { given: instance({ instanceClass: null }), says: /instanceClass is absent/ } },
  unknown: {
    "while it is not known": instance({ instanceClass: UNKNOWN }),
    "while the engine decides and is not known": instance({ engine: UNKNOWN }),
  },
  mutations: {
    "Oracle is put on Graviton": (stack) => stack.set(stack.one(INSTANCE, "erp"), "instanceClass", "db.m7g.large"),
    "an Aurora instance is of a general-purpose class": (stack) => stack.set(stack.one(MEMBER, "reader"), "instanceClass", "db.m7g.large"),
  },
};
