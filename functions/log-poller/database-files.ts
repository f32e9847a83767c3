import {
  DescribeDBInstancesCommand,
  type DescribeDBLogFilesDetails,
  DownloadDBLogFilePortionCommand,
  paginateDescribeDBLogFiles,
  type RDSClient,
} from "@aws-sdk/client-rds";
import { type Found, type PolledLog } from "./poll";

/**
 * Kinds of log files by the start of their names, with the name of the export that covers each (RDS user guide, "Publishing database logs to
 * Amazon CloudWatch Logs", 2026-11). An export of `undefined` does not exist: such files are only inside.
 */
const KINDS: readonly { readonly start: RegExp; readonly exported: string | undefined }[] = [
  { start: /^error\/postgres/, exported: "postgresql" },
  { start: /^error\/mysql-error/, exported: "error" },
  { start: /^slowquery\//, exported: "slowquery" },
  { start: /^general\//, exported: "general" },
  { start: /^audit\/server_audit/, exported: "audit" },
  { start: /^trace\/alert_/, exported: "alert" },
  { start: /^listener\//, exported: "listener" },
  { start: /^audit\/.*\.(?:aud|xml)$/, exported: "audit" },
  { start: /^trace\/.*\.trc$/, exported: "trace" },
  { start: /^log\/ERROR/, exported: "error" },
  { start: /^log\/SQLAGENT/, exported: "agent" },
];

/** Whether a file is read here: it is text of a known kind that no export brings to CloudWatch Logs. */
export function isPolled(file: string, exports: readonly string[]): boolean {
  const kind = KINDS.find(({ start }) => start.test(file));
  return kind !== undefined && (kind.exported === undefined || !exports.includes(kind.exported));
}

const MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec";
const ISO = /^(?:Date: )?(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d(?:[.,]\d{1,6})?)(?:Z|[+-]\d\d:?\d\d| UTC)?/;
const ORACLE = new RegExp(`^[A-Z][a-z]{2} (${MONTHS})\\s+(\\d{1,2}) (\\d\\d:\\d\\d:\\d\\d)(?:\\.\\d+)? (\\d{4})`);

/** The time at the start of a line of an engine's log, in UTC; undefined for a line without one. */
export function engineTime(line: string): number | undefined {
  const [, date, clock] = ISO.exec(line) ?? [];
  if (date !== undefined && clock !== undefined) {
    const time = Date.parse(`${date}T${clock.replace(",", ".")}Z`);
    return Number.isNaN(time) ? undefined : time;
  }
  const [, month, day, hours, year] = ORACLE.exec(line) ?? [];
  const time = Date.parse(`${day} ${month} ${year} ${hours} UTC`);
  return Number.isNaN(time) ? undefined : time;
}

const FIRST = "0";

/** The lines of an instance's log files since they were read last. */
export function databaseFiles(rds: RDSClient, service: string, instance: string): PolledLog {
  const files = async (): Promise<DescribeDBLogFilesDetails[]> => {
    const { DBInstances = [] } = await rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: instance }));
    const exports = DBInstances[0]?.EnabledCloudwatchLogsExports ?? [];
    const all: DescribeDBLogFilesDetails[] = [];
    for await (const page of paginateDescribeDBLogFiles({ client: rds }, { DBInstanceIdentifier: instance }))
      all.push(...(page.DescribeDBLogFiles ?? []).filter(({ LogFileName = "" }) => isPolled(LogFileName, exports)));
    return all;
  };

  return {
    service,
    source: "rds",
    async *read(position): AsyncGenerator<Found> {
      for (const { LogFileName: name = "", Size: size = 0, LastWritten: written = 0 } of await files()) {
        const known = position.marks[name];
        if (known && known.size === size && known.time === written) {
          yield { name, mark: known, lines: [] };
          continue;
        }
        // A file that shrank was begun anew under the same name.
        let marker = known && known.size <= size ? known.mark : FIRST;
        let time: number | undefined;
        for (let more = true; more;) {
          const portion = await rds.send(
            new DownloadDBLogFilePortionCommand({ DBInstanceIdentifier: instance, LogFileName: name, Marker: marker }),
          );
          more = portion.AdditionalDataPending ?? false;
          marker = portion.Marker ?? marker;
          const lines = (portion.LogFileData ?? "").split("\n").filter((line) => line.trim() !== "");
          yield {
            name,
            mark: { mark: marker, size: more ? (known?.size ?? 0) : size, time: more ? 0 : written },
            // A line without a time belongs to the one before it.
            lines: lines.map((text) => ({ time: (time = engineTime(text) ?? time ?? written), text })),
          };
        }
      }
    },
  };
}
