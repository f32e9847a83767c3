import { criticalServiceHasNoSingleStore as rule } from "../../../../policy/architecture/rules/critical-service-has-no-single-store";
import { UNKNOWN } from "../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../cases";
import { arn, id, type Inputs, TestNetwork } from "../../stack";

/** A declared service on Fargate and the PostgreSQL instance that it reaches. */
function service(declares: Inputs, database: Inputs): Given {
  return (stack) => {
    const network = new TestNetwork(stack);
    const [from, to] = [network.group("orders"), network.group("db")];
    const declared = stack.add("strata:service:Service", "orders", { target: "fargate", ...declares });
    const task = stack.add("aws:ecs/taskDefinition:TaskDefinition", "orders", { family: "orders", containerDefinitions: "[]" }, declared);
    const networkConfiguration = { subnets: network.private.map(id), securityGroups: [id(from)] };
    stack.add("aws:ecs/service:Service", "orders", { taskDefinition: arn(task), networkConfiguration }, declared);
    network.database("db", to, database);
    network.allow(from, to, 5432);
    return declared;
  };
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with a standby in another zone": service({ critical: true }, { multiAz: true }),
    "before anything exists": { given: service({ critical: true }, { multiAz: true }), known: false },
  },
  fail: {
    "when its database is one instance": {
      given: service({ critical: true }, { multiAz: false }),
      says: /orders depends on db-instance: it has no standby in another zone/,
    },
    "when every service counts as critical": {
      given: service({ critical: false }, {}),
      config: { everyService: true },
      says: /orders depends on db-instance/,
    },
  },
  absent: {
    "of multiAz, which is off": { given: service({ critical: true }, {}), says: /no standby in another zone/ },
    "of critical, which a service is not": { given: service({}, {}), says: "nothing" },
  },
  unknown: {
    "while it is not known whether it has a standby": service({ critical: true }, { multiAz: UNKNOWN }),
    "while it is not known whether it is critical": service({ critical: UNKNOWN }, {}),
  },
  mutations: {
    "orders loses the reader of its database": {
      change: (stack) => stack.remove(stack.one("aws:rds/clusterInstance:ClusterInstance", "orders-db-reader")),
      also: ["store-spans-zones"],
    },
    "a service whose database is one instance becomes critical where nothing has to span zones": (stack) => {
      stack.set(stack.one("strata:service:Service", "orders"), "critical", true);
      stack.set(stack.one("strata:persistence:AuroraCluster"), "durable", false);
      stack.set(stack.one("aws:rds/clusterInstance:ClusterInstance", "orders-db-writer"), ["tags", "strata:because"], "a trial of a month");
      stack.remove(stack.one("aws:rds/clusterInstance:ClusterInstance", "orders-db-reader"));
    },
  },
};
