import assert from "node:assert/strict";
import { architectureOf, EC2_TYPES } from "../../facts/ec2-types";
import { EKS_ADDONS, KUBE_PROXY_SKEW, NODE_GROUP_DEFAULTS, WITHOUT_AL2 } from "../../facts/eks-addons";
import { EVENT_SOURCES, QUEUE_SOURCE } from "../../facts/event-sources";
import { CLUSTER_ADDONS, MANAGED_NODE_ADDONS } from "../../facts/kubernetes-versions";
import { KUBERNETES_NAMES, LABEL_KINDS } from "../../facts/kubernetes-names";
import { INTERFACE_POLICIES, LAMBDA_INTERFACE_ACTIONS } from "../../facts/lambda-network-policies";
import { AWSLOGS_OPTIONS, FARGATE_PROVIDERS, RESERVED_PROVIDER_PREFIXES } from "../../facts/limits-ecs";
import {
  CERTIFICATE_PROTOCOLS,
  ELB_LIMITS,
  ELB_LOG_WRITERS,
  ELB_RESERVED_PREFIX,
  LISTENER_PROTOCOLS,
  TARGET_PROTOCOLS,
} from "../../facts/limits-elb";
import { IAM_LIMITS } from "../../facts/limits-iam";
import { DELETION_WINDOWS, KEY_ALIAS } from "../../facts/limits-keys";
import { LOG_LIMITS } from "../../facts/limits-logs";
import { VPC_LIMITS } from "../../facts/limits-vpc";
import { type Fact } from "../../facts/row";

const TABLES: Readonly<Record<string, readonly Fact[]>> = {
  "limits-elb": [
    ...Object.values(ELB_LIMITS),
    CERTIFICATE_PROTOCOLS,
    ELB_LOG_WRITERS,
    ELB_RESERVED_PREFIX,
    LISTENER_PROTOCOLS,
    TARGET_PROTOCOLS,
  ],
  "limits-vpc": Object.values(VPC_LIMITS),
  "limits-ecs": [AWSLOGS_OPTIONS, FARGATE_PROVIDERS, RESERVED_PROVIDER_PREFIXES],
  "limits-iam": Object.values(IAM_LIMITS),
  "limits-keys": [...Object.values(DELETION_WINDOWS), KEY_ALIAS],
  "limits-logs": Object.values(LOG_LIMITS),
  "event-sources": [...EVENT_SOURCES, QUEUE_SOURCE],
  "eks-addons": [EKS_ADDONS, KUBE_PROXY_SKEW, NODE_GROUP_DEFAULTS, WITHOUT_AL2],
  "kubernetes-names": [KUBERNETES_NAMES, LABEL_KINDS],
  "lambda-network-policies": [INTERFACE_POLICIES, LAMBDA_INTERFACE_ACTIONS],
};

describe("facts about what AWS refuses", () => {
  for (const [name, rows] of Object.entries(TABLES))
    it(`${name}: every row says where it is from and when it was read`, () => {
      for (const { source, date } of rows) {
        assert.match(source, /^https:\/\//);
        assert.match(date, /^20\d\d-(0[1-9]|1[0-2])$/);
      }
    });

  it("know the processor of every instance type of the table by its name", () => {
    for (const { type, architecture } of EC2_TYPES) assert.equal(architectureOf(type), architecture, type);
  });

  it("know the processor of other instance types by their name", () => {
    const known = { "a1.large": "arm64", "c7gn.xlarge": "arm64", "im4gn.large": "arm64", "g5g.xlarge": "arm64", "g6.xlarge": "x86_64" };
    for (const [type, architecture] of Object.entries(known)) assert.equal(architectureOf(type), architecture, type);
    assert.equal(architectureOf("u-6tb1.metal"), "x86_64");
    assert.equal(architectureOf("large"), undefined);
  });

  it("have every protocol of a listener that forwards in the table of targets", () => {
    const { application = [], network = [] } = LISTENER_PROTOCOLS.byType;
    for (const protocol of [...application, ...network]) assert.notEqual(TARGET_PROTOCOLS.byListener[protocol], undefined, protocol);
  });

  it("have every add-on of our own clusters among those of EKS", () => {
    for (const { name } of [...CLUSTER_ADDONS, ...MANAGED_NODE_ADDONS]) assert.ok(EKS_ADDONS.names.has(name), name);
  });
});
