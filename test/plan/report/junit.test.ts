import assert from "node:assert/strict";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { junit } from "../../../plan/report/junit";
import { type PolicyReport } from "../../../plan/report/policy-report";
import { everyKind, reportWith, violation } from "./report";

interface Case {
  readonly "@name": string;
  readonly failure?: { readonly "@message": string; readonly "@type": string; readonly "#text"?: string };
  readonly error?: { readonly "@message": string };
  readonly skipped?: string;
  readonly "system-out"?: string;
}

interface Suite {
  readonly "@name": string;
  readonly "@tests": string;
  readonly testcase?: readonly Case[];
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  isArray: (name) => ["testsuite", "testcase"].includes(name),
});

function suites(report: PolicyReport): { "@failures": string; "@errors": string; "@skipped": string; testsuite: readonly Suite[] } {
  const xml = junit(report);
  assert.equal(XMLValidator.validate(xml), true);
  return (parser.parse(xml) as { testsuites: ReturnType<typeof suites> }).testsuites;
}

function caseOf(report: PolicyReport, id: string): Case {
  const found = suites(report)
    .testsuite.flatMap(({ testcase = [] }) => testcase)
    .find((one) => one["@name"].startsWith(`${id}:`));
  assert.ok(found, id);
  return found;
}

describe("the verdict of policies as JUnit XML", () => {
  it("has a suite for each pack and a case for each rule, and counts them", () => {
    const all = suites(everyKind());
    assert.deepEqual(
      all.testsuite.map((suite) => [suite["@name"], suite["@tests"]]),
      [
        ["strata-security", "2"],
        ["strata-cost", "2"],
        ["exceptions", "3"],
      ],
    );
    assert.deepEqual([all["@failures"], all["@errors"], all["@skipped"]], ["2", "1", "1"]);
  });

  it("fails a case for what stops a deployment, with every resource and the fix", () => {
    const { failure } = caseOf(everyKind(), "store-is-closed");
    assert.equal(failure?.["@message"], "in code is open, and 1 more resource");
    assert.match(failure?.["#text"] ?? "", /uploads is open \(urn:.*\)\n\nfix: Mend store-is-closed\.\nhttps:\/\/example\.com\/a/);
  });

  it("keeps advice and exceptions out of the failures, in the output of their case", () => {
    const advice = caseOf(everyKind(), "disk-is-gp3");
    assert.equal(advice.failure, undefined);
    assert.match(advice["system-out"] ?? "", /^advice: disk is gp2/);
    assert.match(caseOf(everyKind(), "store-is-closed")["system-out"] ?? "", /excepted until 2027-03-31 by @web-team/);
  });

  it("skips a rule that could not decide, and makes a rule that failed itself an error", () => {
    const open = caseOf(everyKind(), "key-rotates");
    assert.ok("skipped" in open);
    assert.match(open["system-out"] ?? "", /not evaluated: its rotation is not known yet/);
    assert.equal(
      caseOf(everyKind(), "throws").error?.["@message"],
      "the rule itself failed: uploads: cannot read &lt;x&gt; of undefined".replace(/&lt;x&gt;/, "<x>"),
    );
  });

  it("fails for an expired exception, as the exit code does", () => {
    const exceptions = suites(everyKind()).testsuite.at(-1)?.testcase ?? [];
    assert.deepEqual(
      exceptions.map(({ failure }) => failure?.["@type"]),
      ["expired", undefined, undefined],
    );
  });

  it("survives what messages may hold: markup, ends of CDATA, control codes, halves of characters", () => {
    const message = 'a <b> & "c" ]]> \u0000\u0007\u001b[31mred\u001b[0m \ud800 é 漢 🙂';
    const { failure } = caseOf(reportWith({ violations: [violation("key-rotates", "x", { message })] }), "key-rotates");
    assert.match(failure?.["@message"] ?? "", /^a <b> & "c" \]\]> .*red .* é 漢 🙂$/);
    assert.match(failure?.["#text"] ?? "", /é 漢 🙂/);
  });
});
