import { serviceFitsItsBudget as rule } from "../../../../policy/cost/rules/service-fits-its-budget";
import { UNKNOWN } from "../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../cases";
import type { StackResource } from "../../../../policy/lib/resource";
import { arn, id, type Input, type Inputs, TestNetwork, type TestStack } from "../../stack";

const SERVICE = "strata:service:Service";
const PRICED: Inputs = { engine: "postgres", instanceClass: "db.t4g.micro", allocatedStorage: 20, storageType: "gp3" };

/** One task of 0.25 vCPU and 0.5 GB, which costs $7.21 with arm64, under the component of its service. */
function service(stack: TestStack, net: TestNetwork, name: string, group: StackResource, budget?: Input): StackResource {
  const component = stack.add(SERVICE, name, { ...(budget !== undefined && { budget }) });
  const size = { cpu: "256", memory: "512", runtimePlatform: { cpuArchitecture: "ARM64" } };
  const task = stack.add("aws:ecs/taskDefinition:TaskDefinition", name, size, component);
  const networkConfiguration = { subnets: net.private.map(id), securityGroups: [id(group)] };
  stack.add(
    "aws:ecs/service:Service",
    name,
    { taskDefinition: arn(task), launchType: "FARGATE", desiredCount: 1, networkConfiguration },
    component,
  );
  return component;
}

/** Two services and the database of the first; `shared`: the second reaches it too. */
function orders(budget: Input | undefined, shared = false, database: Inputs = PRICED): Given {
  return (stack) => {
    stack.add("pulumi:providers:aws", "aws", { region: "us-east-1" });
    const net = new TestNetwork(stack);
    const [client, other, store] = [net.group("orders"), net.group("billing"), net.group("store")];
    const made = service(stack, net, "orders", client, budget);
    service(stack, net, "billing", other);
    net.database("orders-db", store, database);
    net.allow(client, store, 5432);
    if (shared) net.allow(other, store, 5432);
    return made;
  };
}

export const cases: RuleCases = {
  rule,
  pass: {
    "within what it declares": orders({ monthlyUsd: 25 }),
    "within what the settings say": { given: orders(undefined), config: { monthlyUsd: { orders: 25 } } },
    "without a database that another service uses too": orders({ monthlyUsd: 10 }, true),
  },
  fail: {
    "above what it declares, with its own database": {
      given: orders({ monthlyUsd: 15 }),
      says: /orders costs \$21.19 a month before anybody uses it, its budget is \$15.00: orders-db-instance \$13.98, orders \$7.21/,
    },
    "above what the settings say": { given: orders(undefined), config: { monthlyUsd: { orders: 5 } }, says: /its budget is \$5.00/ },
  },
  absent: {
    "where nobody set a budget": { given: orders(undefined), says: "nothing" },
    "where the budget is another service's": { given: orders(undefined), config: { monthlyUsd: { search: 5 } }, says: "nothing" },
  },
  unknown: {
    "while the budget is not known": orders(UNKNOWN),
    "while the size of its database is not known": orders({ monthlyUsd: 25 }, false, { ...PRICED, instanceClass: UNKNOWN }),
    "while it is not known which database it is that only it reaches": orders({ monthlyUsd: 15 }, false, { ...PRICED, engine: UNKNOWN }),
    "while it is not known whether another service uses the database": (stack) => {
      const made = orders({ monthlyUsd: 15 })(stack);
      const [group] = stack.resources.filter(({ type, name }) => type === "aws:ec2/securityGroup:SecurityGroup" && name === "store");
      stack.add("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "more", {
        securityGroupId: id(group ?? made),
        referencedSecurityGroupId: UNKNOWN,
        ipProtocol: "tcp",
        fromPort: 5432,
        toPort: 5432,
      });
      return made;
    },
    "while its database has no price": orders({ monthlyUsd: 25 }, false, { ...PRICED, instanceClass: "db.x2g.large" }),
  },
  mutations: {
    "the database of orders never gets smaller than 16 units": (stack) =>
      stack.set(stack.one("aws:rds/cluster:Cluster", "orders"), "serverlessv2ScalingConfiguration", { minCapacity: 16, maxCapacity: 32 }),
    "the budget of orders is that of something smaller": (stack) => stack.set(stack.one(SERVICE, "orders"), "budget", { monthlyUsd: 50 }),
  },
};
