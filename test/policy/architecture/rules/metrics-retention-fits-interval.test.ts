import assert from "node:assert/strict";
import { metricsRetentionFitsInterval as rule } from "../../../../policy/architecture/rules/metrics-retention-fits-interval";
import { type Json, UNKNOWN } from "../../../../policy/lib/resource";
import { TestStack } from "../../stack";
import { verdictOn } from "../../verdicts";

const SCHEMAS = "[carbon]\npattern = ^carbon\\.\nretentions = 60s:90d\n\n[all]\npattern = .*\nretentions = 10s:1d,60s:7d\n";
const netdata = (seconds: number): string =>
  `[exporting:global]\n    enabled = yes\n[graphite:strata]\n    enabled = yes\n    prefix = strata.prod.hosts\n    update every = ${seconds}\n`;
const statsd = (ms: number): string =>
  JSON.stringify({ graphiteHost: "relay", flushInterval: ms, graphite: { globalPrefix: "strata.prod.apps" } });

/** The verdict on what holds the schemas, beside what holds a sender's settings. */
function verdict(schemas: Json, ...senders: readonly Json[]): string {
  const stack = new TestStack();
  const carbon = stack.add("kubernetes:core/v1:ConfigMap", "carbon", { data: { "storage-schemas.conf": schemas } });
  for (const [index, data] of senders.entries())
    stack.add("kubernetes:core/v1:ConfigMap", `sender-${index}`, { data: { "settings.conf": data } });
  return verdictOn(rule, carbon, stack.resources);
}

describe("the finest points are kept as far apart as they are sent", () => {
  it("passes when every sender has the interval of the first archive", () => {
    assert.equal(verdict(SCHEMAS, netdata(10), statsd(10_000)), "pass");
    assert.equal(verdict("[all]\npattern = .*\nretentions = 1min:7d\n", netdata(60)), "pass");
    assert.equal(verdict("[all]\npattern = .*\nretentions = 10:8640\n", netdata(10)), "pass");
  });

  it("fails when any sends more or less often, and names it", () => {
    assert.equal(
      verdict(SCHEMAS, netdata(10), statsd(5_000)),
      "fail: storage-schemas.conf: StatsD of sender-1 sends every 5 s, section all keeps a point each 10 s",
    );
    assert.match(verdict(SCHEMAS, netdata(60)), /^fail: .* Netdata of sender-0 sends every 60 s/);
    assert.match(verdict(SCHEMAS, 'interval = "20s"\n[[outputs.graphite]]\n  prefix = "x"\n'), /^fail: .* Telegraf/);
    assert.match(verdict(SCHEMAS, "{ graphiteHost: 'relay', flushInterval: 2000 }"), /^fail: .* StatsD of sender-0 sends every 2 s/);
  });

  it("compares a sender with the first section whose pattern fits its series", () => {
    const schemas = "[hosts]\npattern = ^strata\\.prod\\.hosts\\.\nretentions = 10s:1d\n[all]\npattern = .*\nretentions = 60s:7d\n";
    assert.equal(verdict(schemas, netdata(10)), "pass");
    assert.match(verdict(schemas, netdata(60)), /section hosts keeps a point each 10 s$/);
    assert.match(verdict("[carbon]\npattern = ^carbon\nretentions = 10s:1d\n", netdata(10)), /no section is for what Netdata/);
  });

  it("takes what Netdata and StatsD send by themselves for every ten seconds", () => {
    assert.equal(verdict(SCHEMAS, "[graphite:strata]\nenabled = yes\n", JSON.stringify({ graphiteHost: "relay" })), "pass");
    assert.equal(verdict(SCHEMAS, netdata(10), "[graphite:old]\nenabled = no\nupdate every = 1\n"), "pass");
  });

  it("is not evaluated when no sender is seen, and while the schemas or another text are not known", () => {
    assert.match(verdict(SCHEMAS), /^not evaluated: no text of the stack says how often/);
    assert.equal(verdict(UNKNOWN, netdata(10)), "not evaluated: storage-schemas.conf is not known yet");
    assert.match(verdict(SCHEMAS, netdata(10), UNKNOWN), /^not evaluated: what sender-1 is configured with/);
    assert.match(
      verdict("[all]\npattern = (?P<x>a)\nretentions = 10s:1d\n", netdata(10)),
      /^not evaluated: the pattern of section all can't be read/,
    );
  });

  it("says nothing where no schemas are", () => {
    const stack = new TestStack();
    assert.equal(
      verdictOn(rule, stack.add("kubernetes:core/v1:ConfigMap", "x", { data: { "a.conf": netdata(10) } }), stack.resources),
      "nothing",
    );
    assert.equal(verdictOn(rule, stack.add("kubernetes:core/v1:ConfigMap", "y", {}), stack.resources), "nothing");
  });

  it("reads S3 objects, parameters, and the commands and variables of containers too", () => {
    const stack = new TestStack();
    const schemas = stack.add("aws:s3/bucketObjectv2:BucketObjectv2", "schemas", { key: "storage-schemas.conf", content: SCHEMAS });
    const containers = [{ name: "netdata", environment: [{ name: "EXPORTING", value: netdata(1) }], command: ["sh", "-c", "run"] }];
    stack.add("aws:ecs/taskDefinition:TaskDefinition", "netdata", { containerDefinitions: JSON.stringify(containers) });
    assert.match(verdictOn(rule, schemas, stack.resources), /^fail: .* Netdata of netdata sends every 1 s/);
    const parameter = stack.add("aws:ssm/parameter:Parameter", "schemas", { name: "storage-schemas.conf", value: SCHEMAS });
    assert.match(verdictOn(rule, parameter, stack.resources), /^fail/);
  });
});
