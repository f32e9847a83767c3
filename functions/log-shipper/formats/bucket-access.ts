import { BUCKET_ACCESS_PREFIX } from "../../../components/visibility/logs/prefixes";
import { monthNumber, timedLines, utc } from "./timed-lines";

const KEY = new RegExp(`^${BUCKET_ACCESS_PREFIX}([^/]+)/`);
// S3 user guide, "Amazon S3 server access log format" (2026-11).
const TIME = /^\S+ \S+ \[(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d:\d\d:\d\d) ([+-]\d\d)(\d\d)\] /;

/** Requests to a bucket. S3 writes them within hours, and may leave some out. */
export const BUCKET_ACCESS_LOG = timedLines({
  source: "s3-access",
  service: (key) => KEY.exec(key)?.[1],
  clock: () => (line) => {
    const [, day, month = "", year, time, hours, minutes] = TIME.exec(line) ?? [];
    return utc(`${year}-${monthNumber(month)}-${day}T${time}${hours}:${minutes}`);
  },
});
