import { timedLines } from "./timed-lines";

// VPC user guide, "Flow log files" and "Flow log records" (2026-11); the second form is the one with Hive-compatible prefixes.
const KEY = /(?:^|\/)AWSLogs\/(?:\d{12}\/vpcflowlogs|aws-account-id=\d{12}\/aws-service=vpcflowlogs)\//;
/** Where the time of the last packet stands in records of version 2, when no header says so. */
const END = 11;
const SECONDS = /^\d{10}$/;
const MS_PER_SECOND = 1000;

function isHeader(line: string): boolean {
  return /^[a-z][a-z0-9 -]*$/.test(line) && line.split(" ").includes("end");
}

/** Who talked to whom inside the VPC; the time is that of the last packet of a record. */
export const FLOW_LOG = timedLines({
  source: "vpc-flow",
  service: (key) => (KEY.test(key) ? "network" : undefined),
  header: isHeader,
  clock: () => {
    let column = END;
    return (line) => {
      const fields = line.split(" ");
      if (isHeader(line)) {
        column = fields.indexOf("end");
        return undefined;
      }
      const end = fields[column] ?? "";
      return SECONDS.test(end) ? Number(end) * MS_PER_SECOND : undefined;
    };
  },
});
