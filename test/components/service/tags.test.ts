import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { OWNED_TYPES, TAGGABLE_TYPES } from "../../../facts/taggable-types";
import { makePlan } from "../../../plan/plan";
import { ROOT } from "../../harness";

/** Whether the provider's own argument type has `tags`. */
function takesTags(type: string): boolean {
  const [, file = ""] = type.split(":");
  const declaration = join(ROOT, "node_modules/@pulumi/aws", `${file}.d.ts`);
  assert.ok(existsSync(declaration), `${type} has no ${declaration}`);
  const text = readFileSync(declaration, "utf8");
  return /export interface \w+Args \{[\s\S]*^ {4}tags\?:/m.test(text);
}

describe("tags of a service", () => {
  for (const type of new Set([...TAGGABLE_TYPES, ...OWNED_TYPES]))
    it(`${type} takes tags, as the table says`, () => assert.ok(takesTags(type)));

  it("are on everything of the service that takes tags, and name it and its owner", async () => {
    const { resources } = (await makePlan(ROOT, "dev")).document;
    const within = resources.filter(({ urn, custom }) => custom && urn.includes("strata:service:Service$"));
    assert.ok(within.length > 0);
    for (const { urn, type, inputs } of within) {
      if (!type.startsWith("aws:") || !takesTags(type)) continue;
      const tags = inputs["tags"] as Record<string, string> | undefined;
      assert.ok(tags?.["service"] && tags["owner"], urn);
    }
  });

  it("give orders to its own team, though the environment is another's", async () => {
    const { resources } = (await makePlan(ROOT, "dev")).document;
    const role = resources.find(({ type, name }) => type === "aws:iam/role:Role" && name === "orders");
    assert.deepEqual(role?.inputs["tags"], { service: "orders", owner: "shop" });
  });
});
