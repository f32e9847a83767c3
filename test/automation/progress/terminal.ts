import { Terminal } from "@xterm/headless";
import { Writable } from "node:stream";
import { type ProgressStream } from "../../../automation/progress/reporter";

/** A terminal in memory that draws what is written to it, as a person would see it. */
export class Screen {
  readonly written: string[] = [];
  private readonly terminal: Terminal;
  private readonly output: Writable & { isTTY: true; columns: number; rows: number };

  constructor(columns: number, rows: number) {
    this.terminal = new Terminal({ cols: columns, rows, allowProposedApi: true, convertEol: true });
    const output = new Writable({
      decodeStrings: false,
      write: (chunk: string, _encoding, done) => {
        if (chunk !== "") this.written.push(chunk);
        this.terminal.write(chunk, done);
      },
    });
    this.output = Object.assign(output, { isTTY: true as const, columns, rows });
  }

  /** Stands in for standard error. */
  get stream(): ProgressStream {
    return this.output as unknown as ProgressStream;
  }

  resize(columns: number, rows: number): void {
    this.terminal.resize(columns, rows);
    Object.assign(this.output, { columns, rows });
    this.output.emit("resize");
  }

  /** What was written by another program, such as one in a pseudo terminal. */
  async show(text: string): Promise<void> {
    await new Promise<void>((resolve) => this.terminal.write(text, resolve));
  }

  /** The lines on the screen and those that scrolled off it, without empty ones at the end. */
  async lines(): Promise<string[]> {
    await new Promise<void>((resolve) => this.output.write("", () => resolve()));
    const buffer = this.terminal.buffer.active;
    const lines = Array.from({ length: buffer.length }, (_, row) => buffer.getLine(row)?.translateToString(true) ?? "");
    while (lines.at(-1) === "") lines.pop();
    return lines;
  }
}
