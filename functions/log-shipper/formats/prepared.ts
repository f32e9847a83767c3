import { z } from "zod";
import { LOG_SOURCES } from "../../../components/visibility/logs/log-store";
import { ARCHIVE_PREFIXES } from "../../../components/visibility/logs/prefixes";
import { type Entry, isLine, type LogFile, type LogFormat } from "../line";

/** A line as JSON: of a poller, which knows what it read, or of a dead letter, which was read before. */
export const PreparedLine = z.object({
  time: z.number(),
  environment: z.string(),
  service: z.string(),
  source: z.enum(LOG_SOURCES),
  text: z.string(),
  stream: z.string().optional(),
});

/** Text of a dead letter that nobody could read yet, and the file it is from. */
const UnreadText = z.object({ text: z.string(), from: z.object({ bucket: z.string(), key: z.string() }) });

const DAY = "yyyy-mm-dd".length;

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, DAY);
}

async function* once(text: string): AsyncGenerator<string> {
  yield* await Promise.resolve(text.split("\n"));
}

async function* entriesOf(text: string, formats: readonly LogFormat[], environment: string, isDead: boolean): AsyncGenerator<Entry> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    yield { reason: `not a prepared line: ${error instanceof Error ? error.message : String(error)}`, text };
    return;
  }
  const line = PreparedLine.safeParse(json);
  if (line.success) {
    yield isDead ? { ...line.data, replayed: dayOf(line.data.time) } : line.data;
    return;
  }
  const unread = UnreadText.safeParse(json);
  const format = unread.data && formats.find((known) => known.matches(unread.data.from.key));
  // The reader may have been mended since.
  if (unread.data && format)
    for await (const entry of format.entries(once(unread.data.text), unread.data.from, environment))
      yield isLine(entry) ? entry : { ...entry, from: unread.data.from };
  else yield { reason: `not a prepared line: ${z.prettifyError(line.error).replace(/\s+/g, " ")}`, text: unread.data?.text ?? text };
}

/**
 * Lines that are written as JSON. Those that come a second time get a label of their own: the streams they belong to may have gone on, and
 * Loki takes nothing that is far behind the newest line of a stream.
 */
export function preparedFormat(formats: readonly LogFormat[]): LogFormat {
  return {
    source: "prepared",
    matches: (key) => key.startsWith(ARCHIVE_PREFIXES.polled) || key.startsWith(ARCHIVE_PREFIXES.deadLines),
    async *entries(lines: AsyncIterable<string>, { key }: LogFile, environment: string): AsyncGenerator<Entry> {
      const isDead = key.startsWith(ARCHIVE_PREFIXES.deadLines);
      for await (const line of lines) yield* entriesOf(line, formats, environment, isDead);
    },
  };
}
