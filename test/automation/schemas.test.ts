import Ajv2020 from "ajv/dist/2020";
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { schemas } from "../../automation/schemas";
import { ROOT } from "../harness";

function read(file: string): string {
  return readFileSync(join(ROOT, file), "utf8");
}

function validator(file: string) {
  return new Ajv2020({ strict: false, validateFormats: false }).compile(JSON.parse(read(file)) as object);
}

describe("the committed JSON Schemas and the page about the policies", () => {
  for (const [file, text] of Object.entries(schemas()))
    it(`${file} is what npm run schema would write`, () => assert.equal(read(file), text));

  for (const environment of ["dev", "prod"])
    it(`Pulumi.${environment}.yaml keeps to the schema that it names for editors`, () => {
      const file = `Pulumi.${environment}.yaml`;
      assert.match(read(file), /^# yaml-language-server: \$schema=schemas\/stack\.schema\.json\n/);
      const validate = validator("schemas/stack.schema.json");
      assert.ok(validate(parse(read(file))), JSON.stringify(validate.errors));
    });

  for (const service of readdirSync(join(ROOT, "services"), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [entry.name] : [],
  ))
    it(`services/${service}/service.yaml keeps to the schema that it names for editors`, () => {
      const file = `services/${service}/service.yaml`;
      assert.match(read(file), /^# yaml-language-server: \$schema=\.\.\/\.\.\/schemas\/service\.schema\.json\n/);
      const validate = validator("schemas/service.schema.json");
      assert.ok(validate(parse(read(file))), JSON.stringify(validate.errors));
    });

  it("a stack file with an unknown section of ours is underlined", () => {
    const file = parse(read("Pulumi.dev.yaml")) as { config: Record<string, unknown> };
    file.config["strata:netwrok"] = {};
    assert.equal(validator("schemas/stack.schema.json")(file), false);
  });
});
