import assert from "node:assert/strict";
import { asset } from "@pulumi/pulumi";
import { lambdaPackageIsSmall as rule } from "../../../../policy/architecture/rules/lambda-package-is-small";
import { toJson } from "../../../../policy/lib/json";
import type { PackConfig } from "../../../../policy/lib/levels";
import { type Json, UNKNOWN } from "../../../../policy/lib/resource";
import { type Inputs, TestStack } from "../../stack";
import { verdictOn } from "../../verdicts";

const MIB = 1_024 * 1_024;
const file = (mib: number): Json => ({ bytes: mib * MIB, sha256: "00" });
const archive = (assets: { [name: string]: Json }): Json => ({ __pulumiArchive: true, assets });

function on(inputs: Inputs, config?: PackConfig): string {
  const lambda = new TestStack().add("aws:lambda/function:Function", "orders", inputs);
  return verdictOn(rule, lambda, [lambda], config);
}

describe("no Lambda package is larger than its budget", () => {
  it("passes up to the budget, over all files and folders of the package", () => {
    assert.equal(on({ code: archive({ "index.js": file(4), lib: archive({ "a.node": file(6) }) }) }), "pass");
  });

  it("fails past it, by the budget of its settings", () => {
    const large = { code: archive({ "index.js": file(4), "a.node": file(8.5) }) };
    assert.equal(on(large), "fail: the package of orders has 12.5 MiB, its budget is 10 MiB");
    assert.equal(on(large, { [rule.id]: { budgetMib: 20 } }), "pass");
  });

  it("takes no budget past what Lambda allows", () => {
    assert.throws(() => on({ code: archive({}) }, { [rule.id]: { budgetMib: 251 } }), /budgetMib/);
  });

  it("is not evaluated where a file has no size, as in the engine, unless the others are too much already", () => {
    const real = toJson(new asset.AssetArchive({ "index.js": new asset.StringAsset("exports.handler = () => {}") })) ?? null;
    for (const code of [real, UNKNOWN, archive({ "index.js": UNKNOWN }), archive({ "index.js": file(1), "a.js": { path: "a.js" } })]) {
      assert.equal(on({ code }), "not evaluated: the size of its package is not known here", JSON.stringify(code));
    }
    assert.match(on({ code: archive({ "index.js": file(11), "a.js": UNKNOWN }) }), /^fail: .* at least 11\.0 MiB/);
  });

  it("is not evaluated where the package is absent, as when it is in a bucket", () => {
    assert.equal(on({ s3Bucket: "b", s3Key: "k" }), "not evaluated: its package is not in the stack");
  });

  it("has nothing to say about a function from an image", () => {
    assert.equal(on({ packageType: "Image", imageUri: UNKNOWN }), "nothing");
  });
});
