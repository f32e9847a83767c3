import { timedLines, utc } from "./timed-lines";

// CloudFront developer guide, "Standard logging (legacy)" (2026-11).
const KEY = /(?:^|\/)(E[A-Z0-9]{10,14})\.\d{4}-\d\d-\d\d-\d\d\.[0-9a-f]+\.gz$/;
const LINE = /^(\d{4}-\d\d-\d\d)\t(\d\d:\d\d:\d\d)\t/;

/** Requests to a distribution of CloudFront. */
export const DISTRIBUTION_LOG = timedLines({
  source: "cloudfront",
  service: (key) => KEY.exec(key)?.[1],
  header: (line) => /^#(Version|Fields):/.test(line),
  clock: () => (line) => {
    const [, date, time] = LINE.exec(line) ?? [];
    return utc(`${date}T${time}Z`);
  },
});
