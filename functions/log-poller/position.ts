import { GetObjectCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { z } from "zod";
import { ARCHIVE_PREFIXES } from "../../components/visibility/logs/prefixes";

/** How far the logs of one store were read. */
export const Position = z.object({
  /** Milliseconds since 1970 of the last run. */
  polledAt: z.number().default(0),
  /** By the name of a file or table: a marker of the API, or the time of the newest row. */
  marks: z.record(z.string(), z.object({ mark: z.string(), size: z.number().default(0), time: z.number().default(0) })).default({}),
});
export type Position = z.output<typeof Position>;

/** Somebody else saved a position meanwhile: two runs went at once. */
export class PositionMoved extends Error {
  override readonly name = "PositionMoved";
}

/** Positions, an object of the archive each. */
export class Positions {
  private readonly tags = new Map<string, string | undefined>();

  constructor(
    private readonly s3: S3Client,
    private readonly bucket: string,
  ) {}

  private keyOf(service: string): string {
    return `${ARCHIVE_PREFIXES.positions}${service}.json`;
  }

  /** How far a store's logs were read; nowhere at first. */
  async read(service: string): Promise<Position> {
    try {
      const { Body, ETag } = await this.s3.send(new GetObjectCommand({ Bucket: this.bucket, Key: this.keyOf(service) }));
      this.tags.set(service, ETag);
      return Position.parse(JSON.parse((await Body?.transformToString()) ?? "{}"));
    } catch (error) {
      if (!(error instanceof Error) || error.name !== "NoSuchKey") throw error;
      this.tags.set(service, undefined);
      return Position.parse({});
    }
  }

  /**
   * Saves a position that was read before.
   * @throws {PositionMoved} when another run saved one since.
   */
  async save(service: string, position: Position): Promise<void> {
    const known = this.tags.get(service);
    try {
      const { ETag } = await this.s3.send(
        new PutObjectCommand({
          Bucket: this.bucket,
          Key: this.keyOf(service),
          Body: JSON.stringify(position),
          ContentType: "application/json",
          ...(known === undefined ? { IfNoneMatch: "*" } : { IfMatch: known }),
        }),
      );
      this.tags.set(service, ETag);
    } catch (error) {
      if (error instanceof Error && (error.name === "PreconditionFailed" || error.name === "ConditionalRequestConflict"))
        throw new PositionMoved(`the position of ${service} was saved by another run`, { cause: error });
      throw error;
    }
  }
}
