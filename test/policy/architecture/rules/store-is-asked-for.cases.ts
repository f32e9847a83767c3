import { storeIsAskedFor as rule } from "../../../../policy/architecture/rules/store-is-asked-for";
import { UNKNOWN } from "../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../cases";
import { arn, TestNetwork } from "../../stack";

const TABLE = "aws:dynamodb/table:Table";

/** A service and a database that it has a way to, or not, or to which nobody knows whether it has. */
function database(way: "both" | "in" | "out" | "unknown"): Given {
  return (stack) => {
    const network = new TestNetwork(stack);
    const [orders, db] = [network.group("orders"), network.group("db")];
    network.service("orders", orders);
    const made = network.database("db", db);
    if (way === "unknown") network.rule("Ingress", "later", db, 5432, { referencedSecurityGroupId: UNKNOWN });
    if (way === "both") network.allow(orders, db, 5432);
    if (way === "in") network.rule("Ingress", "in", db, 5432, { cidrIpv4: "10.0.10.0/24" });
    if (way === "out") network.rule("Egress", "out", orders, 5432, { cidrIpv4: "10.0.20.0/24" });
    return made;
  };
}

export const cases: RuleCases = {
  rule,
  pass: {
    "when a service has a way out to it and a way in": database("both"),
    "before anything exists": { given: database("both"), known: false },
    "when a policy is made from the table": {
      known: false,
      given: (stack) => {
        const table = stack.add(TABLE, "sessions");
        stack.add("aws:iam/rolePolicy:RolePolicy", "orders", { policy: arn(table) });
        return table;
      },
    },
  },
  fail: {
    "when nobody has a way out to it": { given: database("in"), says: /nothing in the stack can reach db/ },
    "when it lets nobody in": { given: database("out"), says: /no workload has both a way out to it and a way in/ },
  },
  absent: {
    "of a table that no policy names: nobody may use it": {
      given: (stack) => stack.add(TABLE, "sessions"),
      says: /no IAM policy in the stack grants anything on the table sessions/,
    },
  },
  unknown: { "while it is not known who is let in": database("unknown") },
  mutations: {
    "a cache that no service needs": (stack) => {
      stack.remove(
        ...stack.all("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", /Cache/),
        ...stack.all("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", /cache/),
      );
    },
    "a table whose only grant is gone": (stack) => {
      const [service] = stack.all("strata:service:Service", "sessions");
      stack.remove(
        ...stack
          .all("aws:iam/rolePolicy:RolePolicy")
          .filter(({ inputs }) => JSON.stringify(inputs["policy"]).includes("table/sessions") && service !== undefined),
      );
    },
  },
};
