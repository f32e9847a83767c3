import Table from "cli-table3";

/** How a text is laid out. */
export interface TextOptions {
  /** Columns of the terminal. */
  readonly width: number;
  /** Seconds the plan took, for the last line. */
  readonly seconds: number;
}

const NARROWEST = 60;

const LINES = ["top", "top-mid", "top-left", "top-right", "bottom", "bottom-mid", "bottom-left", "bottom-right"] as const;
const INNER = ["left", "left-mid", "mid", "mid-mid", "right", "right-mid", "middle"] as const;
const NO_LINES = Object.fromEntries([...LINES, ...INNER].map((part) => [part, ""]));

/** Columns without lines; the last one takes the width that is left. */
export function columns(rows: readonly (readonly string[])[], widths: readonly number[], options: Pick<TextOptions, "width">): string {
  const used = widths.reduce((sum, width) => sum + width, 0);
  const table = new Table({
    chars: NO_LINES,
    style: { "padding-left": 2, "padding-right": 0, head: [], border: [] },
    colWidths: [...widths, Math.max(options.width, NARROWEST) - used - 1],
    wordWrap: true,
  });
  table.push(...rows.map((row) => [...row]));
  return table.toString().replace(/ +$/gm, "");
}

/** Width of a column that holds these texts, with the space after it. */
export function widest(texts: readonly string[], least: number): number {
  return Math.max(least, ...texts.map((text) => text.length)) + 4;
}
