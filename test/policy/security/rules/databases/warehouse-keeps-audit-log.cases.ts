import { warehouseKeepsAuditLog as rule } from "../../../../../policy/security/rules/databases/warehouse-keeps-audit-log";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { id } from "../../../stack";
import { given } from "../given";

const CLUSTER = "aws:redshift/cluster:Cluster";
const LOGGING = "aws:redshift/logging:Logging";
const NAMESPACE = "aws:redshiftserverless/namespace:Namespace";

export const cases: RuleCases = {
  rule,
  pass: {
    "a cluster that logs to S3, before either is made": {
      given: (stack) => {
        const cluster = stack.add(CLUSTER, "orders");
        stack.add(LOGGING, "orders", { clusterIdentifier: id(cluster), logDestinationType: "s3" });
        return cluster;
      },
      known: false,
    },
    "a cluster of an older provider": given(CLUSTER, { logging: { enable: true } }),
    "a namespace": given(NAMESPACE, { logExports: ["connectionlog", "userlog"] }),
  },
  fail: {
    "a cluster while another logs": {
      given: (stack) => {
        stack.add(LOGGING, "payments", { clusterIdentifier: id(stack.add(CLUSTER, "payments")) });
        return stack.add(CLUSTER, "orders");
      },
      says: /orders keeps no full audit log: it has no redshift.Logging/,
    },
    "a cluster that logs half to CloudWatch": {
      given: (stack) => {
        const cluster = stack.add(CLUSTER, "orders", { clusterIdentifier: "orders" });
        stack.add(LOGGING, "orders", { clusterIdentifier: "orders", logDestinationType: "cloudwatch", logExports: ["userlog"] });
        return cluster;
      },
      says: /lacks connectionlog/,
    },
    "a namespace that exports half": { given: given(NAMESPACE, { logExports: ["userlog"] }), says: /lacks connectionlog/ },
  },
  absent: {
    "of a cluster": { given: given(CLUSTER), says: /it has no redshift.Logging/ },
    "of a namespace": { given: given(NAMESPACE), says: /lacks connectionlog, userlog/ },
  },
  unknown: {
    "while nobody can say whose logging it is": (stack) => {
      stack.add(LOGGING, "some", { clusterIdentifier: UNKNOWN });
      return stack.add(CLUSTER, "orders");
    },
    "while it is not known where half of it goes": (stack) => {
      const cluster = stack.add(CLUSTER, "orders");
      stack.add(LOGGING, "orders", { clusterIdentifier: id(cluster), logDestinationType: UNKNOWN, logExports: ["userlog"] });
      return cluster;
    },
    "while the exports are not known": given(NAMESPACE, { logExports: UNKNOWN }),
  },
  mutations: {
    "the warehouse does not say who connected": (stack) => stack.set(stack.one(NAMESPACE), "logExports", ["userlog", "useractivitylog"]),
  },
};
