import assert from "node:assert/strict";
import { declareTable, type TableNeed } from "../../../components/persistence/table-declaration";
import { faultLine } from "../../../components/faults";
import { Need } from "../../../components/service/needs";

const FILES = ["services/first/service.yaml: needs[0]", "services/second/service.yaml: needs[0]"];

function need(rest: Partial<TableNeed>): TableNeed {
  return Need.parse({ table: "orders", access: "write", ...rest }) as TableNeed;
}

const declare = (...needs: Partial<TableNeed>[]) =>
  declareTable(needs.map((rest, index) => ({ key: FILES[index] ?? "services/other/service.yaml: needs[0]", need: need(rest) })));

const faultsOf = (...needs: Partial<TableNeed>[]) => declare(...needs).faults.map(faultLine);

const KEY = { partitionKey: { name: "customer" }, sortKey: { name: "placed", type: "N" } } as const;

describe("the declaration of a table", () => {
  it("is put together from one service that declares and others that only use it", () => {
    const { value } = declare({}, { ...KEY, expires: "until", stream: "KEYS_ONLY" });
    assert.deepEqual(value, {
      attributes: { customer: "S", placed: "N" },
      partitionKey: "customer",
      sortKey: "placed",
      globalIndexes: [],
      localIndexes: [],
      expires: "until",
      stream: "KEYS_ONLY",
    });
  });

  it("tells global indexes from local ones", () => {
    const { value } = declare({
      ...KEY,
      attributes: [{ name: "state" }, { name: "total", type: "N" }],
      indexes: [
        { index: "by-state", partitionKey: "state", sortKey: "placed", project: ["total"] },
        { index: "by-total", partitionKey: "customer", sortKey: "total", local: true, project: "KEYS_ONLY" },
      ],
    });
    assert.deepEqual(value?.globalIndexes, [{ name: "by-state", partitionKey: "state", sortKey: "placed", projection: ["total"] }]);
    assert.deepEqual(value?.localIndexes, [{ name: "by-total", partitionKey: "customer", sortKey: "total", projection: "KEYS_ONLY" }]);
  });

  it("may be said twice, when both say the same", () => {
    assert.deepEqual(faultsOf(KEY, KEY), []);
  });

  describe("is refused", () => {
    const refused = (what: string, wanted: RegExp, ...needs: Partial<TableNeed>[]) =>
      it(what, () => {
        const faults = faultsOf(...needs);
        assert.equal(faults.length, 1, faults.join("\n"));
        assert.match(faults[0] ?? "", wanted);
      });

    refused(
      "when nobody gives the partition key",
      /^services\/first\/service\.yaml: needs\[0\]\.partitionKey: is missing for table orders/,
      {},
      {},
    );
    refused(
      "when two services disagree, naming both",
      /second.*partitionKey: differs from what services\/first\/service\.yaml: needs\[0\] says/,
      { partitionKey: { name: "id" } },
      { partitionKey: { name: "key" } },
    );
    refused(
      "when an index uses an attribute that is not declared, with what was likely meant",
      /indexes\[0\]\.partitionKey: is an attribute that is not declared, got "custmer"; did you mean customer\?/,
      { ...KEY, indexes: [{ index: "twice", partitionKey: "custmer" }] },
    );
    refused("when an attribute is no key, because DynamoDB refuses that", /attributes\[0\]: is a key of no index, got "note"/, {
      ...KEY,
      attributes: [{ name: "note" }],
    });
    refused("when an attribute has two types", /declares an attribute twice, got "placed"/, {
      ...KEY,
      attributes: [{ name: "placed", type: "S" }],
      indexes: [{ index: "by-time", partitionKey: "placed" }],
    });
    refused("when a local index has another partition key", /local index that does not sort the table's own partitions/, {
      ...KEY,
      indexes: [{ index: "local-one", partitionKey: "placed", sortKey: "customer", local: true }],
    });
    refused("when a local index is on a table without a sort key", /local index of a table without a sort key/, {
      partitionKey: { name: "customer" },
      attributes: [{ name: "placed", type: "N" }],
      indexes: [{ index: "local-one", partitionKey: "customer", sortKey: "placed", local: true }],
    });
    refused("when items would expire by a text", /expires: is a key attribute that is not a number, got "customer"/, {
      ...KEY,
      expires: "customer",
    });
    refused("when two indexes have one name", /has two indexes of one name, got "again"/, {
      ...KEY,
      indexes: [
        { index: "again", partitionKey: "placed" },
        { index: "again", partitionKey: "customer" },
      ],
    });
    refused("when there are more local indexes than DynamoDB makes", /has too many local indexes, got 6; give at most 5/, {
      ...KEY,
      indexes: Array.from({ length: 6 }, (_, index) => ({
        index: `local-${index}`,
        partitionKey: "customer",
        sortKey: "placed",
        local: true,
      })),
    });
  });
});
