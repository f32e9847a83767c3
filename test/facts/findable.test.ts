import assert from "node:assert/strict";
import { FINDABLE } from "../../facts/findable";
import { DELETABLE } from "../../facts/findable/deletable";
import { record } from "../../plan/record";
import { readStackFile } from "../../plan/stack-file";
import program from "../../stacks/index";
import { ROOT } from "../harness";

describe("how resources are found", () => {
  it("is known of every type of AWS that the program makes, with source and date", async () => {
    const planned = await record(program, readStackFile(ROOT, "prod"));
    const types = new Set(planned.filter(({ custom, type }) => custom && type.startsWith("aws:")).map(({ type }) => type));
    assert.ok(types.size > 80);
    assert.deepEqual(
      [...types].filter((type) => !(type in FINDABLE)),
      [],
    );
    for (const { source, date } of Object.values(FINDABLE)) assert.ok(source !== "" && /^\d{4}-\d\d$/.test(date));
  });

  it("fills its templates from places that there are", () => {
    const templates = [
      ...Object.values(FINDABLE).flatMap(({ id, find }) => [
        id,
        ...(find.by === "identifier" ? [find.identifier] : []),
        ...(find.by === "tags" && find.compared ? [find.compared.identifier] : []),
      ]),
      ...Object.values(DELETABLE).map(({ identifier }) => identifier),
    ];
    const places = templates.flatMap((template) => [...template.matchAll(/\{([^}]*)\}/g)].map(([, place]) => place));
    for (const place of places) assert.match(place ?? "", /^(region|account|arn|last|named|\d|inputs\.\w+)$/);
  });
});
