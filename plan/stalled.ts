import { performance } from "node:perf_hooks";

/** Between two looks at a program that runs; nothing in it waits for longer than a file. */
const LOOK_MS = 1_000;
/** Idle looks after which it is given up. */
const MOST_IDLE = 3;
const IDLE_UTILIZATION = 0.02;

/** A program that waits for what never comes, such as resources that need each other. */
export class StalledError extends Error {
  override readonly name = "StalledError";

  constructor(registered: number) {
    super(
      `the program waits for something that never comes, after ${registered} resources: two of them may need each other, or a promise is never settled`,
    );
  }
}

/**
 * Awaits a program, and fails when nothing goes on in it any more: such a one would else end the process without a word, or never.
 * @param registered how many resources it has come to so far.
 */
export async function unlessStalled<T>(running: Promise<T>, registered: () => number): Promise<T> {
  let before = performance.eventLoopUtilization();
  let count = registered();
  let idle = 0;
  let timer: NodeJS.Timeout | undefined;
  const stalled = new Promise<never>((_, reject) => {
    timer = setInterval(() => {
      const now = performance.eventLoopUtilization();
      const isIdle = registered() === count && performance.eventLoopUtilization(now, before).utilization < IDLE_UTILIZATION;
      idle = isIdle ? idle + 1 : 0;
      before = now;
      count = registered();
      if (idle >= MOST_IDLE) reject(new StalledError(count));
    }, LOOK_MS);
  });
  try {
    return await Promise.race([running, stalled]);
  } finally {
    clearInterval(timer);
  }
}
