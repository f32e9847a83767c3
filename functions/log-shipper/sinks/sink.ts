import { type LogLine } from "../line";

/** A line with its place in the file it is from, which makes it the same line in every delivery. */
export interface PlacedLine extends LogLine {
  /** Number in 0 to 999,999 that sets lines of one millisecond apart, in their order. */
  readonly order: number;
  /** The same in every delivery of the line, and of no other line. */
  readonly id: string;
}

/** A line that the log store will not take, now or later. */
export interface Refusal {
  readonly line: PlacedLine;
  readonly reason: string;
}

/** What lines are sent to. */
export interface LogSink {
  /**
   * Sends lines.
   * @returns those that the store refused for what they are; all others are stored.
   * @throws {StoreUnavailable} when the store cannot take them now. Some may be stored.
   */
  send(lines: readonly PlacedLine[]): Promise<readonly Refusal[]>;
}

/** The log store does not answer, is overrun, or fails: the same lines may be taken later. */
export class StoreUnavailable extends Error {
  override readonly name = "StoreUnavailable";
}

const LONGEST_REASON = 500;

/** Words of a store, short enough to be kept with each line. */
export function shortReason(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > LONGEST_REASON ? `${line.slice(0, LONGEST_REASON)}…` : line;
}

const TOO_MANY = 429;
const SERVER_ERROR = 500;
const TIMEOUT_MS = 30_000;
const PAUSES_MS = [200, 1_000, 3_000] as const;

/** Whether an answer says to come again. */
export function isTemporary(status: number): boolean {
  // 401, 403 and 404 are ours to mend, and the lines are as good afterwards.
  return status === TOO_MANY || status >= SERVER_ERROR || status === 401 || status === 403 || status === 404 || status === 408;
}

/**
 * Posts to a store, and again after short pauses while it is overrun.
 * @throws {StoreUnavailable} when it does not answer, or says to come again.
 */
export async function post(
  url: string,
  body: Uint8Array<ArrayBuffer> | string,
  headers: Readonly<Record<string, string>>,
  ask: (url: string, init: RequestInit) => Promise<Response>,
  pauses: readonly number[] = PAUSES_MS,
): Promise<{ readonly status: number; readonly text: string }> {
  let answer: { readonly status: number; readonly text: string } | undefined;
  for (const pause of [...pauses, 0]) {
    try {
      const response = await ask(url, { method: "POST", body, headers, signal: AbortSignal.timeout(TIMEOUT_MS) });
      answer = { status: response.status, text: await response.text() };
    } catch (error) {
      throw new StoreUnavailable(`the log store does not answer: ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      });
    }
    if (answer.status !== TOO_MANY) break;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  if (!answer || isTemporary(answer.status))
    throw new StoreUnavailable(`the log store answers ${answer?.status}: ${shortReason(answer?.text ?? "")}`);
  return answer;
}
