import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { Descriptor } from "../../components/service/descriptor";

const FOLDER = join(__dirname, "../../services");
const names = readdirSync(FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);
const text = (name: string) => readFileSync(join(FOLDER, name, "service.yaml"), "utf8");
const descriptors = names.map((name) => ({ name, result: Descriptor.safeParse(parse(text(name))) }));

describe("the catalogue", () => {
  it("has the thirteen services", () => {
    assert.deepEqual([...names].sort(), [
      "billing",
      "chat-gateway",
      "legacy-erp",
      "media-encoder",
      "nightly-reports",
      "notifications",
      "orders",
      "partners",
      "payments-webhook",
      "recommendations",
      "sessions",
      "storefront",
      "thumbnails",
    ]);
  });

  for (const { name, result } of descriptors)
    it(`${name} parses and is called like its folder`, () => {
      assert.ok(result.success, result.error?.message);
      assert.equal(result.data.name, name);
    });

  it("tells an editor its schema in every first line", () => {
    for (const name of names) assert.equal(text(name).split("\n")[0], "# yaml-language-server: $schema=../../schemas/service.schema.json");
  });

  it("pins every image to a version", () => {
    for (const { name, result } of descriptors) {
      assert.ok(result.success);
      const { run } = result.data;
      const image = "image" in run ? run.image : "job" in run ? run.job : undefined;
      if (image !== undefined) assert.match(image, /:\d+(\.\d+)+[\w.-]*$/, name);
    }
  });

  it("has no peak below its average", () => {
    for (const { name, result } of descriptors) {
      assert.ok(result.success);
      assert.ok(result.data.demand.peak >= result.data.demand.average, name);
    }
  });

  it("names only services that are in it", () => {
    for (const { result } of descriptors) {
      assert.ok(result.success);
      const { needs = [], together = [], apart = [] } = result.data;
      for (const other of [...needs.flatMap((need) => ("service" in need ? [need.service] : [])), ...together, ...apart])
        assert.ok(names.includes(other), other);
    }
  });

  it("has a publisher and a consumer for every topic and queue", () => {
    const access = new Map<string, Set<string>>();
    for (const { result } of descriptors) {
      assert.ok(result.success);
      for (const need of result.data.needs ?? []) {
        const stream = "topic" in need ? need.topic : "queue" in need ? need.queue : undefined;
        if (stream !== undefined && "access" in need) access.set(stream, new Set([...(access.get(stream) ?? []), need.access]));
      }
    }
    for (const [stream, kinds] of access) assert.deepEqual([...kinds].sort(), ["consume", "publish"], stream);
  });
});
