import { CreateBucketCommand, GetObjectCommand, PutBucketVersioningCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { createJimp } from "@jimp/core";
import jpeg from "@jimp/js-jpeg";
import png from "@jimp/js-png";
import type { S3ObjectCreatedNotificationEvent } from "aws-lambda";
import assert from "node:assert/strict";
import { onUpload } from "../../services/thumbnails/on-upload";
import { LONGEST_SIDE, thumbnail } from "../../services/thumbnails/thumbnail";
import { withMoto } from "./moto";

const Jimp = createJimp({ formats: [jpeg, png] });
const RED = 0xff0000ff;
const BLUE = 0x0000ffff;

/** A picture whose left half is red and whose right half is blue. */
async function picture(width: number, height: number, type: "image/png" | "image/jpeg"): Promise<Buffer> {
  const image = new Jimp({ width, height, color: BLUE });
  for (let x = 0; x < width / 2; x += 1) for (let y = 0; y < height; y += 1) image.setPixelColor(RED, x, y);
  return image.getBuffer(type);
}

function uploaded(bucket: string, key: string, size: number, version = ""): S3ObjectCreatedNotificationEvent {
  return {
    version: "0",
    id: "17793124-05d4-b198-2fde-7ededc63b103",
    "detail-type": "Object Created",
    source: "aws.s3",
    account: "123456789012",
    time: "2026-11-23T00:00:00Z",
    region: "us-east-1",
    resources: [`arn:aws:s3:::${bucket}`],
    detail: {
      version: "0",
      bucket: { name: bucket },
      object: { key, size, etag: "", sequencer: "0", "version-id": version },
      "request-id": "N4N7GDK58NMKJ12R",
      requester: "123456789012",
      "source-ip-address": "1.2.3.4",
      reason: "PutObject",
    },
  };
}

describe("a thumbnail", () => {
  it("fits the longest side and keeps the proportions, the colours and the format", async () => {
    for (const type of ["image/png", "image/jpeg"] as const) {
      const small = await thumbnail(await picture(1024, 512, type));
      const image = await Jimp.fromBuffer(small.bytes);
      assert.equal(small.type, type);
      assert.deepEqual([image.width, image.height, image.mime], [LONGEST_SIDE, LONGEST_SIDE / 2, type]);
      const [left, right] = [image.getPixelColor(20, 60), image.getPixelColor(236, 60)].map((colour) => colour >>> 0);
      assert.ok(left !== undefined && left >>> 24 > 240 && ((left >>> 8) & 0xff) < 15, `left is red: ${left?.toString(16)}`);
      assert.ok(right !== undefined && right >>> 24 < 15 && ((right >>> 8) & 0xff) > 240, `right is blue: ${right?.toString(16)}`);
    }
  });

  it("of a small picture is as large as the picture", async () => {
    const image = await Jimp.fromBuffer((await thumbnail(await picture(40, 30, "image/png"))).bytes);
    assert.deepEqual([image.width, image.height], [40, 30]);
  });
});

describe("the thumbnails service, on an emulated S3", () => {
  const moto = withMoto();
  let s3: S3Client;

  before(async () => {
    s3 = new S3Client({ ...moto().client, forcePathStyle: true });
    for (const Bucket of ["uploads", "thumbnails"]) await s3.send(new CreateBucketCommand({ Bucket }));
    await s3.send(new PutBucketVersioningCommand({ Bucket: "uploads", VersioningConfiguration: { Status: "Enabled" } }));
  });

  async function put(key: string, body: Buffer): Promise<string> {
    return (await s3.send(new PutObjectCommand({ Bucket: "uploads", Key: key, Body: body }))).VersionId ?? "";
  }

  async function stored(key: string): Promise<{ image: Awaited<ReturnType<typeof Jimp.fromBuffer>>; type: string | undefined }> {
    const { Body, ContentType } = await s3.send(new GetObjectCommand({ Bucket: "thumbnails", Key: key }));
    assert.ok(Body);
    return { image: await Jimp.fromBuffer(Buffer.from(await Body.transformToByteArray())), type: ContentType };
  }

  it("writes a small picture under the same key, also one with spaces and signs in it", async () => {
    const key = "pictures/a day at the sea +1 %.jpg";
    const body = await picture(600, 900, "image/jpeg");
    const version = await put(key, body);
    await onUpload({ s3, thumbnails: "thumbnails" })(uploaded("uploads", key, body.length, version));
    const { image, type } = await stored(key);
    assert.deepEqual([image.width, image.height], [171, 256]);
    assert.equal(type, "image/jpeg");
  });

  it("makes it of the version that was uploaded, also when that was replaced since", async () => {
    const first = await picture(300, 300, "image/png");
    const version = await put("pictures/replaced.png", first);
    await put("pictures/replaced.png", await picture(900, 300, "image/png"));
    await onUpload({ s3, thumbnails: "thumbnails" })(uploaded("uploads", "pictures/replaced.png", first.length, version));
    assert.deepEqual(
      [(await stored("pictures/replaced.png")).image.width, (await stored("pictures/replaced.png")).image.height],
      [256, 256],
    );
  });

  it("fails, so that the event ends with the dead letters, for what is no picture, too large, or not there", async () => {
    const run = onUpload({ s3, thumbnails: "thumbnails" });
    await put("pictures/text.jpg", Buffer.from("no picture"));
    await assert.rejects(run(uploaded("uploads", "pictures/text.jpg", 10)));
    await assert.rejects(run(uploaded("uploads", "pictures/huge.jpg", 30 * 1_048_576)), /more than/);
    await assert.rejects(run(uploaded("uploads", "pictures/none.jpg", 10)), { name: "NoSuchKey" });
  });
});
