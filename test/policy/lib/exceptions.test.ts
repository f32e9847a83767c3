import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { ExceptionLedger, type PolicyException } from "../../../policy/lib/exceptions";
import { readExceptions } from "../../../policy/lib/exceptions-file";
import { faultLine } from "../../../policy/lib/fault";
import { matches } from "../../../policy/lib/pattern";
import { urnParts } from "../../../policy/lib/urn";

const TODAY = "2026-11-26";
const URN = "urn:pulumi:prod::strata::strata:visibility:Logs$aws:s3/bucket:Bucket::logs/a[0]";
const base = { rule: "r", reason: "because", owner: "platform", expires: "2026-12-31" };

function excuses(exception: Omit<PolicyException, keyof typeof base> & Partial<PolicyException>, urn = URN): boolean {
  return new ExceptionLedger({ all: [{ ...base, ...exception }], today: TODAY }).excuse("r", urn) !== undefined;
}

describe("a pattern", () => {
  it("stands for itself, whatever it is made of", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, another) => {
        fc.pre(!/[*?]/.test(text));
        assert.equal(matches(text, text), true);
        assert.equal(matches(text, another), text === another);
      }),
    );
  });

  it("has * for any characters and ? for one", () => {
    for (const pattern of ["*", URN, "urn:pulumi:prod::*$aws:s3/bucket:Bucket::logs/*", "*Bucket::logs?a[0]", "**logs*"])
      assert.ok(matches(pattern, URN), pattern);
    for (const pattern of ["urn", "*logs", "?", "urn:pulumi:dev::*", "*logs/a0*"]) assert.ok(!matches(pattern, URN), pattern);
  });
});

describe("a URN", () => {
  it("says the stack, the type without those of the parents, and the name, with whatever is in it", () => {
    assert.deepEqual(urnParts(URN), { stack: "prod", type: "aws:s3/bucket:Bucket", name: "logs/a[0]" });
    assert.deepEqual(urnParts("urn:pulumi:a::b::t:x::n::m"), { stack: "a", type: "t:x", name: "n::m" });
  });
});

describe("an exception", () => {
  it("excuses what its patterns are about, from its rule, in its stack, until its last day is over", () => {
    for (const about of [{ urn: URN }, { type: "aws:s3/*" }, { name: "logs*" }, { type: "*:Bucket", name: "logs/?[0]", stack: "pro*" }])
      assert.ok(excuses(about), JSON.stringify(about));
    for (const about of [
      { urn: "urn:pulumi:dev::*" },
      { type: "aws:s3" },
      { name: "logs" },
      { name: "*", stack: "dev" },
      { name: "*", rule: "s" },
    ])
      assert.ok(!excuses(about), JSON.stringify(about));
    assert.ok(excuses({ name: "*", expires: TODAY }));
    assert.ok(!excuses({ name: "*", expires: "2026-11-25" }));
  });

  function stateOf(exception: Partial<PolicyException>, act: (ledger: ExceptionLedger) => unknown): string | undefined {
    const ledger = new ExceptionLedger({ all: [{ ...base, type: "aws:s3/*", ...exception }], today: TODAY });
    ledger.saw(URN);
    ledger.ranRule("r");
    act(ledger);
    return ledger.uses()[0]?.state;
  }

  it("is unused until it excuses something", () => {
    assert.equal(
      stateOf({}, () => undefined),
      "unused",
    );
    assert.equal(
      stateOf({}, (ledger) => ledger.excuse("r", URN)),
      "used",
    );
    assert.equal(
      stateOf({}, (ledger) => ledger.excuse("s", URN)),
      "unused",
    );
  });

  it("is not called unused while nobody can say whether it is needed", () => {
    assert.equal(
      stateOf({}, (ledger) => ledger.leftOpen("r", URN)),
      "used",
    );
    assert.equal(
      stateOf({}, (ledger) => ledger.brokeDown("r")),
      "used",
    );
  });

  it("is expired from the day after its last, whether it would be needed or not", () => {
    assert.equal(
      stateOf({ expires: "2026-11-25" }, (ledger) => ledger.excuse("r", URN)),
      "expired",
    );
    assert.equal(
      stateOf({ expires: TODAY }, () => undefined),
      "unused",
    );
  });

  it("says nothing where it is about another stack, or where its rule did not run", () => {
    for (const elsewhere of [{ stack: "dev" }, { type: undefined, urn: "urn:pulumi:dev::*" }, { rule: "s" }])
      assert.equal(
        stateOf(elsewhere, () => undefined),
        undefined,
      );
  });
});

describe("the file of exceptions", () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), "strata-exceptions-"))));
  after(() => rmSync(folder, { recursive: true }));

  function read(content: unknown) {
    const path = join(folder, "exceptions.json");
    writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
    const rules = { has: (id: string) => id === "store-has-backups", names: () => ["store-has-backups"] };
    const { exceptions, faults } = readExceptions(path, { today: TODAY, rules }, "e.json");
    return { all: exceptions.all, faults: faults.map(faultLine) };
  }
  const good = { ...base, rule: "store-has-backups", type: "aws:s3/*" };

  it("may be missing or empty", () => {
    const none = { today: TODAY, rules: { has: () => false, names: () => [] } };
    assert.deepEqual(readExceptions(join(folder, "nowhere.json"), none), { exceptions: { all: [], today: TODAY }, faults: [] });
    assert.deepEqual(read({}), { all: [], faults: [] });
  });

  it("gives its exceptions", () => assert.deepEqual(read({ $schema: "x", exceptions: [good] }), { all: [good], faults: [] }));

  it("has all its faults said at once, each with what would be right", () => {
    const { faults } = read({
      exceptions: [
        { ...good, rule: "store-has-backup", expires: "2028-01-01" },
        { ...good, type: undefined },
        { ...good, urn: URN },
        { ...good, type: "*" },
      ],
    });
    assert.deepEqual(faults, [
      'e.json: exceptions[0].rule: is not a rule of any pack, got "store-has-backup"; did you mean store-has-backups?',
      'e.json: exceptions[0].expires: is more than 366 days away, got "2028-01-01"; give 2027-11-27 at the latest',
      "e.json: exceptions[1].urn: is missing, and so are type and name; say which resources are meant",
      `e.json: exceptions[2].urn: stands beside type or name, got ${JSON.stringify(`${URN}`).slice(0, 80)}…; give one or the other: a URN holds both`,
      'e.json: exceptions[3].name: means every resource, got "*"; disable the rule where it does not fit',
    ]);
  });

  it("wants a reason, an owner and a day that there is", () => {
    const { faults } = read({ exceptions: [{ ...good, reason: " ", owner: undefined, expires: "2026-02-30", until: 1 }] });
    assert.equal(faults.length, 4);
    for (const [index, part] of ["reason", "owner", "expires", "until"].entries())
      assert.ok(faults[index]?.startsWith(`e.json: exceptions[0].${part}: `), faults[index]);
  });

  it("says itself how far away a day may be", () => {
    const { faults } = read({ maximumDays: 30, exceptions: [good] });
    assert.deepEqual(faults, ['e.json: exceptions[0].expires: is more than 30 days away, got "2026-12-31"; give 2026-12-26 at the latest']);
  });

  it("that is no JSON is said to be none", () => assert.match(read("{").faults[0] ?? "", /^e\.json: is not JSON: /));
});
