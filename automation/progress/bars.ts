import { clearScreenDown, cursorTo, moveCursor } from "node:readline";
import { stripVTControlCharacters } from "node:util";
import { createColors } from "picocolors";
import { frame, type Screen } from "./frame";
import { MARKS, type News, NewsReader } from "./news";
import { type Progress } from "./progress";
import { type Means, type Reporter } from "./reporter";

/** How often bars move: an eye needs no more, and a processor should have something else to do. */
const FRAME_MS = 250;

const NARROWEST = 20;
const USUAL_COLUMNS = 80;
const USUAL_ROWS = 24;

/** How many rows a text takes on a terminal of so many columns. */
function rowsOf(text: string, columns: number): number {
  const lines = stripVTControlCharacters(text).split("\n");
  return lines.reduce((rows, line) => rows + Math.max(1, Math.ceil(line.length / columns)), 0);
}

/** Tells progress as bars that stand at the bottom of a terminal, below what is said once. */
export async function barsReporter(
  progress: Progress,
  { stream, clock, every, color }: Means & { readonly color: boolean },
): Promise<Reporter> {
  // An ES module, which a CommonJS program can only import at run time.
  const { createLogUpdate } = await import("log-update");
  const colors = createColors(color);
  const reader = new NewsReader();
  const log = createLogUpdate(stream);
  let drawn: string | undefined;
  let paused = false;

  const screen = (): Screen => ({
    columns: Math.max(NARROWEST, stream.columns ?? USUAL_COLUMNS),
    rows: stream.rows ?? USUAL_ROWS,
    colors,
  });
  const draw = (): void => {
    if (paused) return;
    drawn = frame(progress.snapshot(clock()), screen());
    log(drawn);
  };
  const say = ({ kind, text }: News): void => {
    const paint = kind === "failure" ? colors.red : kind === "warning" ? colors.yellow : colors.cyan;
    log.persist(`${paint(MARKS[kind])} ${text}`);
    draw();
  };
  /** A terminal that is made narrower breaks the lines that stand there, so that they take more rows than were drawn. */
  const resized = (): void => {
    if (paused || drawn === undefined) return;
    moveCursor(stream, 0, -rowsOf(drawn, screen().columns));
    cursorTo(stream, 0);
    clearScreenDown(stream);
    log.done();
    draw();
  };

  let stop = every(FRAME_MS, draw);
  stream.on("resize", resized);
  return {
    take: (event) => {
      progress.take(event);
      const news = reader.read(event);
      if (news) say(news);
    },
    expect: (expectation) => progress.expect(expectation),
    pause: () => {
      stop();
      paused = true;
      log.clear();
      log.done();
      return () => {
        paused = false;
        stop = every(FRAME_MS, draw);
      };
    },
    end: () => {
      stop();
      stream.off("resize", resized);
      draw();
      log.done();
    },
  };
}
