import { stripVTControlCharacters } from "node:util";

/** A text as lines of at most so many columns. A word that is longer than a line, such as a URN, is broken; the text's own line ends are kept. */
export function wrapped(text: string, width: number): string[] {
  const columns = Math.max(width, 20);
  return printable(text)
    .split("\n")
    .flatMap((line) => {
      const lines: string[] = [];
      let current = "";
      for (const word of line.split(" ").flatMap((one) => pieces(one, columns))) {
        const longer = current === "" ? word : `${current} ${word}`;
        if (longer.length <= columns) current = longer;
        else {
          lines.push(current);
          current = word;
        }
      }
      return [...lines, current];
    });
}

/** Without what a terminal would obey: a state holds names and values that anybody may have written. */
export function printable(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/\r\n/g, "\n")
    .replace(/(?!\n)\p{Cc}/gu, "\uFFFD");
}

function pieces(word: string, width: number): string[] {
  if (word.length <= width) return [word];
  return [word.slice(0, width), ...pieces(word.slice(width), width)];
}
