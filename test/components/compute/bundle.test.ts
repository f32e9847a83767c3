import { CreateBucketCommand, HeadObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { createJimp } from "@jimp/core";
import png from "@jimp/js-png";
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Bundle, bundleHandler, type BundleResult, packageFaults } from "../../../components/compute/bundle";
import { ROOT } from "../../harness";
import { withMoto } from "../../services/moto";

const KEY = "services/a/service.yaml: run.handler";

function bundled(result: BundleResult): Bundle {
  assert.deepEqual(result.faults, []);
  assert.ok("bundle" in result);
  return result.bundle;
}

describe("a bundle of a handler", () => {
  let root: string;
  before(() => {
    root = mkdtempSync(join(tmpdir(), "bundle-"));
    mkdirSync(join(root, "services/a"), { recursive: true });
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  function handler(text: string): BundleResult {
    writeFileSync(join(root, "services/a/handler.ts"), text);
    return bundleHandler(root, "services/a/handler.ts", "nodejs22.x", KEY);
  }

  it("is one file with everything in it, small, and the same in another folder", () => {
    const one = bundled(bundleHandler(ROOT, "services/notifications/handler.ts", "nodejs22.x", KEY));
    cpSync(join(ROOT, "services"), join(root, "services"), { recursive: true });
    const copy = bundled(bundleHandler(root, "services/notifications/handler.ts", "nodejs22.x", KEY));
    assert.ok(one.code === copy.code, "the copy's text differs");
    assert.equal(one.bytes, Buffer.byteLength(one.code));
    assert.ok(one.zippedBytes < one.bytes / 2 && one.bytes < 1_048_576, `${one.zippedBytes} of ${one.bytes}`);
    assert.ok(!one.code.includes(ROOT), "no path of this machine");
    assert.match(one.parts[0]?.file ?? "", /^node_modules\//);
  });

  it("leaves out what the handler does not use, and exports the handler alone", () => {
    const { code } = bundled(
      handler(`export const unused = "left out"; export const handler = (event: { n: number }) => Promise.resolve(event.n + 1);`),
    );
    assert.ok(!code.includes("left out"));
    const exported = execFileSync(process.execPath, ["-e", `${code}; console.log(Object.keys(module.exports))`], { encoding: "utf8" });
    assert.equal(exported.trim(), "[ 'handler' ]");
  });

  it("is refused where the file is missing", () => {
    assert.deepEqual(bundleHandler(root, "services/a/missing.ts", "nodejs22.x", KEY).faults, [
      { key: KEY, what: "names a file that is not there", got: "services/a/missing.ts", right: "add the file" },
    ]);
  });

  it("is refused with the line where an import cannot be resolved or the text is no TypeScript, all at once", () => {
    const { faults } = handler(
      `import { a } from "no-such-package";\nimport { b } from "./nowhere";\nexport const handler = () => [a, b];`,
    );
    assert.deepEqual(
      faults.map(({ key, what }) => [key, what]),
      [
        ["services/a/handler.ts:1:19", 'does not bundle: Could not resolve "no-such-package"'],
        ["services/a/handler.ts:2:19", 'does not bundle: Could not resolve "./nowhere"'],
      ],
    );
    const [syntax] = handler("export const handler = (;").faults;
    assert.equal(syntax?.key, "services/a/handler.ts:1:25");
  });

  it("is refused without an export named handler", () => {
    const [fault] = handler("export const main = () => 1;").faults;
    assert.equal(fault?.key, "services/a/handler.ts");
    assert.equal(fault?.right, "export a function named handler");
  });

  it("is refused where Lambda would not take it, unpacked or as .zip file", () => {
    const MIB = 1_048_576;
    assert.deepEqual(packageFaults(KEY, 250 * MIB, 50 * MIB), []);
    assert.deepEqual(packageFaults(KEY, 251 * MIB, 51 * MIB), [
      { key: KEY, what: "bundles to more than Lambda takes unpacked", got: "251.0MiB", right: "stay under 250MiB, or give an image" },
      { key: KEY, what: "bundles to more than Lambda takes as .zip file", got: "51.0MiB", right: "stay under 50MiB, or give an image" },
    ]);
  });
});

describe("the package of the thumbnails service, run as Lambda would", () => {
  const moto = withMoto();

  it("makes a thumbnail on an emulated S3, without anything beside its one file", async () => {
    const { code } = bundled(bundleHandler(ROOT, "services/thumbnails/handler.ts", "nodejs22.x", KEY));
    const folder = mkdtempSync(join(tmpdir(), "package-"));
    try {
      writeFileSync(join(folder, "index.js"), code);
      const s3 = new S3Client({ ...moto().client, forcePathStyle: true });
      for (const Bucket of ["packed-uploads", "packed-thumbnails"]) await s3.send(new CreateBucketCommand({ Bucket }));
      const Jimp = createJimp({ formats: [png] });
      const Body = await new Jimp({ width: 512, height: 512, color: 0x00ff00ff }).getBuffer("image/png");
      await s3.send(new PutObjectCommand({ Bucket: "packed-uploads", Key: "a.png", Body }));
      const event = { detail: { bucket: { name: "packed-uploads" }, object: { key: "a.png", size: Body.length } } };
      const main = `require("./index.js").handler(${JSON.stringify(event)}).catch((error) => { console.error(error); process.exit(1); })`;
      execFileSync(process.execPath, ["-e", main], {
        cwd: folder,
        stdio: ["ignore", "ignore", "pipe"],
        env: {
          AWS_ENDPOINT_URL: moto().url,
          AWS_REGION: "us-east-1",
          AWS_ACCESS_KEY_ID: "test",
          AWS_SECRET_ACCESS_KEY: "test",
          THUMBNAILS_BUCKET: "packed-thumbnails",
        },
      });
      const { ContentType } = await s3.send(new HeadObjectCommand({ Bucket: "packed-thumbnails", Key: "a.png" }));
      assert.equal(ContentType, "image/png");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
