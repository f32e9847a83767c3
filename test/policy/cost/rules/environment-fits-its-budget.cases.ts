import { environmentFitsItsBudget as rule } from "../../../../policy/cost/rules/environment-fits-its-budget";
import { UNKNOWN } from "../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../cases";
import { type Input, type Inputs, type TestStack } from "../../stack";

const PLATFORM = "strata:stacks:Platform";
const KAFKA = "aws:msk/cluster:Cluster";

/** A platform with a NAT gateway, which costs $32.85, and what else is in it. */
function platform(budget: Input | undefined, more: (stack: TestStack) => void = () => undefined): Given {
  return (stack) => {
    stack.add("pulumi:providers:aws", "aws", { region: "us-east-1" });
    const made = stack.add(PLATFORM, "dev", { ...(budget !== undefined && { budget }) });
    stack.add("aws:ec2/natGateway:NatGateway", "nat", {}, made);
    more(stack);
    return made;
  };
}

const database = (inputs: Inputs) => (stack: TestStack) =>
  void stack.add("aws:rds/instance:Instance", "orders", { engine: "postgres", allocatedStorage: 20, storageType: "gp3", ...inputs });

export const cases: RuleCases = {
  rule,
  pass: {
    "within what the platform declares": platform({ monthlyUsd: 40 }),
    "within what the settings say": { given: platform(undefined), config: { monthlyUsd: 33 } },
    "with what the platform declares before what the settings say": { given: platform({ monthlyUsd: 40 }), config: { monthlyUsd: 1 } },
    "with more that is priced": platform({ monthlyUsd: 50 }, database({ instanceClass: "db.t4g.micro" })),
  },
  fail: {
    "above what the platform declares": {
      given: platform({ monthlyUsd: 30 }),
      says: /dev costs \$32.85 a month before anybody uses it, its budget is \$30.00: nat \$32.85/,
    },
    "above what the settings say": { given: platform(undefined), config: { monthlyUsd: 32 }, says: /its budget is \$32.00/ },
    "above it with more on top that has no price": {
      given: platform({ monthlyUsd: 33 }, database({ instanceClass: "db.x2g.large" })),
      says: /nat \$32.85, orders \$2.30, and orders: hours of db.x2g.large on top, unpriced/,
    },
    "in a stack of another project": {
      given: (stack) => {
        const made = stack.add("pulumi:pulumi:Stack", "shop");
        stack.add("pulumi:providers:aws", "aws", { region: "eu-west-1" });
        stack.add("aws:eks/cluster:Cluster", "kubernetes");
        return made;
      },
      config: { monthlyUsd: 50 },
      says: /shop costs \$73.00/,
    },
  },
  absent: { "where nobody set a budget": { given: platform(undefined), says: "nothing" } },
  unknown: {
    "while the budget is not known": platform(UNKNOWN),
    "while what decides a price is not known": platform({ monthlyUsd: 100 }, database({ instanceClass: UNKNOWN })),
    "while something has no price": platform({ monthlyUsd: 100 }, database({ instanceClass: "db.x2g.large" })),
  },
  mutations: {
    "Kafka has ninety brokers": (stack) => stack.set(stack.one(KAFKA), "numberOfBrokerNodes", 90),
    "the budget is far too small": (stack) => stack.set(stack.one(PLATFORM), "budget", { monthlyUsd: 1_500 }),
  },
};
