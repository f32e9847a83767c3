import { S3Client } from "@aws-sdk/client-s3";
import { variable } from "../variable";
import { onUpload } from "./on-upload";

/** Called by EventBridge for every picture in the bucket of uploads. */
export const handler = onUpload({ s3: new S3Client({}), thumbnails: variable("THUMBNAILS_BUCKET") });
