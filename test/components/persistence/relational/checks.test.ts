import assert from "node:assert/strict";
import { DATABASE_CLASSES } from "../../../../facts/database-classes";
import { ENGINE_VERSIONS } from "../../../../facts/engine-versions";
import { type Fault, faultLine } from "../../../../components/faults";
import { relationalFaults, type RelationalSpec } from "../../../../components/persistence/relational/checks";
import { database } from "./databases";

const RIGHT: RelationalSpec = {
  kind: "postgres",
  durable: true,
  instanceClass: "db.m7g.large",
  nodes: 1,
  multiAz: true,
  zones: 3,
  backupDays: 14,
  storage: { allocated: 100, maximum: 1000 },
  storeName: "crm",
  services: ["partners"],
};

function faults(change: Partial<RelationalSpec>): string[] {
  return relationalFaults("crm", { ...RIGHT, ...change }).map((fault: Fault) => faultLine(fault));
}

describe("checks of a relational store", () => {
  it("have nothing to say about one that is right", () => {
    assert.deepEqual(faults({}), []);
  });

  for (const [what, change, message] of [
    ["a version that does not exist", { version: "17.99" }, /^crm\.version: is no version of postgres .*got "17\.99"; give one of 17\.9,/],
    ["a class that does not exist", { instanceClass: "db.m7g.tiny" }, /^crm\.instanceClass: does not run postgres, got "db\.m7g\.tiny"/],
    [
      "a class that does not fit",
      { kind: "oracle", licence: "license-included" },
      /does not run oracle-se2, got "db\.m7g\.large"; give one of db\.t3\.small/,
    ],
    [
      "Oracle without a licence",
      { kind: "oracle", instanceClass: "db.m5.large" },
      /^crm\.licence: is missing for oracle; give one of license-included, bring/,
    ],
    ["a licence for an engine that has none", { licence: "license-included" }, /^crm\.licence: is not one .*; leave it out$/],
    ["one instance in a durable environment", { multiAz: false }, /^crm\.multiAz: leaves one instance as a single point of failure/],
    [
      "one Aurora instance in a durable environment",
      { kind: "aurora-postgres", instanceClass: "db.serverless" },
      /^crm\.readers: .*got 0; give at least 1$/,
    ],
    ["a standby in one zone", { zones: 1 }, /^crm\.subnets: are in one availability zone/],
    [
      "a standby of SQL Server Express",
      { kind: "sqlserver", durable: false, instanceClass: "db.t3.small" },
      /is not to be had with SQL Server Express/,
    ],
    ["no backups in a durable environment", { backupDays: 0 }, /^crm\.backupDays: turns backups off/],
    ["backups for longer than RDS keeps them", { backupDays: 36 }, /^crm\.backupDays: is out of range, got 36/],
    ["too little storage", { storage: { allocated: 5, maximum: 100 } }, /^crm\.storage: is out of range, got "5GiB"/],
    ["storage that cannot grow", { storage: { allocated: 100, maximum: 105 } }, /^crm\.maximumStorage: .*give 110GiB/],
    ["a name that is too long", { storeName: "a".repeat(60) }, /^crm\.name: is too long for an identifier of RDS/],
    ["a name that RDS does not take", { storeName: "crm--old" }, /two hyphens in a row/],
    ["a name that the engine keeps for itself", { kind: "mysql", storeName: "sys" }, /is a name that mysql keeps for itself/],
    ["a user that is too long", { kind: "mysql", services: ["a".repeat(30)] }, /makes a user that is too long for mysql/],
    ["a user that PostgreSQL keeps for itself", { services: ["pg-cron"] }, /starts with pg_/],
  ] satisfies [string, Partial<RelationalSpec>, RegExp][])
    it(`reject ${what}`, () => {
      const found = faults(change);
      assert.equal(found.length, 1, found.join("\n"));
      assert.match(found[0] ?? "", message);
    });

  it("are made by the component itself, all at once, before anything is registered", async () => {
    await assert.rejects(
      database("oracle", { durable: true, instance: { licence: undefined, backupDays: 0, instanceClass: "db.r7g.large" } }),
      (error: Error) => ["instanceClass", "licence", "backupDays"].every((key) => error.message.includes(`database orders.${key}: `)),
    );
  });

  it("know at least one class and a version with its family for every engine", () => {
    for (const [engine, { version, family, others }] of Object.entries(ENGINE_VERSIONS)) {
      assert.ok(!(others as readonly string[]).includes(version), engine);
      assert.ok(family.startsWith(engine), engine);
      const { classes, ...row } = DATABASE_CLASSES[engine as keyof typeof ENGINE_VERSIONS];
      for (const { source, date } of [row, ENGINE_VERSIONS[engine as keyof typeof ENGINE_VERSIONS]])
        assert.match(`${source} ${date}`, /^https:\/\/docs\.aws\.amazon\.com\/\S+ 20\d\d-\d\d$/);
      assert.equal(new Set(classes).size, classes.length);
      assert.ok(classes.length > 0);
    }
  });
});
