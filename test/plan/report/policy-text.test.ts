import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import { policyText } from "../../../plan/report/policy-text";
import { type PolicyReport } from "../../../plan/report/policy-report";
import { everyKind, reportWith, violation } from "./report";

function lines(report: PolicyReport, width = 80): string[] {
  return stripVTControlCharacters(policyText(report, { width })).split("\n");
}

describe("the verdict of policies as text", () => {
  it("says everything: what stops first, then advice, broken rules, exceptions, the rest, and the verdict last", () => {
    const text = lines(everyKind(), 160).join("\n");
    const order = [
      "Policies of shop/dev, as its state says",
      "42 resources, 9 verdicts, 3 broken, 1 excepted, 1 to be remediated, 1 not evaluated",
      "Stops a deployment: 2 violations of 1 rule",
      "✗ in code is open (aws:s3/bucket:Bucket)",
      "→ fix: Mend store-is-closed.",
      "Advice: 1 violation of 1 rule",
      "Rules that failed themselves: 1",
      "throws on uploads: cannot read <x> of undefined",
      "Exceptions that don't do their work: 2",
      "Would be remediated: 1",
      "Excepted: 1",
      "Not evaluated: 1",
      "May not be deployed: 2 mandatory violations, 1 expired exception, 1 failure of rules",
    ].map((part) => text.indexOf(part));
    assert.deepEqual(
      order,
      [...order].sort((a, b) => a - b),
    );
    assert.ok(!order.includes(-1), text);
  });

  it("says the fix of a rule once, whatever breaks it, and fits 80 columns with 200 violations and long URNs", () => {
    const message = `is let in by urn:pulumi:dev::shop::${"very:long/type:Type$".repeat(8)}::group and more words after it`;
    const violations = Array.from({ length: 200 }, (_, at) =>
      violation(at % 2 ? "store-is-closed" : "key-rotates", `bucket-${at}`, { message }),
    );
    const all = lines(reportWith({ violations }));
    assert.equal(all.filter((line) => line.includes("fix:")).length, 2);
    assert.ok(Math.max(...all.map((line) => line.length)) <= 80);
    assert.equal(all.filter((line) => line.trimStart().startsWith("✗")).length, 200);
  });

  it("groups what was not evaluated by reason, with the first names", () => {
    const notEvaluated = Array.from({ length: 9 }, (_, at) => ({
      pack: "",
      rule: "key-rotates",
      urn: `u::s::t::k${at}`,
      why: "it is not known",
    }));
    assert.ok(
      lines(reportWith({ notEvaluated }), 120).join("\n").includes("· key-rotates: k0, k1, k2, k3, k4, k5 and 3 more: it is not known"),
    );
  });

  it("says when all is well, and prints no control codes that a resource's name holds", () => {
    assert.equal(lines(reportWith()).at(-2), "May be deployed.");
    const text = policyText(
      reportWith({ violations: [violation("key-rotates", "a", { message: "a\u001b[2Jb\u001b]0;title\u0007c\rd\u0008" })] }),
      {
        width: 80,
      },
    );
    assert.ok(!text.includes("\u001b[2J") && !/[\u0007\r\u0008]/.test(text));
  });
});
