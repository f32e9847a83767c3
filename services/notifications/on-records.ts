import type { MSKEvent, MSKRecord } from "aws-lambda";
import { messageOf } from "./message";
import { type Deliver } from "./provider";

/** Where on a partition Lambda has to start again, as it wants to be told. */
export interface FailedRecord {
  readonly itemIdentifier: { readonly partition: string; readonly offset: number };
}

/**
 * Delivers a message for every record. Records of a partition go out in their order; at the first that fails the rest of its partition waits,
 * and Lambda starts again from there, while other partitions go on. The place of a record is its id, so that a repetition is delivered once.
 */
export function onRecords(deliver: Deliver) {
  return async ({ records }: MSKEvent): Promise<{ batchItemFailures: FailedRecord[] }> => {
    const outcomes = await Promise.all(Object.values(records).map((partition) => deliverInOrder(partition, deliver)));
    return { batchItemFailures: outcomes.flatMap((failed) => failed ?? []) };
  };
}

async function deliverInOrder(partition: readonly MSKRecord[], deliver: Deliver): Promise<FailedRecord | undefined> {
  for (const record of partition) {
    const name = `${record.topic}-${record.partition}`;
    try {
      await deliver(`${name}-${record.offset}`, messageOf(Buffer.from(record.value, "base64").toString("utf8")));
    } catch (error) {
      console.error(`record ${name} ${record.offset} was not delivered`, error);
      return { itemIdentifier: { partition: name, offset: record.offset } };
    }
  }
  return undefined;
}
