import { type DiffDocument } from "./diff";
import { countsText, deltas, losses, lossTitle, sections, titleOf } from "./diff-words";

/** Text that reads as it is, also in a cell of a table. */
function text(value: string): string {
  return value.replace(/[\\`*_[\]<>|~$!{}]/g, "\\$&").replace(/([@#])(?=\w)/g, "$1&#8203;");
}

/** A difference as a comment on a pull request: what loses data unfolded, the rest folded away. */
export function diffMarkdown(document: DiffDocument): string {
  const lost = losses(document);
  const tables = sections(document).map(({ title, rows }) =>
    [
      `<details><summary>${text(title)}: ${rows.length}</summary>`,
      "",
      "| | Type | What |",
      "| --- | --- | --- |",
      ...rows.map(({ counts, type, what }) => `| ${text(counts)} | ${text(type)} | ${text(what)} |`),
      "",
      "</details>",
    ].join("\n"),
  );
  const parts = [
    `<!-- strata diff ${document.to.stack.replace(/[^\w./-]/g, "_")} -->`,
    `### Difference ${text(titleOf(document))}`,
    [countsText(document), ...deltas(document)].map(text).join("<br>"),
    ...(lost.length > 0 ? [`❌ **${text(lossTitle(document))}**\n\n${lost.map((line) => `- ${text(line)}`).join("\n")}`] : []),
    ...tables,
  ];
  return `${parts.join("\n\n")}\n`;
}
