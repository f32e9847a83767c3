import { storeIsNotReachableFromInternet as rule } from "../../../../policy/architecture/rules/store-is-not-reachable-from-internet";
import { UNKNOWN } from "../../../../policy/lib/resource";
import { fineStores } from "../../security/rules/databases/fine";
import { type Given, type RuleCases } from "../../cases";
import { type Input, type Inputs, TestNetwork } from "../../stack";

const SERVERLESS = "aws:redshiftserverless/workgroup:Workgroup";

/** A PostgreSQL instance in a tier, into which the world is let from a range. */
function database(tier: "public" | "isolated", range: Input, inputs: Inputs): Given {
  return (stack) => {
    const network = new TestNetwork(stack);
    const group = network.group("crm");
    network.rule("Ingress", "world", group, 5432, { cidrIpv4: range });
    return network.database("crm", group, inputs, network[tier]);
  };
}

export const cases: RuleCases = {
  rule,
  pass: {
    "in isolated subnets, whoever is let in": database("isolated", "0.0.0.0/0", { publiclyAccessible: true }),
    "with its public access off": database("public", "0.0.0.0/0", { publiclyAccessible: false }),
    "while it is not known whether an instance that nobody can route to is public": database("isolated", "0.0.0.0/0", {
      publiclyAccessible: UNKNOWN,
    }),
  },
  fail: {
    "when it is public, in public subnets, and lets everybody in": {
      given: database("public", "0.0.0.0/0", { publiclyAccessible: true }),
      says: /crm is reachable from the internet on port 5432/,
    },
    "before anything exists": {
      given: database("public", "0.0.0.0/0", { publiclyAccessible: true }),
      known: false,
      says: /reachable from the internet/,
    },
  },
  absent: {
    "of RDS, which is not public": { given: database("public", "0.0.0.0/0", {}), says: "pass" },
    "of OpenSearch, which is outside of any VPC": {
      given: (stack) => stack.add("aws:opensearch/domain:Domain", "logs"),
      says: /logs is reachable from the internet on port 443/,
    },
  },
  unknown: {
    "while it is not known whether it is public": database("public", "0.0.0.0/0", { publiclyAccessible: UNKNOWN }),
    "while it is not known who is let in": database("public", UNKNOWN, { publiclyAccessible: true }),
  },
  mutations: {
    "a search domain is added outside of any VPC": (stack) => void fineStores(stack).search({ vpcOptions: null }),
    "the warehouse is public, in public subnets, and open to the world": {
      change: (stack) => {
        const warehouse = stack.one(SERVERLESS);
        const subnets = stack.all("aws:ec2/subnet:Subnet", "public");
        stack.set(warehouse, "publiclyAccessible", true);
        stack.set(
          warehouse,
          "subnetIds",
          subnets.map(({ outputs }) => outputs?.["id"] ?? null),
        );
        stack.replace(stack.one(SERVERLESS), {
          propertyDependencies: { ...warehouse.propertyDependencies, subnetIds: subnets.map(({ urn }) => urn) },
        });
        const [group] = (warehouse.inputs["securityGroupIds"] ?? []) as string[];
        stack.add("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "world", {
          description: "everybody",
          securityGroupId: group ?? "",
          cidrIpv4: "0.0.0.0/0",
          ipProtocol: "tcp",
          fromPort: 5439,
          toPort: 5439,
        });
      },
      also: ["group-is-closed-to-internet"],
    },
  },
};
