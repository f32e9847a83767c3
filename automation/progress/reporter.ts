import { type PlatformEvent } from "../events/events";
import { type Expectation } from "./expectation";
import { barsReporter } from "./bars";
import { type ProgressMode } from "./modes";
import { MARKS, NewsReader } from "./news";
import { PlainProgress } from "./plain";
import { Progress } from "./progress";

/** Where progress goes: standard error, or what stands in for it. */
export type ProgressStream = NodeJS.WriteStream;

/** What progress is told with. */
export interface ReporterOptions {
  readonly mode: ProgressMode;
  /** True when the result is written as JSON: then a program reads, unless a person sits there. */
  readonly json: boolean;
  /** Default: standard error. */
  readonly stream?: ProgressStream;
  /** Milliseconds since 1970. Default: the clock of the machine. */
  readonly clock?: () => number;
  /** Runs something again and again, until what it returns is called. Default: a timer that keeps no process alive. */
  readonly every?: (milliseconds: number, run: () => void) => () => void;
  /** Colours on a terminal. Default: unless NO_COLOR is set or TERM is dumb. */
  readonly color?: boolean;
}

/** Takes the events of an operation, and tells how far it is. */
export interface Reporter {
  /** Takes the next event; a function that can be handed on. */
  readonly take: (event: PlatformEvent) => void;
  /** Learns what the operation will do, as soon as somebody knows. */
  readonly expect: (expectation: Expectation) => void;
  /** Leaves the terminal to somebody else, such as a question, until what it returns is called. */
  readonly pause: () => () => void;
  /** Leaves the terminal as it was; nothing is told afterwards. */
  readonly end: () => void;
}

const TICK_MS = 1000;

/** What `auto` stands for. A terminal that can't move its cursor gets lines, as a log does. */
export function modeFor(
  { mode, json, stream = process.stderr }: ReporterOptions,
  term = process.env["TERM"],
): Exclude<ProgressMode, "auto"> {
  if (mode !== "auto") return mode === "bars" && !stream.isTTY ? "lines" : mode;
  if (stream.isTTY && term !== "dumb") return "bars";
  return json ? "events" : "lines";
}

function timer(milliseconds: number, run: () => void): () => void {
  const interval = setInterval(run, milliseconds);
  interval.unref();
  return () => clearInterval(interval);
}

/** Tells the progress of an operation on standard error. */
export async function reporterFor(expectation: Expectation, options: ReporterOptions): Promise<Reporter> {
  const { stream = process.stderr, clock = Date.now, every = timer, color = isColored() } = options;
  const mode = modeFor(options);
  if (mode === "none") return SILENT;
  if (mode === "events") return { ...SILENT, take: (event) => void stream.write(`${JSON.stringify(event)}\n`) };
  const progress = new Progress(expectation);
  return mode === "lines" ? linesReporter(progress, { stream, clock, every }) : barsReporter(progress, { stream, clock, every, color });
}

const SILENT: Reporter = { take: () => undefined, expect: () => undefined, pause: () => () => undefined, end: () => undefined };

function isColored(): boolean {
  const { NO_COLOR: none = "", TERM: term } = process.env;
  return none === "" && term !== "dumb";
}

/** What every way of telling needs. */
export type Means = Required<Pick<ReporterOptions, "stream" | "clock" | "every">>;

function linesReporter(progress: Progress, { stream, clock, every }: Means): Reporter {
  const plain = new PlainProgress(progress);
  const reader = new NewsReader();
  const print = (lines: readonly string[]): void => {
    if (lines.length > 0) stream.write(`${lines.join("\n")}\n`);
  };
  const tick = (): void => print(plain.tick(clock()));
  let stop = every(TICK_MS, tick);
  return {
    expect: (expectation) => progress.expect(expectation),
    pause: () => {
      stop();
      return () => (stop = every(TICK_MS, tick));
    },
    take: (event) => {
      const took = event.kind === "resource" ? progress.since(event, Date.parse(event.time)) : undefined;
      progress.take(event);
      const news = reader.read(event);
      print([...plain.lines(event, took), ...(news ? [`${MARKS[news.kind]} ${news.text}`] : [])]);
    },
    end: () => stop(),
  };
}
