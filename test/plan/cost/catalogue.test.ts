import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import { type CostDocument } from "../../../plan/cost/cost";
import { COST_GROUPS, costText } from "../../../plan/cost/cost-text";
import { sumUsd } from "../../../plan/cost/money";
import { dollars } from "../../../plan/cost/text";
import { strata } from "../../automation/command";
import { ROOT } from "../../harness";

const MOST_OF_PROD = 0.12;

async function costOf(environment: string, ...set: readonly string[]): Promise<CostDocument> {
  const { code, stdout, stderr } = await strata("cost", environment, "--no-what-if", "--json", "--cwd", ROOT, ...set);
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout) as CostDocument;
}

describe("the cost of the catalogue", function () {
  this.timeout(240_000);
  let prod: CostDocument;
  let dev: CostDocument;
  before(async () => {
    prod = await costOf("prod");
    dev = await costOf("dev");
  });

  it("is at most twelve hundredths of prod in dev", () => {
    const share = dev.totals.monthlyUsd / prod.totals.monthlyUsd;
    assert.ok(share <= MOST_OF_PROD, `${dev.totals.monthlyUsd} of ${prod.totals.monthlyUsd}`);
  });

  it("has a price for everything in dev, and in prod for all but what it names", () => {
    assert.deepEqual(dev.unpriced, []);
    assert.deepEqual(prod.unpriced.map(({ what }) => what).sort(), [
      "enhanced Container Insights",
      "metrics that its query reads",
      "metrics that its query reads",
    ]);
  });

  it("is within the budgets of both", () => {
    for (const cost of [dev, prod]) assert.equal(cost.budget?.over, false, String(cost.totals.monthlyUsd));
    assert.deepEqual(
      prod.serviceBudgets.map(({ service }) => service),
      ["orders"],
    );
  });

  it("is attributed to its services but for what is of none, to the cent", () => {
    for (const { totals } of [dev, prod]) {
      assert.equal(sumUsd([...totals.byService.map(({ monthlyUsd }) => monthlyUsd), totals.unattributedUsd]), totals.monthlyUsd);
      assert.ok(totals.unattributedUsd < totals.monthlyUsd / 100, String(totals.unattributedUsd));
      for (const { service, ownUsd, sharedUsd } of totals.byService) assert.ok(ownUsd > 0 && sharedUsd > 0, service);
    }
  });

  it("counts requests, traffic, logs, storage and capacity by the demand of services", () => {
    const items = new Set(prod.lines.filter(({ basis }) => basis === "usage").map(({ item }) => item));
    const paid = [
      "lambda.requests",
      "lambda.gb-second.arm64",
      "api.http",
      "alb.lcu",
      "nlb.lcu",
      "nat.gb",
      "zone.gb",
      "internet.out",
      "endpoint.gb",
    ];
    const stored = ["dynamodb.read", "dynamodb.write", "aurora.io", "aurora.storage", "s3.put", "s3.storage", "backup.rds", "redshift.rpu"];
    const told = [
      "logs.ingested",
      "logs.stored",
      "logs.vended.s3",
      "firehose.gb",
      "sqs.requests",
      "kms.requests",
      "secret.calls",
      "xray.traces",
    ];
    for (const item of [...paid, ...stored, ...told, "ec2.m7g.large", "fargate.vcpu-hour.arm64"]) assert.ok(items.has(item), item);
  });

  it("rises with the demand of a service, planned anew", async () => {
    const more = await costOf("dev", "--set", "storefront.demand.average=240/s", "--set", "http.response-kb=20");
    const out = (cost: CostDocument, service: string) =>
      cost.lines.find(({ name, item }) => name === service && item === "internet.out")?.quantity ?? 0;
    const grown = (service: string) => out(more, service) / out(dev, service);
    assert.ok(Math.abs(grown("orders") - 2) < 1e-9, "twice as large responses");
    assert.ok(Math.abs(grown("storefront") - 8) < 1e-9, "and four times as many");
    assert.ok(more.totals.monthlyUsd > dev.totals.monthlyUsd);
    assert.equal(more.assumptions.find(({ id }) => id === "http.response-kb")?.from, "--set");
  });

  it("is told within a hundred columns, with what was assumed, and adds up in every table", () => {
    for (const by of COST_GROUPS) {
      const text = stripVTControlCharacters(costText(dev, by, "dev", { width: 200 }));
      for (const line of text.split("\n")) assert.ok(line.length <= 100, line);
      for (const { id } of dev.assumptions) assert.ok(text.includes(id), id);
      assert.ok(text.split(dollars(dev.totals.monthlyUsd)).length > 2, "in the heading and under the table");
    }
  });
});

describe("strata cost", () => {
  it("says everything that is wrong with --set at once", async () => {
    const wrong = ["demand.share=much", "ordrs.demand.average=1/s", "strata:netwrk.nat=single", "nonsense"];
    const { code, stderr } = await strata("cost", "dev", "--cwd", ROOT, ...wrong.flatMap((one) => ["--set", one]));
    assert.equal(code, 1);
    assert.match(stderr, /4 things are wrong/);
    assert.match(stderr, /demand\.share: is not a number/);
    assert.match(stderr, /ordrs is not a service or assumption; .*orders/);
    assert.match(stderr, /netwrk is not a section of a stack file; .*network/);
    assert.match(stderr, /nonsense: is not a change; write an assumption/);
  });

  it("refuses a way to add up that there is not", async () => {
    const { code, stderr } = await strata("cost", "dev", "--by", "colour", "--cwd", ROOT);
    assert.equal(code, 1);
    assert.match(stderr, /--by: is not a way to add up, got colour; give one of service, layer, resource/);
  });
});
