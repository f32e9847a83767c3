import Ajv2020 from "ajv/dist/2020";
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { checkConfig, configSchema, readConfig } from "../../../policy/lib/config-file";
import { faultLine } from "../../../policy/lib/fault";
import { PACKS } from "../../../policy/packs";
import { ROOT } from "../../harness";
import { excepted } from "../exceptions-pack/pack";

const other = { name: "other", description: "", rules: [] };
const packs = [excepted, other];

function faultsIn(value: unknown): string[] {
  return checkConfig(value, packs, "prod.json").faults.map(faultLine);
}

describe("a file of levels and settings", () => {
  it("gives each pack the level of all and what is said of its own rules", () => {
    const config = { all: "advisory", "mode-is-on": { enforcementLevel: "remediate", wanted: "off" }, "has-note": "disabled" };
    assert.deepEqual(checkConfig(config, packs, "f"), { configs: { excepted: config, other: { all: "advisory" } }, faults: [] });
  });

  it("may be missing: then severities decide", () => {
    assert.deepEqual(readConfig(join(ROOT, "policy/config/nowhere.json"), packs).faults, []);
  });

  it("has all its faults said at once, each with what would be right", () => {
    const faults = faultsIn({
      all: { enforcementLevel: "loud", wanted: "on" },
      "mode-is-off": "advisory",
      "mode-is-on": { wanted: 7, minimum: 1 },
      "has-note": "remediate",
    });
    assert.deepEqual(faults, [
      'prod.json: all.enforcementLevel: is not an enforcement level, got "loud"; one of disabled, advisory, remediate, mandatory',
      'prod.json: all.wanted: is no setting of all rules, got "on"',
      "prod.json: mode-is-off: is not a rule of any pack; did you mean mode-is-on?",
      "prod.json: mode-is-on.enforcementLevel: is missing; give mandatory, which its severity would: the engine asks for one",
      "prod.json: mode-is-on.wanted: is not what it takes, got 7; give a text: The mode that is wanted.",
      "prod.json: mode-is-on.minimum: is not known here, got 1; one of wanted",
      'prod.json: has-note: is for rules that can mend what breaks them, and this one can\'t, got "remediate"; give mandatory',
    ]);
    assert.match(faultsIn({ "mode-is-on": "advisori" })[0] ?? "", /did you mean advisory\?/);
    assert.match(faultsIn([])[0] ?? "", /^prod\.json: is not an object/);
  });

  it("that is no JSON is said to be none", () => {
    const [fault] = readConfig(join(ROOT, "README.md"), packs, "README.md").faults;
    assert.match(fault?.what ?? "", /^is not JSON: /);
  });

  const validate = new Ajv2020({ strict: false, allowUnionTypes: true, validateFormats: false }).compile(configSchema(PACKS));
  for (const file of readdirSync(join(ROOT, "policy/config")))
    it(`${file} is right, and its JSON Schema says so too`, () => {
      assert.deepEqual(readConfig(join(ROOT, "policy/config", file), PACKS).faults, []);
      assert.ok(validate(JSON.parse(readFileSync(join(ROOT, "policy/config", file), "utf8"))), JSON.stringify(validate.errors));
    });

  it("is underlined by its JSON Schema where the engine would refuse it", () => {
    const days = { minimumDays: 7 };
    assert.ok(validate({ "store-has-backups": { enforcementLevel: "mandatory", ...days } }));
    for (const wrong of [{ "store-has-backups": days }, { "store-has-backup": "advisory" }, { all: "loud" }])
      assert.equal(validate(wrong), false);
  });
});
