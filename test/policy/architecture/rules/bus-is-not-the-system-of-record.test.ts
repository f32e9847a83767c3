import assert from "node:assert/strict";
import { busIsNotTheSystemOfRecord as rule } from "../../../../policy/architecture/rules/bus-is-not-the-system-of-record";
import { type Json, UNKNOWN } from "../../../../policy/lib/resource";
import { TestStack } from "../../stack";
import { verdictOn } from "../../verdicts";

/** What the rule says of the first service of a stack, by what each declares it needs; undefined: it declares nothing. */
function first(...services: readonly (Json | undefined)[]): string {
  const stack = new TestStack();
  const made = services.map((needs, index) =>
    stack.add("strata:service:Service", ["orders", "billing", "reports"][index] ?? "", needs === undefined ? {} : { needs }),
  );
  const [service] = made;
  assert.ok(service);
  return verdictOn(rule, service, stack.resources);
}

const cache = { kind: "cache", name: "orders", access: "write" };
const publishes = { kind: "topic", name: "orders.v1", access: "publish" };
const consumes = { kind: "topic", name: "orders.v1", access: "consume" };
const keeps = { kind: "store", name: "orders", access: "write" };
const reads = { kind: "table", name: "orders", access: "read" };
const calls = { kind: "service", name: "billing" };

describe("no bus is the system of record: services", () => {
  it("fail when they put data into a bus or cache and nothing keeps it", () => {
    assert.equal(
      first([cache]),
      "fail: orders puts data into cache orders, and nothing keeps it: neither the service, nor one it calls, nor one that reads it",
    );
    assert.match(first([publishes], [consumes]), /^fail: orders puts data into topic orders.v1/);
    assert.match(first([{ kind: "queue", name: "jobs", access: "publish" }], [reads]), /^fail/);
    assert.match(first([cache, calls], []), /^fail/);
  });

  it("pass when they keep data themselves, or copy what is kept", () => {
    assert.equal(first([cache, keeps]), "pass");
    assert.equal(first([cache, reads]), "pass");
    assert.equal(first([publishes, { kind: "bucket", name: "orders", access: "write" }]), "pass");
  });

  it("pass when a service that they call, directly or not, keeps data", () => {
    assert.equal(first([cache, calls], [keeps]), "pass");
    assert.equal(first([cache, calls], [{ kind: "service", name: "reports" }], [keeps]), "pass");
    assert.match(first([cache, calls], [{ kind: "service", name: "orders" }]), /^fail/);
  });

  it("pass when one that reads the bus keeps what comes, or the bus they read is filled by one that does", () => {
    assert.equal(first([publishes], [consumes, keeps]), "pass");
    assert.match(first([publishes], [consumes, reads]), /^fail/);
    assert.equal(first([cache, consumes], [publishes, keeps]), "pass");
  });

  it("pass when they say what the content is rebuilt from, and when they put nothing in", () => {
    assert.equal(first([{ ...cache, rebuiltFrom: "the model" }]), "pass");
    assert.equal(first([cache], [{ ...cache, rebuiltFrom: "the model" }]), "pass");
    assert.match(first([{ ...cache, rebuiltFrom: " " }]), /^fail/);
    assert.equal(first([{ ...cache, access: "read" }]), "pass");
    assert.equal(first([]), "pass");
  });

  it("are not evaluated when what they, or one that may keep it for them, need is absent or not known", () => {
    assert.equal(first(undefined), "not evaluated: what it needs is not declared, or not known yet");
    assert.match(first(UNKNOWN), /^not evaluated: what it needs/);
    assert.match(first([{ ...cache, access: UNKNOWN }]), /^not evaluated: what it needs/);
    assert.equal(first([cache], UNKNOWN), "not evaluated: what billing needs, which may keep its data, is not known yet");
    assert.equal(first([cache, keeps], UNKNOWN), "pass");
  });
});

describe("no bus is the system of record: topics", () => {
  const topic = (configs: Json): string => verdictOn(rule, new TestStack().add("aws:msk/topic:Topic", "orders", { configs }));

  it("pass with a retention, which is a week unless said, and fail when they keep records for ever", () => {
    assert.equal(topic(JSON.stringify({ "retention.ms": "604800000" })), "pass");
    assert.equal(topic(null), "pass");
    assert.equal(topic(JSON.stringify({ "retention.ms": "-1" })), "fail: topic orders keeps its records for ever: retention.ms is -1");
    assert.match(topic(JSON.stringify({ "retention.ms": -1, "retention.bytes": -1 })), /^fail/);
    assert.equal(topic(JSON.stringify({ "retention.ms": "-1", "retention.bytes": "1000" })), "pass");
  });

  it("are not evaluated when their settings are not known, or no JSON", () => {
    assert.equal(topic(UNKNOWN), "not evaluated: its settings are not known yet");
    assert.match(topic("{"), /^not evaluated: its configs can't be read/);
  });
});
