import { S3Client } from "@aws-sdk/client-s3";
import { SQSClient } from "@aws-sdk/client-sqs";
import { resolve } from "node:path";
import { ConfigError } from "../../components/faults";
import { readStackFile } from "../../plan/stack-file";
import { readEnvironment } from "../../stacks/environment";
import { type Replayed, replayLogs } from "../logs/replay";

export interface ReplayOptions {
  readonly cwd: string;
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** A replay, as a person reads it. */
export function replayText(environment: string, { messages, files, reasons, unreadable }: Replayed, dryRun: boolean): string {
  const lines = reasons.reduce((sum, reason) => sum + reason.lines, 0);
  return [
    `${environment}: ${dryRun ? "would send back" : "sent back"} ${messages} messages of files that were not shipped, and ${lines} refused lines in ${files} files`,
    ...reasons.map((reason) => `  ${reason.lines} lines: ${reason.reason}`),
    ...unreadable.map(({ reason, key }) => `  ${key ?? "a message, which stays where it is"}: ${reason}`),
    "",
  ].join("\n");
}

/**
 * Sends the dead letters of an environment's logs back, with the caller's own AWS credentials.
 * @throws {ConfigError} when the environment's configuration is wrong.
 */
export async function replay(environment: string, { cwd, dryRun, json }: ReplayOptions): Promise<void> {
  const { value, faults } = readEnvironment(environment, readStackFile(resolve(cwd), environment).config);
  if (!value) throw new ConfigError(faults);
  const { region } = value.aws;
  const result = await replayLogs({ s3: new S3Client({ region }), sqs: new SQSClient({ region }) }, environment, dryRun);
  process.stdout.write(
    json ? `${JSON.stringify({ environment, dryRun, ...result }, undefined, 2)}\n` : replayText(environment, result, dryRun),
  );
}
