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
import { type Ground, type NeedyEntry, storeIdentities } from "../../../stacks/config/store-identity";
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

const GROUND: Ground = {
  accountId: "444455556666",
  region: "us-east-1",
  cidr: "10.20.0.0/16",
  availabilityZones: "us-east-1a, us-east-1b",
};
const needed = (entries: readonly NeedyEntry[]) => storeRecords(entries, storeIdentities(entries, undefined));
const records = (services: Readonly<Record<string, readonly object[]>>) => needed(catalogue(services));
const recorded = (services: Readonly<Record<string, readonly object[]>>) => recordStores(EMPTY, records(services), GROUND);
const faults = (ledger: StoreLedger, services: Readonly<Record<string, readonly object[]>>, ground = GROUND) =>
  ledgerFaults("prod", compareLedger(ledger, records(services), ground)).map(faultLine);

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
    const current = needed(entries);
    const comparison = compareLedger(recordStores(EMPTY, current, GROUND), current, GROUND);
    assert.deepEqual(comparison, { moved: [], retired: [], changed: [], revived: [], unrecorded: [] });
    assert.ok(compareLedger(EMPTY, current, GROUND).unrecorded.length > 5);
  });

  it("remember where they were restored from, so that taking it away is seen", () => {
    const services = catalogue({ orders: [DATABASE] });
    const ledger = recordStores(
      EMPTY,
      storeRecords(services, new Map([["aurora-postgres/orders", { restoreFrom: "snapshot-1" }]])),
      GROUND,
    );
    assert.deepEqual(compareLedger(ledger, needed(services), GROUND).changed, [
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
      compareLedger(ledger, records({ chat: [TABLE], orders: [DATABASE] }), GROUND).unrecorded.map(({ name }) => name),
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

  it("stops a plan in which a topic has fewer partitions than it had, and remembers when it has more", () => {
    const topic = (partitions: number) => ({ orders: [{ topic: "orders.v1", access: "publish", partitions }] });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 1000 }), (was, now) => {
        const ledger = recorded(topic(was));
        assert.equal(faults(ledger, topic(now)).length, now < was ? 1 : 0);
        const written = recordStores(ledger, records(topic(now)), GROUND).stores["topic/orders.v1"]?.is["partitions"];
        assert.equal(written, String(Math.max(was, now)));
      }),
    );
    assert.match(
      faults(recorded(topic(12)), topic(6)).join(),
      /stores\.topic\/orders\.v1\.is\.partitions: was 12, and can only change with a new store, got "6"/,
    );
  });

  it("stops a plan that would move the ground all stores stand in, but takes another zone at the end", () => {
    const ledger = recorded({ sessions: [TABLE] });
    const grown = { ...GROUND, availabilityZones: `${GROUND.availabilityZones}, us-east-1c` };
    assert.deepEqual(faults(ledger, { sessions: [TABLE] }, grown), []);
    assert.match(
      faults(ledger, { sessions: [TABLE] }, { ...GROUND, availabilityZones: "us-east-1b, us-east-1a" }).join(),
      /ground\.availabilityZones: was us-east-1a, us-east-1b, and can only change with new stores/,
    );
    for (const property of ["accountId", "region", "cidr"] as const)
      assert.match(
        faults(ledger, { sessions: [TABLE] }, { ...GROUND, [property]: "another" }).join(),
        new RegExp(`ground\\.${property}: was`),
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
    const after = recordStores(before, records({ sessions: [{ ...TABLE, partitionKey: { name: "key" } }] }), GROUND);
    assert.deepEqual(after, before);
  });

  describe("retires a store", () => {
    const ledger = recorded({ sessions: [TABLE], orders: [DATABASE] });
    const current = records({ orders: [DATABASE] });

    it("with a reason, after which a plan passes", () => {
      const { value } = retire(ledger, current, "table/sessions", "moved to the new identity service in June");
      assert.ok(value);
      assert.deepEqual(value.retired, { "table/sessions": { because: "moved to the new identity service in June" } });
      assert.deepEqual(ledgerFaults("prod", compareLedger(value, current, GROUND)), []);
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
      const reordered = { ...ledger, stores: Object.fromEntries(Object.entries(ledger.stores).reverse()) };
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
