import { type LogSource } from "../../../components/visibility/logs/log-store";
import { type Entry, type LogFile, type LogFormat, type LogLine } from "../line";

/** What tells one format of plain lines from another. */
export interface TimedLines {
  readonly source: LogSource;
  /** Name of the service or store that a file is about, by the file's key; undefined when the key is not of this format. */
  readonly service: (key: string) => string | undefined;
  /** A reader of the times of one file, which may learn from its header; undefined for a line that begins no entry. */
  readonly clock: () => (line: string) => number | undefined;
  /** Whether a line is a header, which says nothing. Default: none is. */
  readonly header?: (line: string) => boolean;
  /** Whether an entry may go on over several lines, such as a stack trace. Default: no. */
  readonly continues?: boolean;
}

/** An entry grows no further; what follows is an entry of its own. The least of what log stores take in one line. */
const LONGEST_ENTRY = 200_000;

/** A format in which each entry begins with a line that has its time. */
export function timedLines({ source, service, clock, header, continues = false }: TimedLines): LogFormat {
  return {
    source,
    matches: (key) => service(key) !== undefined,
    async *entries(lines: AsyncIterable<string>, { key }: LogFile, environment: string): AsyncGenerator<Entry> {
      const timeOf = clock();
      const about = service(key) ?? source;
      let open: LogLine | undefined;
      for await (const text of lines) {
        const time = timeOf(text);
        if (time === undefined && header?.(text)) continue;
        if (time === undefined && open && continues) {
          if (open.text.length + text.length < LONGEST_ENTRY) {
            open = { ...open, text: `${open.text}\n${text}` };
            continue;
          }
          yield open;
          open = { ...open, text };
          continue;
        }
        if (open) yield open;
        open = undefined;
        if (time === undefined) yield { reason: `not a line of ${source}: it has no time where one belongs`, text };
        else open = { time, environment, service: about, source, text };
      }
      if (open) yield open;
    },
  };
}

/** Milliseconds of a date in UTC; undefined for one that does not exist. */
export function utc(text: string): number | undefined {
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Number of a month in two digits; undefined for a word that is none. */
export function monthNumber(name: string): string | undefined {
  const index = MONTHS.indexOf(name);
  return index < 0 ? undefined : String(index + 1).padStart(2, "0");
}
