import { StringDecoder } from "node:string_decoder";
import { Readable } from "node:stream";
import { constants, createGunzip } from "node:zlib";

/** The end of a file that breaks off: what there is of its last line, and why. */
export interface Remainder {
  readonly reason: string;
  readonly text: string;
}

const GZIP = [0x1f, 0x8b] as const;
const LINE_END = "\n";

function isGzip(chunk: Buffer | undefined): boolean {
  return chunk !== undefined && chunk[0] === GZIP[0] && chunk[1] === GZIP[1];
}

async function* unpacked(body: Readable, whole: boolean): AsyncGenerator<Buffer> {
  const chunks = body[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const first = await chunks.next();
  async function* all(): AsyncGenerator<Buffer> {
    if (first.done) return;
    yield first.value;
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
  }
  if (first.done || !isGzip(first.value)) {
    yield* all();
    return;
  }
  const gunzip = createGunzip(whole ? {} : { finishFlush: constants.Z_SYNC_FLUSH });
  const source = Readable.from(all());
  // An error of the source must end the reader too.
  source.on("error", (error) => gunzip.destroy(error));
  yield* source.pipe(gunzip) as AsyncIterable<Buffer>;
}

/** Pieces between line ends; the last has none. */
async function* pieces(chunks: AsyncIterable<Buffer>): AsyncGenerator<{ readonly text: string; readonly ended: boolean }> {
  const decoder = new StringDecoder("utf8");
  let rest = "";
  for await (const chunk of chunks) {
    const parts = (rest + decoder.write(chunk)).split(LINE_END);
    rest = parts.pop() ?? "";
    for (const text of parts) yield { text: text.endsWith("\r") ? text.slice(0, -1) : text, ended: true };
  }
  rest += decoder.end();
  if (rest !== "") yield { text: rest, ended: false };
}

/** Errors of zlib that the file causes; its words for an early end and for bytes that are none of its own. */
function fileFault(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  if (error.code === "Z_BUF_ERROR") return "the gzip file ends too early";
  return error.code === "Z_DATA_ERROR" ? `the gzip file is damaged: ${error.message}` : undefined;
}

/**
 * The lines of a file, packed by gzip or not; empty ones are left out. Of a file that breaks off, all whole lines that can still be read.
 * @param open gives the file from its start; called again for a file that breaks off.
 * @returns what is left over when the file breaks off.
 */
export async function* textLines(open: () => Promise<Readable>): AsyncGenerator<string, Remainder | undefined> {
  let seen = 0;
  let reason: string;
  try {
    for await (const { text } of pieces(unpacked(await open(), true))) {
      seen += 1;
      if (text !== "") yield text;
    }
    return undefined;
  } catch (error) {
    const fault = fileFault(error);
    if (fault === undefined) throw error;
    reason = fault;
  }
  // The stream drops what it had unpacked before it found the fault; a second, lenient pass has it.
  let index = 0;
  try {
    for await (const { text, ended } of pieces(unpacked(await open(), false))) {
      if (!ended) return { reason, text };
      index += 1;
      if (index > seen && text !== "") yield text;
    }
  } catch (error) {
    if (fileFault(error) === undefined) throw error;
  }
  return { reason, text: "" };
}
