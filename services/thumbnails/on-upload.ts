import { GetObjectCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { S3ObjectCreatedNotificationEvent } from "aws-lambda";
import { thumbnail } from "./thumbnail";

// A picture is unpacked in memory at 4 bytes a pixel; what is larger than this as a file would not fit the function's memory.
const LARGEST_BYTES = 25 * 1_048_576;

/** What an upload needs. */
export interface Upload {
  readonly s3: S3Client;
  /** Bucket the thumbnails are written to. */
  readonly thumbnails: string;
}

/**
 * Makes the thumbnail of an uploaded picture and writes it under the same key. The same upload twice gives the same thumbnail.
 * What fails is thrown: Lambda tries again and then puts the event with the dead letters.
 */
export function onUpload({ s3, thumbnails }: Upload) {
  return async ({ detail: { bucket, object } }: S3ObjectCreatedNotificationEvent): Promise<void> => {
    const { key, size, "version-id": version } = object;
    if (size > LARGEST_BYTES) throw new Error(`${key} has ${size} bytes, more than the ${LARGEST_BYTES} a thumbnail is made of`);
    // EventBridge gives the key as it is; only S3's own notifications encode it. The version is the one that was uploaded, also when it was replaced since.
    const original = await s3.send(new GetObjectCommand({ Bucket: bucket.name, Key: key, ...(version && { VersionId: version }) }));
    if (!original.Body) throw new Error(`${key} has no content`);
    const { bytes, type } = await thumbnail(Buffer.from(await original.Body.transformToByteArray()));
    await s3.send(new PutObjectCommand({ Bucket: thumbnails, Key: key, Body: bytes, ContentType: type }));
  };
}
