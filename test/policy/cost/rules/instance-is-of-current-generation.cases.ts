import { instanceIsOfCurrentGeneration as rule } from "../../../../policy/cost/rules/instance-is-of-current-generation";
import { UNKNOWN } from "../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../cases";
import { type Inputs } from "../../stack";

const INSTANCE = "aws:ec2/instance:Instance";
const CACHE = "aws:elasticache/replicationGroup:ReplicationGroup";
const GROUP = "aws:autoscaling/group:Group";

function of(type: string, inputs: Inputs): Given {
  return (stack) => stack.add(type, "host", inputs);
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with a current type": of(INSTANCE, { instanceType: "m7i.large" }),
    "with a type that is no EC2 one": of("aws:rds/clusterInstance:ClusterInstance", { instanceClass: "db.serverless" }),
    "with nodes of ra3": of("aws:redshift/cluster:Cluster", { nodeType: "ra3.xlplus" }),
  },
  fail: {
    "with m4": { given: of(INSTANCE, { instanceType: "m4.large" }), says: /host runs on a previous generation: instanceType is m4.large/ },
    "with a1, the first Graviton": { given: of(INSTANCE, { instanceType: "a1.xlarge" }), says: /a1.xlarge/ },
    "with a database on r4": { given: of("aws:rds/instance:Instance", { instanceClass: "db.r4.large" }), says: /db.r4.large/ },
    "with nodes of dc2": {
      given: of("aws:redshift/cluster:Cluster", { nodeType: "dc2.large" }),
      says: /dc2.large; ra3 stand in its place/,
    },
    "with a search domain on t2": {
      given: of("aws:opensearch/domain:Domain", { clusterConfig: { instanceType: "t2.small.search" } }),
      says: /t2.small.search/,
    },
    "with one old type among known and unknown ones": {
      given: of("aws:eks/nodeGroup:NodeGroup", { instanceTypes: ["m4.large", UNKNOWN] }),
      says: /m4.large/,
    },
  },
  absent: {
    "with nodes that name no type, which is t3.medium": { given: of("aws:eks/nodeGroup:NodeGroup", {}), says: "pass" },
    "with a host whose template says it": { given: of(INSTANCE, {}), says: "nothing" },
  },
  unknown: { "while the type is not known": of(INSTANCE, { instanceType: UNKNOWN }) },
  mutations: {
    "the cache runs on m4": (stack) => stack.set(stack.one(CACHE), "nodeType", "cache.m4.large"),
    "the hosts may be a1": (stack) =>
      stack.set(stack.one(GROUP), ["mixedInstancesPolicy", "launchTemplate", "overrides", 0, "instanceType"], "a1.xlarge"),
  },
};
