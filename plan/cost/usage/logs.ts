import { DAYS_PER_MONTH, type Assume, charge, KB_PER_GB, sumOf, type UsageCharge, type UsageContext, type UsagePricer } from "./usage";
import { type PlannedResource } from "../../graph";
import { number, read } from "../../../policy/lib/resource";

export const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
const API_ACCESS = "api-access";
/** Groups that keep lines for ever grow; so much of it is counted. */
const FOREVER_DAYS = 365;

/** GB that come into a log group in a month: of its service, of the access log of the API, or of the platform. */
function gbOf(group: PlannedResource, context: UsageContext, assume: Assume): number {
  const service = context.owner(group);
  if (service?.name === group.name) {
    assume("demand.share");
    return (service.requests * assume("log.kb-per-request")) / KB_PER_GB;
  }
  if (group.name === API_ACCESS) {
    assume("demand.share");
    const called = context.services.filter(({ target, fromInternet }) => target === "lambda" && fromInternet);
    return (sumOf(called, ({ requests }) => requests) * assume("log.kb-per-access")) / KB_PER_GB;
  }
  return assume("log.platform-gb");
}

/** GB that come into all log groups in a month: what is shipped to the log store. */
export function logGbOf(context: UsageContext, assume: Assume): number {
  return sumOf(context.graph.ofType(LOG_GROUP), (group) => gbOf(group as PlannedResource, context, assume));
}

/** GB that are kept of a flow of GB a month, compressed, for so many days. */
export function keptGb(gb: number, days: number, assume: Assume): number {
  return (gb * assume("log.compressed") * days) / DAYS_PER_MONTH;
}

function logGroup(group: PlannedResource, context: UsageContext): UsageCharge[] {
  const days = number(read(group, "retentionInDays")) ?? FOREVER_DAYS;
  return [
    ...charge(context, "lines that come in", "logs.ingested", (assume) => gbOf(group, context, assume)),
    ...charge(context, "lines that are kept", "logs.stored", (assume) => keptGb(gbOf(group, context, assume), days, assume)),
  ];
}

/** Log groups and what delivers their lines. */
export const LOG_USAGE: readonly UsagePricer[] = [
  { types: [LOG_GROUP], charges: logGroup },
  {
    types: ["aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream"],
    charges: (_, context) => charge(context, "lines that are delivered", "firehose.gb", (assume) => logGbOf(context, assume)),
  },
];
