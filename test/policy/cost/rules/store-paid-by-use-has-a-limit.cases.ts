import { storePaidByUseHasALimit as rule } from "../../../../policy/cost/rules/store-paid-by-use-has-a-limit";
import { UNKNOWN } from "../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../cases";
import { arn, type Inputs } from "../../stack";

const TABLE = "aws:dynamodb/table:Table";
const CACHE = "aws:elasticache/serverlessCache:ServerlessCache";
const WORKGROUP = "aws:redshiftserverless/workgroup:Workgroup";
const LIMIT = "aws:redshiftserverless/usageLimit:UsageLimit";

function of(type: string, inputs: Inputs): Given {
  return (stack) => stack.add(type, "store", inputs);
}

const onDemand = (onDemandThroughput: Inputs): Inputs => ({ billingMode: "PAY_PER_REQUEST", onDemandThroughput });

export const cases: RuleCases = {
  rule,
  pass: {
    "with a table that has both": of(TABLE, onDemand({ maxReadRequestUnits: 100, maxWriteRequestUnits: 50 })),
    "with a cache that has both": of(CACHE, {
      cacheUsageLimits: { dataStorage: { maximum: 1, unit: "GB" }, ecpuPerSeconds: [{ maximum: 5000 }] },
    }),
    "with a warehouse that has a most": of(WORKGROUP, { maxCapacity: 16 }),
    "with a warehouse that has a usage limit": (stack) => {
      const made = stack.add(WORKGROUP, "store");
      stack.add(LIMIT, "store", { resourceArn: arn(made), usageType: "serverless-compute", amount: 60 });
      return made;
    },
    "with a usage limit that is not made yet": {
      given: (stack) => {
        const made = stack.add(WORKGROUP, "store");
        stack.add(LIMIT, "store", { resourceArn: arn(made), usageType: "serverless-compute", amount: 60 });
        return made;
      },
      known: false,
    },
    "with a tag that says why": of(TABLE, { billingMode: "PAY_PER_REQUEST", tags: { "strata:because": "its callers are throttled" } }),
  },
  fail: {
    "with a table that has one of two": {
      given: of(TABLE, onDemand({ maxReadRequestUnits: 100 })),
      says: /nothing limits what store may cost: onDemandThroughput has no maxWriteRequestUnits/,
    },
    "with -1, which is none": {
      given: of(TABLE, onDemand({ maxReadRequestUnits: -1, maxWriteRequestUnits: "-1" })),
      says: /maxReadRequestUnits/,
    },
    "with a cache that limits its data alone": {
      given: of(CACHE, { cacheUsageLimits: { dataStorage: { maximum: 1, unit: "GB" } } }),
      says: /no ecpuPerSeconds/,
    },
  },
  absent: {
    "with a table paid by use without a limit": { given: of(TABLE, { billingMode: "PAY_PER_REQUEST" }), says: /no maxReadRequestUnits/ },
    "with a table of provisioned throughput, which is the default": { given: of(TABLE, { readCapacity: 5 }), says: "nothing" },
    "with a cache without limits": { given: of(CACHE, { engine: "valkey" }), says: /no dataStorage/ },
    "with a warehouse without either": { given: of(WORKGROUP, { baseCapacity: 8 }), says: /neither maxCapacity nor a usage limit/ },
  },
  unknown: {
    "while the mode of a table is not known": of(TABLE, { billingMode: UNKNOWN }),
    "while the limits of a cache are not known": of(CACHE, { cacheUsageLimits: UNKNOWN }),
    "while the most of a warehouse is not known": of(WORKGROUP, { maxCapacity: UNKNOWN }),
  },
  mutations: {
    "a table follows every demand": (stack) => stack.set(stack.one(TABLE, "payments"), "onDemandThroughput", undefined),
    "nothing limits the warehouse": (stack) => {
      stack.remove(...stack.all(LIMIT));
      stack.set(stack.one(WORKGROUP), "maxCapacity", undefined);
    },
  },
};
