import assert from "node:assert/strict";
import { DURATIONS, durationOf } from "../../facts/durations";
import { REQUIRED_ORDERS, requiredOrder } from "../../facts/durations/required-orders";

const created = (type: string, inputs: Readonly<Record<string, unknown>> = {}) => durationOf(type, inputs, "create").minutes;

describe("durations", () => {
  it("say for every type and operation how long, from which page and month, and a tail that is no shorter", () => {
    for (const type of Object.keys(DURATIONS))
      for (const operation of ["create", "update", "delete"] as const) {
        const { minutes, tailMinutes, source, date, known } = durationOf(type, {}, operation);
        assert.ok(minutes >= 0 && minutes <= 60, type);
        assert.ok(tailMinutes === undefined || tailMinutes > minutes, `${type} ${operation}`);
        assert.match(source, /^https:\/\//);
        assert.match(date, /^20\d\d-(0[1-9]|1[0-2])$/);
        assert.equal(known, true);
      }
  });

  it("follow from the inputs where those decide", () => {
    const rds = "aws:rds/instance:Instance";
    assert.ok(created(rds, { multiAz: true }) > created(rds));
    assert.ok(created("aws:msk/cluster:Cluster", { numberOfBrokerNodes: 30 }) > created("aws:msk/cluster:Cluster"));
    assert.equal(created("aws:mq/broker:Broker", { engineType: "RabbitMQ" }), 9);
    assert.equal(created("aws:mq/broker:Broker", { engineType: "ActiveMQ" }), 14);
    const service = "aws:ecs/service:Service";
    assert.equal(created(service, { waitForSteadyState: true, desiredCount: 3 }), 3);
    assert.ok(created(service, { waitForSteadyState: true, desiredCount: 60 }) > 3);
    assert.ok(created(service, { waitForSteadyState: true, desiredCount: 0 }) < 1);
    assert.ok(created(service, { desiredCount: 3 }) < 1);
    assert.ok(created("aws:ec2/vpcEndpoint:VpcEndpoint", { vpcEndpointType: "Interface" }) > created("aws:ec2/vpcEndpoint:VpcEndpoint"));
  });

  it("do not wait for pods that nobody waits for", () => {
    const deployment = "kubernetes:apps/v1:Deployment";
    assert.ok(created(deployment) > 1);
    assert.ok(created(deployment, { metadata: { annotations: { "pulumi.com/skipAwait": "true" } } }) < 0.1);
    assert.ok(created("kubernetes:core/v1:Service", { spec: { clusterIP: "None", selector: {} } }) < 0.1);
    assert.ok(created("kubernetes:apps/v1:StatefulSet", { spec: { replicas: 3 } }) > created("kubernetes:apps/v1:StatefulSet"));
  });

  it("have a default by kind for a type without a row, and say so", () => {
    assert.deepEqual([created("aws:xray/group:Group"), durationOf("aws:xray/group:Group", {}, "create").known], [0.1, false]);
    assert.equal(created("random:index/randomPassword:RandomPassword"), 0);
    assert.equal(durationOf("toString", {}, "create").known, false);
  });

  it("take an input that is not known yet as absent", () => {
    const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    assert.equal(created("aws:msk/cluster:Cluster", { numberOfBrokerNodes: unknown }), created("aws:msk/cluster:Cluster"));
  });
});

describe("required orders", () => {
  it("say why, from which page and month, and are about types that there are", () => {
    for (const { why, source, date } of REQUIRED_ORDERS) {
      assert.ok(why.length > 0);
      assert.match(source, /^https:\/\//);
      assert.match(date, /^20\d\d-(0[1-9]|1[0-2])$/);
    }
  });

  it("know that nodes want a way out, node groups their policies and a service its listener", () => {
    const orders = [
      ["aws:ec2/natGateway:NatGateway", "aws:eks/nodeGroup:NodeGroup"],
      ["aws:iam/rolePolicyAttachment:RolePolicyAttachment", "aws:eks/nodeGroup:NodeGroup"],
      ["aws:lb/listener:Listener", "aws:ecs/service:Service"],
    ] as const;
    for (const [before, after] of orders) {
      assert.ok(requiredOrder(before, after), `${before} before ${after}`);
      assert.equal(requiredOrder(after, before), undefined);
    }
  });
});
