import { monthNumber, timedLines, utc } from "./timed-lines";

// Amazon Redshift management guide, "Database audit logging" (2026-11).
const KEY = /(?:^|\/)AWSLogs\/\d{12}\/redshift\/.*\d{12}_redshift_[a-z0-9-]+?-\d_(.+)_(?:connectionlog|userlog|useractivitylog)_/;
const ACTIVITY = /^'(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ) UTC \[/;
/** Fields of the logs of connections and users are parted by bars; the time is one of them. */
const RECORD = /\|\s*[A-Z][a-z]{2}, (\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d\d:\d\d:\d\d):(\d{3})\s*(?:\||$)/;

/** Who connected to a Redshift cluster, which users changed, and which statements ran, which may go over several lines. */
export const WAREHOUSE_AUDIT_LOG = timedLines({
  source: "redshift",
  service: (key) => KEY.exec(key)?.[1],
  continues: true,
  clock: () => (line) => {
    const activity = ACTIVITY.exec(line)?.[1];
    if (activity) return utc(activity);
    const [, day = "", month = "", year, time, milliseconds] = RECORD.exec(line) ?? [];
    return utc(`${year}-${monthNumber(month)}-${day.padStart(2, "0")}T${time}.${milliseconds}Z`);
  },
});
