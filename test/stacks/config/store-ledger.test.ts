import fc from "fast-check";
import assert from "node:assert/strict";
import { faultLine } from "../../../components/faults";
import { Need } from "../../../components/service/needs";
import { readCatalogue } from "../../../stacks/catalogue";
import {
  compareLedger,
  ledgerFaults,
  ledgerFile,
  ledgerText,
  readLedger,
  recordStores,
  retire,
  retiredStores,
  type StoreLedger,
  storeRecords,
  writeLedger,
} from "../../../stacks/config/store-ledger";
import { ROOT, Workspace } from "../../harness";

const EMPTY: StoreLedger = { stores: {}, retired: {} };

/** Services with their needs, as a catalogue holds them. */
function catalogue(services: Readonly<Record<string, readonly object[]>>) {
  return Object.entries(services).map(([name, needs]) => ({
    file: `services/${name}/service.yaml`,
    descriptor: { name, needs: needs.map((need) => Need.parse(need)) },
  }));
}

const TABLE = { table: "sessions", access: "write", partitionKey: { name: "id" } };
const DATABASE = { store: "aurora-postgres", name: "orders", access: "write" };

const records = (services: Readonly<Record<string, readonly object[]>>) => storeRecords(catalogue(services));
const recorded = (services: Readonly<Record<string, readonly object[]>>) => recordStores(EMPTY, records(services));
const faults = (ledger: StoreLedger, services: Readonly<Record<string, readonly object[]>>) =>
  ledgerFaults("prod", compareLedger(ledger, records(services))).map(faultLine);

describe("the stores of a catalogue", () => {
  it("are those that keep data, once each, with everyone who needs them", () => {
    const found = records({
      sessions: [TABLE, { cache: "sessions", access: "write" }, { service: "orders" }, { internet: "a payment provider" }],
      orders: [DATABASE, { table: "sessions", access: "read" }, { queue: "mail", access: "publish" }],
    });
    assert.deepEqual(found, [
      { kind: "aurora-postgres", name: "orders", services: ["orders"], is: {} },
      { kind: "sqs", name: "mail", services: ["orders"], is: {} },
      { kind: "table", name: "sessions", services: ["orders", "sessions"], is: { partitionKey: "id S" } },
    ]);
  });

  it("of this project are all recorded by one command, after which nothing is missing", () => {
    const { entries, faults: wrong } = readCatalogue(ROOT);
    assert.deepEqual(wrong, []);
    const current = storeRecords(entries);
    const comparison = compareLedger(recordStores(EMPTY, current), current);
    assert.deepEqual(comparison, { retired: [], changed: [], revived: [], unrecorded: [] });
    assert.ok(compareLedger(EMPTY, current).unrecorded.length > 5);
  });

  it("remember where they were restored from, so that taking it away is seen", () => {
    const services = catalogue({ orders: [DATABASE] });
    const ledger = recordStores(EMPTY, storeRecords(services, { "aurora-postgres/orders": { restoreFrom: "snapshot-1" } }));
    assert.deepEqual(compareLedger(ledger, storeRecords(services)).changed, [
      { id: "aurora-postgres/orders", property: "restoreFrom", was: "snapshot-1", is: undefined },
    ]);
  });
});

describe("the ledger of a durable environment", () => {
  it("stops a plan when a need is gone, naming the store and how to retire it", () => {
    assert.deepEqual(faults(recorded({ sessions: [TABLE], orders: [DATABASE] }), { orders: [DATABASE] }), [
      'stores.prod.yaml: stores.table/sessions: is needed by no service any more, and its data would be left behind, got ["sessions"]; ' +
        'give the need back, or run: strata stores retire prod table/sessions --because "…"',
    ]);
  });

  it("lets a plan pass when another service still needs the store, or when the store is new", () => {
    const ledger = recorded({ sessions: [TABLE], chat: [{ table: "sessions", access: "read" }] });
    assert.deepEqual(faults(ledger, { chat: [TABLE] }), []);
    assert.deepEqual(faults(ledger, { chat: [TABLE], orders: [DATABASE] }), []);
    assert.deepEqual(
      compareLedger(ledger, records({ chat: [TABLE], orders: [DATABASE] })).unrecorded.map(({ name }) => name),
      ["orders"],
    );
  });

  it("stops a plan when an engine changes, because the data is in the other one", () => {
    const found = faults(recorded({ orders: [DATABASE] }), { orders: [{ ...DATABASE, store: "aurora-mysql" }] });
    assert.equal(found.length, 1);
    assert.match(found[0] ?? "", /stores\.aurora-postgres\/orders: is needed by no service any more/);
  });

  it("stops a plan when a key of a table changes, saying what it was", () => {
    const sorted = { ...TABLE, sortKey: { name: "at", type: "N" } };
    assert.deepEqual(faults(recorded({ sessions: [TABLE] }), { sessions: [sorted] }), [
      'stores.prod.yaml: stores.table/sessions.is.sortKey: was not there, and can only change with a new store, got "at N"; ' +
        "change it back, or declare a new store under another name, move the data and retire table/sessions",
    ]);
    assert.match(
      faults(recorded({ sessions: [sorted] }), { sessions: [{ ...TABLE, partitionKey: { name: "id", type: "N" } }] }).join("\n"),
      /partitionKey: was id S[^]*sortKey: was at N/,
    );
  });

  it("says nothing of what can change in place", () => {
    const grown = {
      ...TABLE,
      expires: "until",
      stream: "NEW_IMAGE",
      attributes: [{ name: "user" }],
      indexes: [{ index: "by-user", partitionKey: "user" }],
    };
    assert.deepEqual(faults(recorded({ sessions: [TABLE] }), { sessions: [grown] }), []);
  });

  it("never forgets by being written again: a store that is gone or was changed stays as it was", () => {
    const before = recorded({ sessions: [TABLE], orders: [DATABASE] });
    const after = recordStores(before, records({ sessions: [{ ...TABLE, partitionKey: { name: "key" } }] }));
    assert.deepEqual(after, before);
  });

  describe("retires a store", () => {
    const ledger = recorded({ sessions: [TABLE], orders: [DATABASE] });
    const current = records({ orders: [DATABASE] });

    it("with a reason, after which a plan passes", () => {
      const { value } = retire(ledger, current, "table/sessions", "moved to the new identity service in June");
      assert.ok(value);
      assert.deepEqual(value.retired, { "table/sessions": { because: "moved to the new identity service in June" } });
      assert.deepEqual(ledgerFaults("prod", compareLedger(value, current)), []);
    });

    it("only when nobody needs it, when it is known, and when somebody says why", () => {
      const lines = (id: string, because = "moved to another account") => retire(ledger, current, id, because).faults.map(faultLine);
      assert.match(lines("aurora-postgres/orders")[0] ?? "", /is still needed, got \["orders"\]/);
      assert.match(lines("table/nowhere")[0] ?? "", /is not in the ledger/);
      assert.match(lines("table/sessions", "gone")[0] ?? "", /because: is too short to be a reason/);
    });

    it("for good: needing it again stops a plan, because the new store would be empty", () => {
      const { value } = retire(ledger, current, "table/sessions", "moved to the new identity service in June");
      assert.ok(value);
      assert.match(faults(value, { orders: [DATABASE], sessions: [TABLE] }).join("\n"), /retired\.table\/sessions: is needed again/);
    });
  });

  describe("as a file", () => {
    let workspace: Workspace;
    beforeEach(() => {
      workspace = new Workspace();
    });
    afterEach(() => workspace.dispose());

    it("is empty when there is none", () => {
      workspace.remove(ledgerFile("prod"));
      assert.deepEqual(readLedger(workspace.root, "prod"), { value: EMPTY, faults: [] });
    });

    it("reads back as it was written, and is written the same from whatever order", () => {
      const ledger = recorded({ sessions: [TABLE], orders: [DATABASE] });
      writeLedger(workspace.root, "prod", ledger);
      assert.deepEqual(readLedger(workspace.root, "prod").value, ledger);
      const reordered = { retired: {}, stores: Object.fromEntries(Object.entries(ledger.stores).reverse()) };
      assert.equal(ledgerText(reordered), ledgerText(ledger));
    });

    it("that is broken says where", () => {
      workspace.write(ledgerFile("prod"), "stores: {\n");
      assert.match(
        faultLine(readLedger(workspace.root, "prod").faults[0] ?? { key: "", what: "" }),
        /^stores\.prod\.yaml:\d+: is not YAML/,
      );
      workspace.write(ledgerFile("prod"), "stored: {}\n");
      assert.match(
        faultLine(readLedger(workspace.root, "prod").faults[0] ?? { key: "", what: "" }),
        /stored: is not a known key.*did you mean stores/,
      );
      workspace.write(ledgerFile("prod"), "[]\n");
      assert.match(faultLine(readLedger(workspace.root, "prod").faults[0] ?? { key: "", what: "" }), /has the wrong type/);
    });
  });
});

describe("retired stores", () => {
  const record = fc.record({
    kind: fc.constantFrom("table", "bucket", "aurora-postgres"),
    name: fc.constantFrom("a", "b", "c"),
    services: fc.constant<string[]>([]),
    is: fc.constant({}),
  });

  it("are none of those that are needed, and all of the others", () => {
    fc.assert(
      fc.property(fc.array(record), fc.array(record), (previous, current) => {
        const id = ({ kind, name }: { kind: string; name: string }) => `${kind}/${name}`;
        const gone = retiredStores(previous, current).map(id);
        for (const one of previous) assert.equal(gone.includes(id(one)), !current.map(id).includes(id(one)));
      }),
    );
  });
});
