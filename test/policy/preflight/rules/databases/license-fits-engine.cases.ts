import { UNKNOWN } from "../../../../../policy/lib/resource";
import { licenseFitsEngine as rule } from "../../../../../policy/preflight/rules/databases/license-fits-engine";
import { type RuleCases } from "../../../cases";
import { INSTANCE, like } from "../../given";

const instance = like(INSTANCE, { engine: "oracle-se2" });

export const cases: RuleCases = {
  rule,
  pass: {
    "with the license of AWS": instance({ licenseModel: "license-included" }),
    "with one's own": instance({ engine: "oracle-ee", licenseModel: "bring-your-own-license" }),
  },
  fail: {
    "of Oracle Enterprise with the license of AWS": {
      given: instance({ engine: "oracle-ee", licenseModel: "license-included" }),
      says: /licenseModel is "license-included"; it can be bring-your-own-license/,
    },
    "of PostgreSQL with one of a commercial engine": {
      given: instance({ engine: "postgres", licenseModel: "license-included" }),
      says: /postgresql-license/,
    },
  },
  absent: { "without one, which RDS chooses": { given: instance(), says: "nothing" } },
  unknown: {
    "while it is not known": instance({ licenseModel: UNKNOWN }),
    "while the engine is not known": instance({ engine: UNKNOWN, licenseModel: "license-included" }),
  },
  mutations: {
    "SQL Server brings its own license": (stack) => stack.set(stack.one(INSTANCE, "billing"), "licenseModel", "bring-your-own-license"),
  },
};
