import assert from "node:assert/strict";
import { serviceOf } from "../../plan/owner";
import { SmallPlatform } from "./cost/small";

/** Two services: one has a database and a login of its own, both share a broker and a bucket. */
function platform() {
  const made = new SmallPlatform();
  const orders = made.service("orders", { target: "fargate" }, [
    { to: "orders", kind: "aurora-postgres", access: "write" },
    { to: "files", kind: "bucket", access: "write" },
  ]);
  made.service("billing", { target: "lambda" }, [{ to: "files", kind: "bucket", access: "read" }]);
  const database = made.add("strata:persistence:AuroraCluster", "orders-db");
  const broker = made.add("strata:persistence:MessageBroker", "activemq");
  const login = made.add("strata:persistence:StoreLogin", "activemq-billing", {}, broker);
  const all = {
    task: made.add("aws:ecs/taskDefinition:TaskDefinition", "orders", {}, orders),
    cluster: made.add("aws:rds/cluster:Cluster", "orders-db", {}, database),
    alarms: made.add("strata:visibility:StoreAlarms", "orders-db"),
    broker: made.add("aws:mq/broker:Broker", "activemq", {}, broker),
    secret: made.add("aws:secretsmanager/secret:Secret", "activemq-billing", {}, login),
    rule: made.add("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "activemq-from-billing-61617", {}, broker),
    bucket: made.add("aws:s3/bucket:Bucket", "files-bucket", {}, made.add("strata:persistence:ServiceBucket", "files-bucket")),
    vpc: made.add("aws:ec2/vpc:Vpc", "network"),
  };
  const bindings = Object.fromEntries(made.services.map((service) => [service.name, { bindings: service.bindings }]));
  const resources = made.resources.map((resource) =>
    resource.type === "pulumi:pulumi:Stack" ? { ...resource, outputs: { services: bindings } } : resource,
  );
  return (key: keyof typeof all) => serviceOf(all[key], resources);
}

describe("the service a resource exists for", () => {
  it("is the one it is below", () => assert.equal(platform()("task"), "orders"));

  it("is the only one that uses the store it belongs to, alarms included", () => {
    const owner = platform();
    assert.equal(owner("cluster"), "orders");
    assert.equal(owner("alarms"), "orders");
  });

  it("is the one a part of a shared store is named for", () => {
    const owner = platform();
    assert.equal(owner("secret"), "billing");
    assert.equal(owner("rule"), "billing");
  });

  it("is none for what is shared, and for the platform's own", () => {
    const owner = platform();
    for (const key of ["broker", "bucket", "vpc"] as const) assert.equal(owner(key), undefined, key);
  });
});
