import assert from "node:assert/strict";
import { REPLACEMENTS } from "../../facts/replacements";
import { makePlan } from "../../plan/plan";
import { planText } from "../../plan/text";
import { typeOf } from "../../plan/urn";
import { ROOT } from "../harness";

describe("what a plan says keeps data", () => {
  it("is every resource of a stateful type, each with what would replace it", async () => {
    const { document } = await makePlan(ROOT, "prod");
    const stateful = document.resources.filter(({ type }) => REPLACEMENTS[type]?.stateful).map(({ urn }) => urn);
    assert.deepEqual(
      document.keeps.map(({ urn }) => urn),
      stateful,
    );
    const database = document.keeps.find(({ urn }) => typeOf(urn) === "aws:rds/cluster:Cluster");
    assert.ok(database);
    const properties = database.replacedBy.map(({ property }) => property);
    for (const property of ["engine", "kmsKeyId", "dbSubnetGroupName"]) assert.ok(properties.includes(property), property);
  });

  it("is protected in a durable environment, and free to go in another", async () => {
    const [prod, dev] = [await makePlan(ROOT, "prod"), await makePlan(ROOT, "dev")];
    const stores = ["aws:rds/cluster:Cluster", "aws:rds/instance:Instance", "aws:dynamodb/table:Table", "aws:msk/cluster:Cluster"];
    for (const [plan, safe] of [
      [prod, true],
      [dev, false],
    ] as const) {
      const kept = plan.document.keeps.filter(({ urn }) => stores.includes(typeOf(urn)));
      assert.ok(kept.length >= stores.length);
      for (const { urn, protect } of kept) assert.equal(protect, safe, urn);
    }
  });

  it("is shown to people a row a type, with the first of the changes", async () => {
    const text = planText(await makePlan(ROOT, "prod"), { width: 160, seconds: 1 });
    assert.match(text, /rds\.Instance +6, protected +replaced by availabilityZone, .* and \d+ more/);
  });
});
