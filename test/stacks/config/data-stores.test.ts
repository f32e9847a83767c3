import assert from "node:assert/strict";
import { z } from "zod";
import { faultLine } from "../../../components/faults";
import { parse } from "../../../components/parse";
import { warehouseFaults } from "../../../components/persistence/warehouse-size";
import { capacityFaults } from "../../../components/persistence/table-capacity";
import { DATA_STORE_KEYS } from "../../../stacks/config/data-stores";

const Section = z.strictObject(DATA_STORE_KEYS);
const lines = (value: unknown) => parse(Section, value, "Pulumi.dev.yaml").faults.map(faultLine);

describe("the keys of data stores in a stack file", () => {
  it("have defaults that cost nothing while nobody asks, and have an end", () => {
    const { tableCapacity, warehouse, backup } = Section.parse({});
    assert.deepEqual([tableCapacity.mode, warehouse.mode, backup], ["on-demand", "serverless", undefined]);
    assert.deepEqual(capacityFaults("tables", tableCapacity), []);
    assert.deepEqual(warehouseFaults("warehouse", { size: warehouse, zones: 3, durable: true }), []);
  });

  it("say where data is restored from in the same words for each kind", () => {
    const moment = { source: "arn:aws:dynamodb:us-east-1:111122223333:table/old", at: "2026-11-23T10:00:00Z" };
    const snapshot = { snapshot: "arn:aws:redshift:us-east-1:111122223333:snapshot:a/b" };
    assert.deepEqual(lines({ tables: { sessions: { restoreFrom: moment } }, warehouses: { analytics: { restoreFrom: snapshot } } }), []);
    assert.deepEqual(lines({ tables: { sessions: { restoreFrom: { ...moment, at: "latest" } } } }), []);
  });

  const refused = (what: string, wanted: RegExp, value: unknown) =>
    it(`refuse ${what}`, () => {
      assert.match(lines(value).join("\n"), wanted);
    });

  refused("a moment that is none", /restoreFrom/, { tables: { sessions: { restoreFrom: { source: "arn", at: "yesterday" } } } });
  refused("a region that is none", /backup\.copyTo: is not an AWS region; write it as us-east-1/, { backup: { copyTo: "ireland" } });
  refused("a key that is misspelt", /backup\.copyDay: is not a known key.*did you mean copyDays/, {
    backup: { copyTo: "eu-west-1", copyDay: 3 },
  });
});
