import type { StackGraph } from "../../lib/graph";
import { perObject } from "../../lib/per-object";
import { fail, notEvaluated, pass, stackRule, type Verdict } from "../../lib/rule";
import { type Schema, schemasIn, type Sender, sendersIn } from "../../lib/visibility/graphite";
import { type ConfigText, textsOf } from "../../lib/visibility/texts";

const SCHEMAS_FILE = /storage-schemas/;

/** A sender with where it is configured. */
interface Found extends Sender {
  readonly holder: string;
}

/**
 * Reads texts only, where the stack shows them: `data` of ConfigMaps, S3 objects and SSM parameters with a text, commands and variables of ECS
 * containers. In them: storage-schemas.conf of carbon, exporting.conf of Netdata, the settings of StatsD and of Telegraf. What has its schemas or
 * its interval inside an image is not seen.
 */
export const metricsRetentionFitsInterval = stackRule({
  id: "metrics-retention-fits-interval",
  title: "Graphite keeps the finest points as far apart as they are sent",
  severity: "medium",
  why: "Sent more often than the first archive has points, all but the last of each are overwritten; sent less often, every other point is empty: sums, rates and alarms are wrong without a sign.",
  fix: "Let the first archive of storage-schemas.conf have the interval of what sends (update every, flushInterval, flush_interval), and delete what was stored with another.",
  links: ["https://graphite.readthedocs.io/en/latest/config-carbon.html#storage-schemas-conf"],
  frameworks: [],
  check: (stack) => verdicts(stack),
});

const sendersOf = perObject(({ holder, text }: ConfigText): readonly Found[] =>
  text === undefined ? [] : sendersIn(text).map((sender): Found => ({ ...sender, holder: holder.name })),
);
const schemasOf = perObject(({ text = "" }: ConfigText) => schemasIn(text));

function verdicts(stack: StackGraph): Verdict[] {
  const texts = textsOf(stack);
  const senders = texts.flatMap(sendersOf);
  const hidden = texts.find(({ text }) => text === undefined);
  return texts.flatMap((file): Verdict[] => {
    if (file.text === undefined)
      return SCHEMAS_FILE.test(file.name) ? [notEvaluated(file.holder.urn, `${file.name} is not known yet`, "data")] : [];
    const schemas = schemasOf(file);
    return schemas === undefined ? [] : [verdict(file, schemas, senders, hidden)];
  });
}

function verdict(
  { holder, name }: ConfigText,
  schemas: readonly Schema[],
  senders: readonly Found[],
  hidden: ConfigText | undefined,
): Verdict {
  const unreadable = schemas.find(({ pattern }) => pattern === undefined);
  if (unreadable !== undefined) return notEvaluated(holder.urn, `the pattern of section ${unreadable.name} can't be read`, "data");
  const wrong = senders.flatMap((sender) => fault(sender, schemas) ?? []);
  if (wrong.length > 0) return fail(holder.urn, `${name}: ${wrong.join("; ")}`, "data");
  if (hidden !== undefined)
    return notEvaluated(holder.urn, `what ${hidden.holder.name} is configured with, which may send metrics, is not known yet`, "data");
  if (senders.length === 0) return notEvaluated(holder.urn, `no text of the stack says how often what ${name} is for is sent`, "data");
  return pass(holder.urn);
}

function fault({ what, seconds, prefix, holder }: Found, schemas: readonly Schema[]): string | undefined {
  // Carbon takes the first that fits; of a sender that names no prefix, the one for everything.
  const schema = schemas.find(({ pattern }) => pattern?.test(prefix === undefined ? "any.series" : `${prefix}.any.series`));
  if (schema === undefined) return `no section is for what ${what} of ${holder} sends`;
  if (schema.seconds === seconds) return undefined;
  return `${what} of ${holder} sends every ${seconds} s, section ${schema.name} keeps a point each ${schema.seconds} s`;
}
