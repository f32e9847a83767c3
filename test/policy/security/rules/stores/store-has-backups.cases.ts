import { storeHasBackups as rule } from "../../../../../policy/security/rules/stores/store-has-backups";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Inputs } from "../../../stack";

const INSTANCE = "aws:rds/instance:Instance";
const TABLE = "aws:dynamodb/table:Table";

function store(type: string, inputs: Inputs): Given {
  return (stack) => stack.add(type, "orders", inputs);
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with a week of backups": store(INSTANCE, { backupRetentionPeriod: 7 }),
    "with point-in-time recovery": store(TABLE, { pointInTimeRecovery: { enabled: true } }),
  },
  fail: {
    "with fewer": { given: store(INSTANCE, { backupRetentionPeriod: 6 }), says: /kept 6 of at least 7 days, by backupRetentionPeriod/ },
    "with none": { given: store(INSTANCE, { backupRetentionPeriod: 0 }), says: /backupRetentionPeriod is 0/ },
  },
  absent: {
    "of RDS: no backups": { given: store(INSTANCE, {}), says: /backupRetentionPeriod is 0/ },
    "of DynamoDB: none either": { given: store(TABLE, {}), says: /point-in-time recovery is off/ },
    "where nothing is durable": { given: store(INSTANCE, {}), config: { durable: false }, says: "nothing" },
  },
  unknown: { "while the number is not known": store(INSTANCE, { backupRetentionPeriod: UNKNOWN }) },
  mutations: {
    "a database has no backups, and none of AWS Backup": (stack) => {
      const partners = stack.one(INSTANCE, "partners");
      stack.set(partners, "backupRetentionPeriod", 0);
      stack.set(stack.one(INSTANCE, "partners"), ["tags", "strata:backup"], undefined);
    },
    "a table has no point-in-time recovery, and none of AWS Backup": (stack) => {
      stack.set(stack.one(TABLE, "payments"), ["pointInTimeRecovery", "enabled"], false);
      stack.set(stack.one(TABLE, "payments"), ["tags", "strata:backup"], undefined);
    },
  },
};
