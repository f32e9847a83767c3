import { type Limit } from "./row";

const SOURCE = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html";
const PAGE = { source: SOURCE, date: "2026-11" } as const;

/** What DynamoDB refuses beyond, per table. */
export const DYNAMODB_LIMITS = {
  globalIndexes: { value: 20, unit: "count", adjustable: true, ...PAGE },
  localIndexes: { value: 5, unit: "count", adjustable: false, ...PAGE },
  /** Attributes that indexes project by name, over all indexes of a table. */
  projectedAttributes: { value: 100, unit: "count", adjustable: false, ...PAGE },
} as const satisfies Readonly<Record<string, Limit>>;

/** Days that point-in-time recovery can reach back. */
export const DYNAMODB_RECOVERY_DAYS = {
  minimum: 1,
  maximum: 35,
  source: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Point-in-time-recovery.html",
  date: "2026-11",
} as const;

/** Types of the attributes that keys can have. */
export const KEY_TYPES = {
  types: ["S", "N", "B"],
  source: "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeDefinition.html",
  date: "2026-11",
} as const;

/** The view of a stream that replicas are fed from. */
export const REPLICA_STREAM = {
  view: "NEW_AND_OLD_IMAGES",
  source: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_reqs_bestpractices.html",
  date: "2026-11",
} as const;
