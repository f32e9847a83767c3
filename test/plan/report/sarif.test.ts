import Ajv from "ajv";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { sarif } from "../../../plan/report/sarif";
import { type PolicyReport } from "../../../plan/report/policy-report";
import { PACKS } from "../../../policy/packs";
import { everyKind, reportWith, urn, violation } from "./report";

/** OASIS's own schema, as Microsoft's package for tests holds it. It names a draft that ajv does not know, and uses nothing that a later one changed. */
const {
  $schema: _draft,
  id: _id,
  ...SCHEMA
} = JSON.parse(readFileSync(require.resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"), "utf8")) as {
  readonly $schema: string;
  readonly id: string;
};

const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false, allErrors: true }).compile(SCHEMA);

function run(report: PolicyReport) {
  const log = sarif(report);
  assert.ok(validate(JSON.parse(JSON.stringify(log))), JSON.stringify(validate.errors));
  const [only] = log.runs;
  assert.ok(only);
  return only;
}

describe("the verdict of policies as SARIF", () => {
  it("is valid by the schema, which refuses what is not", () => {
    run(everyKind());
    run(reportWith());
    run({ ...reportWith(), packs: PACKS });
    assert.ok(!validate({ ...sarif(reportWith()), runs: [{ results: [{ level: "fatal" }] }] }));
  });

  it("has a result for each violation, at its line or else in the stack's file, with the URN as its logical place", () => {
    const { results = [], tool } = run(everyKind());
    const [advice, inCode, uploads] = results;
    assert.deepEqual([advice?.level, inCode?.level, inCode?.ruleId], ["note", "error", "store-is-closed"]);
    assert.equal(tool.driver.rules?.[inCode?.ruleIndex ?? -1]?.id, "store-is-closed");
    assert.deepEqual(inCode?.locations?.[0]?.physicalLocation, {
      artifactLocation: { uri: "src/my%20stores.ts", uriBaseId: "%SRCROOT%" },
      region: { startLine: 12 },
    });
    assert.equal(inCode?.locations?.[0]?.logicalLocations?.[0]?.fullyQualifiedName, urn("in code"));
    assert.equal(uploads?.locations?.[0]?.physicalLocation?.artifactLocation?.uri, "Pulumi.dev.yaml");
  });

  it("says of a rule what it is, how to keep it, and how bad it is", () => {
    const rule = run(everyKind()).tool.driver.rules?.[0];
    assert.equal(rule?.name, "StoreIsClosed");
    assert.match(rule?.help?.text ?? "", /Fix: Mend store-is-closed\.\n\nhttps:\/\/example\.com\/a/);
    assert.deepEqual(rule?.properties, { tags: ["security", "FSBP/RDS.3"], precision: "high", "security-severity": "9.5" });
  });

  it("suppresses what is excepted, with who agreed to it and why", () => {
    const suppressed = (run(everyKind()).results ?? []).filter(({ suppressions }) => suppressions);
    assert.deepEqual(
      suppressed.map(({ suppressions }) => suppressions),
      [[{ kind: "external", status: "accepted", justification: "It is a | public site (@web-team, until 2027-03-31)" }]],
    );
  });

  it("notifies of broken rules, exceptions that don't work, and what was not evaluated, and is then no success", () => {
    const [invocation] = run(everyKind()).invocations ?? [];
    assert.equal(invocation?.executionSuccessful, false);
    assert.deepEqual(
      invocation?.toolExecutionNotifications?.map(({ level, associatedRule }) => [level, associatedRule?.id]),
      [
        ["error", "throws"],
        ["error", "store-is-closed"],
        ["warning", "store-is-closed"],
        ["note", "key-rotates"],
      ],
    );
    assert.equal(run(reportWith()).invocations?.[0]?.executionSuccessful, true);
  });

  it("tells resources of one file apart, and stacks of one project, and keeps a result's identity when its message changes", () => {
    const of = (...args: Parameters<typeof violation>) =>
      run(reportWith({ violations: [violation(...args)] })).results?.[0]?.partialFingerprints?.["primaryLocationLineHash"];
    assert.notEqual(of("key-rotates", "a"), of("key-rotates", "b"));
    assert.notEqual(of("key-rotates", "a"), of("store-is-closed", "a"));
    assert.equal(of("key-rotates", "a"), of("key-rotates", "a", { message: "in other words" }));
    assert.equal(run(reportWith()).automationDetails?.id, "strata/shop/dev/");
  });
});
