import assert from "node:assert/strict";
import { serviceHasHealthCheck as rule } from "../../../../policy/architecture/rules/service-has-health-check";
import { type Json, UNKNOWN } from "../../../../policy/lib/resource";
import { type Inputs, TestStack } from "../../stack";
import { verdictOn } from "../../verdicts";

function on(type: string, inputs: Inputs): string {
  return verdictOn(rule, new TestStack().add(type, "orders", inputs));
}
const onGroup = (inputs: Inputs): string => on("aws:lb/targetGroup:TargetGroup", { protocol: "HTTP", targetType: "ip", ...inputs });
const onPod = (container: { [key: string]: Json }, pod: { [key: string]: Json } = {}): string =>
  on("kubernetes:apps/v1:Deployment", { spec: { template: { spec: { containers: [{ name: "app", ...container }], ...pod } } } });
const ports = [{ containerPort: 8080 }];

describe("what is called has a health check: target groups", () => {
  it("pass with a path, also one that is not known yet to be used", () => {
    assert.equal(onGroup({ healthCheck: { path: "/health" } }), "pass");
    assert.equal(onGroup({ healthCheck: { enabled: true, path: "/" }, protocol: "HTTPS" }), "pass");
  });

  it("fail without a path, or with the check turned off", () => {
    assert.equal(onGroup({}), "fail: orders has no health check: healthCheck.path is not set");
    assert.match(onGroup({ healthCheck: { interval: 10 } }), /^fail/);
    assert.match(onGroup({ healthCheck: { enabled: false, path: "/" } }), /healthCheck.enabled is false$/);
  });

  it("pass on another protocol, of which the port is checked, unless that is turned off", () => {
    assert.equal(onGroup({ protocol: "TCP" }), "pass");
    assert.match(onGroup({ protocol: "TCP", healthCheck: { enabled: false } }), /^fail/);
  });

  it("have nothing to say about functions", () => {
    assert.equal(onGroup({ targetType: "lambda" }), "nothing");
  });

  it("are not evaluated when the check, or the protocol that asks for one, is unknown", () => {
    assert.equal(onGroup({ healthCheck: UNKNOWN }), "not evaluated: its health check is not known yet");
    assert.match(onGroup({ healthCheck: { path: UNKNOWN } }), /^not evaluated/);
    assert.equal(onGroup({ protocol: UNKNOWN }), "not evaluated: whether it speaks HTTP is not known yet");
    assert.equal(onGroup({ protocol: UNKNOWN, healthCheck: { path: "/" } }), "pass");
  });
});

describe("what is called has a health check: pods", () => {
  it("pass with a readiness probe on each container with ports", () => {
    assert.equal(onPod({ ports, readinessProbe: { tcpSocket: { port: 8080 } } }), "pass");
    assert.equal(onPod({}), "pass");
  });

  it("fail without one, and name the container; a liveness probe is none", () => {
    assert.equal(onPod({ ports }), "fail: orders has no health check: container app has ports and no readinessProbe");
    assert.match(onPod({ ports, livenessProbe: { tcpSocket: { port: 8080 } } }), /^fail/);
    assert.match(on("kubernetes:apps/v1:DaemonSet", { spec: { template: { spec: { containers: [{ ports }] } } } }), /^fail/);
  });

  it("ask nothing of init containers and of jobs, which end", () => {
    const probed = { ports, readinessProbe: { tcpSocket: { port: 8080 } } };
    assert.equal(onPod(probed, { initContainers: [{ name: "setup", ports }] }), "pass");
    assert.equal(on("kubernetes:batch/v1:Job", { spec: { template: { spec: { containers: [{ ports }] } } } }), "nothing");
  });

  it("are not evaluated when unknown", () => {
    assert.match(on("kubernetes:apps/v1:Deployment", { spec: UNKNOWN }), /^not evaluated: its pods/);
    assert.match(onPod({ ports, readinessProbe: UNKNOWN }), /^not evaluated: the readinessProbe of container app/);
    assert.match(onPod({ ports: UNKNOWN }), /^not evaluated/);
    assert.equal(onPod({ ports: UNKNOWN, readinessProbe: { exec: {} } }), "pass");
  });
});
