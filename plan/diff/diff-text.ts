import colors from "picocolors";
import { columns, type TextOptions, widest } from "../text-layout";
import { type DiffDocument } from "./diff";
import { countsText, deltas, losses, lossTitle, type Row, sections, titleOf } from "./diff-words";

const WIDEST = 100;

function widthsOf(rows: readonly Row[]): [number, number] {
  return [
    widest(
      rows.map(({ counts }) => counts),
      3,
    ),
    widest(
      rows.map(({ type }) => type),
      12,
    ),
  ];
}

/** A difference for the terminal, at most a hundred columns wide. */
export function diffText(document: DiffDocument, { width }: Pick<TextOptions, "width">): string {
  const options = { width: Math.min(width, WIDEST) };
  const lost = losses(document);
  const all = sections(document);
  const parts = [
    colors.bold(titleOf(document)),
    [countsText(document), ...deltas(document)].join("\n"),
    ...(lost.length > 0
      ? [
          [
            colors.red(colors.bold(lossTitle(document))),
            columns(
              lost.map((line) => [colors.red(line)]),
              [],
              options,
            ),
          ].join("\n"),
        ]
      : []),
    ...all.map(({ title, rows: own }) =>
      [
        colors.bold(title),
        columns(
          own.map(({ counts, type, what }) => [counts, colors.cyan(type), what]),
          widthsOf(own),
          options,
        ),
      ].join("\n"),
    ),
  ];
  return `${parts.join("\n\n")}\n`;
}
