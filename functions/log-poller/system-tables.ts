import {
  DescribeStatementCommand,
  ExecuteStatementCommand,
  type Field,
  paginateGetStatementResult,
  type RedshiftDataClient,
} from "@aws-sdk/client-redshift-data";
import { type Found, type PolledLog } from "./poll";

/** A warehouse as the Data API is told of it. */
export interface WarehouseAddress {
  readonly database: string;
  readonly secretArn: string;
  readonly cluster?: string | undefined;
  readonly workgroup?: string | undefined;
}

/**
 * System tables that no export covers, with the column that orders them (Amazon Redshift database developer guide, "SYS monitoring views",
 * 2026-11). They keep seven days.
 */
const TABLES = [
  { name: "sys_query_history", time: "end_time", where: "user_id > 1" },
  { name: "sys_load_error_detail", time: "start_time", where: "true" },
] as const;

const ROWS = 10_000;
const TRIES = 120;
const PAUSE_MS = 500;
const A_DAY_MS = 86_400_000;
const TIME_FORMAT = "YYYY-MM-DD HH24:MI:SS.US";
const START = "1970-01-01 00:00:00.000000";

type Table = (typeof TABLES)[number];

function statement({ name, time, where }: Table): string {
  return `select to_char(${time}, '${TIME_FORMAT}') as logged_at, t.* from ${name} t where ${where} and ${time} > :since::timestamp order by ${time} limit ${ROWS}`;
}

function valueOf(field: Field): string | number | boolean | null {
  return field.stringValue ?? field.longValue ?? field.doubleValue ?? field.booleanValue ?? null;
}

/** Rows of the system tables of a warehouse since they were read last, each as JSON. */
export function systemTables(
  data: RedshiftDataClient,
  service: string,
  { database, secretArn, cluster, workgroup }: WarehouseAddress,
  pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, PAUSE_MS)),
): PolledLog {
  const run = async (table: Table, since: string): Promise<string> => {
    const { Id } = await data.send(
      new ExecuteStatementCommand({
        Database: database,
        SecretArn: secretArn,
        ...(cluster !== undefined ? { ClusterIdentifier: cluster } : { WorkgroupName: workgroup }),
        Sql: statement(table),
        Parameters: [{ name: "since", value: since }],
      }),
    );
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const { Status, Error: error } = await data.send(new DescribeStatementCommand({ Id }));
      if (Status === "FINISHED" && Id !== undefined) return Id;
      if (Status === "FAILED" || Status === "ABORTED")
        throw new Error(`${service} does not answer about ${table.name}: ${error ?? Status}`);
      await pause();
    }
    throw new Error(`${service} did not answer about ${table.name} in ${(TRIES * PAUSE_MS) / 1000} s`);
  };

  return {
    service,
    source: "redshift-system",
    // A question wakes a serverless warehouse, and a minute of it is charged at least.
    restMs: cluster === undefined ? A_DAY_MS : 0,
    async *read(position): AsyncGenerator<Found> {
      for (const table of TABLES) {
        let since = position.marks[table.name]?.mark ?? START;
        for (let rows = ROWS; rows === ROWS;) {
          rows = 0;
          const id = await run(table, since);
          const lines: Found["lines"][number][] = [];
          for await (const { ColumnMetadata = [], Records = [] } of paginateGetStatementResult({ client: data }, { Id: id }))
            for (const record of Records) {
              rows += 1;
              const row = Object.fromEntries(
                record.map((field, index) => [ColumnMetadata[index]?.name ?? `column_${index}`, valueOf(field)]),
              );
              const { logged_at: loggedAt, ...rest } = row;
              since = String(loggedAt);
              lines.push({ time: Date.parse(`${since.replace(" ", "T")}Z`), text: JSON.stringify({ table: table.name, ...rest }) });
            }
          yield { name: table.name, mark: { mark: since, size: 0, time: 0 }, lines };
        }
      }
    },
  };
}
