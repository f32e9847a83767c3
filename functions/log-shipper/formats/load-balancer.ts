import { plainName } from "../line";
import { timedLines, utc } from "./timed-lines";

// Elastic Load Balancing user guide, "Access logs for your Application Load Balancer" (2026-11).
const KEY = /(?:^|\/)AWSLogs\/\d{12}\/elasticloadbalancing\/.*_elasticloadbalancing_[a-z0-9-]+_app\.([^.]+)\.[0-9a-f]+_/;
const LINE = /^(?:https?|h2|grpcs|wss?) (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z) /;

/** Requests of an Application Load Balancer; the time is that of the answer. */
export const LOAD_BALANCER_LOG = timedLines({
  source: "alb",
  service: (key) => {
    const name = KEY.exec(key)?.[1];
    return name === undefined ? undefined : plainName(name);
  },
  clock: () => (line) => utc(LINE.exec(line)?.[1] ?? ""),
});
