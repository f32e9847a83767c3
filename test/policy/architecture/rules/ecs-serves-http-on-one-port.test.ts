import assert from "node:assert/strict";
import { ecsServesHttpOnOnePort as rule } from "../../../../policy/architecture/rules/ecs-serves-http-on-one-port";
import type { PackConfig } from "../../../../policy/lib/levels";
import { type Json, UNKNOWN } from "../../../../policy/lib/resource";
import { arn, type Inputs, TestStack } from "../../stack";
import { verdictOn } from "../../verdicts";

const http = { port: 8080, protocol: "http" };
const tcp = { port: 1883, protocol: "tcp" };

/** A declared service with an ECS service of these port mappings. */
function declared(inputs: Inputs, mappings: Json = [{ containerPort: 8080 }]): string {
  const stack = new TestStack();
  const service = stack.add("strata:service:Service", "chat", { target: "fargate", ...inputs });
  const containerDefinitions = mappings === UNKNOWN ? UNKNOWN : JSON.stringify([{ name: "chat", portMappings: mappings }]);
  const task = stack.add("aws:ecs/taskDefinition:TaskDefinition", "chat", { containerDefinitions }, service);
  stack.add("aws:ecs/service:Service", "chat", { taskDefinition: arn(task) }, service);
  return verdictOn(rule, service, stack.resources);
}

/** An ECS service of which nothing is declared, behind a target group of this protocol. */
function built(protocol: Json, mappings: Json, extra: Inputs = {}, config?: PackConfig): string {
  const stack = new TestStack();
  const containerDefinitions =
    mappings === UNKNOWN ? UNKNOWN : JSON.stringify([{ name: "app", portMappings: mappings }, { name: "agent" }]);
  const task = stack.add("aws:ecs/taskDefinition:TaskDefinition", "orders", { containerDefinitions });
  const group = stack.add("aws:lb/targetGroup:TargetGroup", "orders", { protocol });
  const service = stack.add("aws:ecs/service:Service", "orders", {
    taskDefinition: arn(task),
    loadBalancers: [{ targetGroupArn: arn(group), containerPort: 8080 }],
    ...extra,
  });
  return verdictOn(rule, service, stack.resources, config);
}

describe("ECS serves HTTP on one port: declared services", () => {
  it("pass with one HTTP port, or none", () => {
    assert.equal(declared({ ports: [http] }), "pass");
    assert.equal(declared({ ports: [] }), "pass");
    assert.equal(declared({}), "pass");
  });

  it("fail with raw TCP, several ports, or several mapped ports that are not declared", () => {
    assert.equal(declared({ ports: [tcp] }), "fail: chat runs on ECS: it speaks tcp");
    assert.match(declared({ ports: [http, { port: 9001, protocol: "http" }] }), /: it listens on 2 ports$/);
    assert.match(declared({ target: "ecs", ports: [tcp] }), /^fail/);
    assert.match(declared({ ports: [http] }, [{ containerPort: 8080 }, { containerPort: 9001 }]), /container chat maps ports 8080, 9001$/);
  });

  it("pass where the advisor was overruled with a reason", () => {
    assert.equal(declared({ ports: [tcp], overruled: "There is no Kubernetes here" }), "pass");
  });

  it("have nothing to say about services that run elsewhere, or say not where", () => {
    assert.equal(declared({ target: "eks", ports: [tcp, http] }), "nothing");
    assert.equal(declared({ target: null, ports: [tcp] }), "nothing");
  });

  it("are not evaluated when what decides is unknown, and judged by what they declare while their tasks are", () => {
    assert.equal(declared({ ports: UNKNOWN }), "not evaluated: its ports are not known yet");
    assert.equal(declared({ ports: [{ port: 1, protocol: UNKNOWN }] }), "not evaluated: what its port speaks is not known yet");
    assert.equal(declared({ target: UNKNOWN, ports: [tcp] }), "not evaluated: where it runs is not known yet");
    assert.match(declared({ ports: [tcp], overruled: UNKNOWN }), /^not evaluated: whether it gives a reason/);
    assert.equal(declared({ ports: [http] }, UNKNOWN), "pass");
  });
});

describe("ECS serves HTTP on one port: other ECS services", () => {
  it("pass with one port a container behind HTTP, or with none at all", () => {
    assert.equal(built("HTTP", [{ containerPort: 8080 }]), "pass");
    assert.equal(verdictOn(rule, new TestStack().add("aws:ecs/service:Service", "worker")), "pass");
  });

  it("fail behind a load balancer that speaks TCP, with several ports, or with UDP", () => {
    assert.equal(built("TCP", []), "fail: orders runs on ECS: its load balancer speaks TCP with it");
    assert.match(built("HTTP", [{ containerPort: 1 }, { containerPort: 2 }]), /container app maps ports 1, 2$/);
    assert.match(built("HTTP", [{ containerPortRange: "5000-5010" }]), /container app maps ports 5000-5010$/);
    assert.match(built("HTTP", [{ containerPort: 53, protocol: "udp" }]), /container app speaks UDP$/);
    assert.match(built("HTTP", [], { loadBalancers: [{ containerPort: 1 }, { containerPort: 2 }] }), /send to its ports 1, 2$/);
  });

  it("pass with a reason in the tag of its settings", () => {
    assert.equal(built("TCP", [], { tags: { "strata:because": "Its clients speak MQTT" } }), "pass");
    assert.equal(built("TCP", [], { tags: { why: "Its clients speak MQTT" } }, { [rule.id]: { reasonTag: "why" } }), "pass");
  });

  it("have nothing to say about daemon services", () => {
    assert.equal(built("TCP", [], { schedulingStrategy: "DAEMON" }), "nothing");
  });

  it("are not evaluated when ports or protocol are unknown, and fail when what is known is enough", () => {
    assert.equal(built(UNKNOWN, []), "not evaluated: what its load balancers speak is not known yet");
    assert.equal(built("HTTP", UNKNOWN), "not evaluated: the ports of its containers are not known");
    assert.match(built("HTTP", [], { loadBalancers: UNKNOWN }), /^not evaluated: the ports its load balancers send to/);
    assert.match(built("TCP", UNKNOWN), /^fail/);
  });
});
