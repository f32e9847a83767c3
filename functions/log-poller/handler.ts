import { RDSClient } from "@aws-sdk/client-rds";
import { RedshiftDataClient } from "@aws-sdk/client-redshift-data";
import { S3Client } from "@aws-sdk/client-s3";
import { z } from "zod";
import { databaseFiles } from "./database-files";
import { pollAll, type PolledLog } from "./poll";
import { Positions } from "./position";
import { systemTables } from "./system-tables";

const Store = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("rds"), service: z.string(), instance: z.string() }),
  z.object({
    kind: z.literal("redshift"),
    service: z.string(),
    database: z.string(),
    secretArn: z.string(),
    cluster: z.string().optional(),
    workgroup: z.string().optional(),
  }),
]);

/** Variables of the function, as `LogPoller` sets them. */
const { ENVIRONMENT, ARCHIVE_BUCKET, STORES } = z
  .object({
    ENVIRONMENT: z.string(),
    ARCHIVE_BUCKET: z.string(),
    STORES: z.string().transform((text) => z.array(Store).parse(JSON.parse(text))),
  })
  .parse(process.env);

const s3 = new S3Client({});
const rds = new RDSClient({});
const data = new RedshiftDataClient({});

function logOf(store: z.output<typeof Store>): PolledLog {
  return store.kind === "rds" ? databaseFiles(rds, store.service, store.instance) : systemTables(data, store.service, store);
}

export const handler = async (): Promise<Record<string, number>> =>
  pollAll(
    { s3, bucket: ARCHIVE_BUCKET, positions: new Positions(s3, ARCHIVE_BUCKET), environment: ENVIRONMENT, now: () => Date.now() },
    STORES.map(logOf),
  );
