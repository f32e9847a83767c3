import { createServer, createConnection, type Server, type Socket } from "node:net";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { type Clock } from "./clock";
import { isQuiet } from "./quiet";

const Question = z.strictObject({ id: z.int(), until: z.number().optional() });
const Answer = z.strictObject({ id: z.int(), now: z.number() });

/** Wall time between two looks at whether the engine is quiet: little while it jumps, more while it works. */
const LOOK_MS = 2;
const LONGEST_LOOK_MS = 30;
/** Sums of the same fractions of a minute differ by less, in another order. */
const SAME_MOMENT_MINUTES = 1e-6;

interface Waiter {
  /** Whose wait it is. */
  readonly socket: Socket;
  readonly minute: number;
  readonly wake: () => void;
}

/**
 * Simulated time that leaves out what the machine needs: it stands while a process of the engine works, and jumps to the next moment that somebody
 * waits for once all are quiet. An `up` of half an hour takes as long as the engine needs for itself, and its makespan does not depend on the load
 * of the machine. A jump that comes too early can only make a makespan longer.
 */
export class JumpingClockServer {
  private time = 0;
  private waiters: Waiter[] = [];
  /** Changes with everything that is asked, so that a jump never overtakes a question. */
  private asked = 0;
  private isWatching = false;
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();

  /** @param isEngineQuiet whether nothing works that could still ask. Default: no descendant of this process runs or could run. */
  constructor(private readonly isEngineQuiet: () => boolean | Promise<boolean> = () => isQuiet(process.pid)) {
    this.server = createServer((socket) => this.serve(socket));
  }

  /** @param path of a Unix socket that is not there yet. */
  async listen(path: string): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.server.once("error", reject);
      this.server.listen(path, resolve);
    });
  }

  /** Minutes since it was made. */
  now(): number {
    return this.time;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private serve(socket: Socket): void {
    this.sockets.add(socket);
    socket.on("close", () => {
      this.sockets.delete(socket);
      this.waiters = this.waiters.filter((waiter) => waiter.socket !== socket);
      this.asked++;
    });
    // A provider process that is killed breaks its connection: what it waited for is nobody's any more.
    socket.on("error", () => socket.destroy());
    createInterface(socket).on("line", (line) => {
      const { id, until } = Question.parse(JSON.parse(line));
      const answer = (): void => void (socket.writable && socket.write(`${JSON.stringify({ id, now: this.time })}\n`));
      this.asked++;
      if (until === undefined || until <= this.time) answer();
      else this.wait({ socket, minute: until, wake: answer });
    });
  }

  private wait(waiter: Waiter): void {
    this.waiters.push(waiter);
    if (!this.isWatching) void this.watch();
  }

  /** Jumps from end to end for as long as somebody waits. */
  private async watch(): Promise<void> {
    this.isWatching = true;
    let pause = LOOK_MS;
    while (this.waiters.length > 0) {
      const before = this.asked;
      await sleep(pause);
      if (before !== this.asked || !(await this.isEngineQuiet()) || before !== this.asked) {
        pause = Math.min(LONGEST_LOOK_MS, pause * 2);
        continue;
      }
      pause = LOOK_MS;
      const next = Math.min(...this.waiters.map(({ minute }) => minute)) + SAME_MOMENT_MINUTES;
      const due = this.waiters.filter(({ minute }) => minute <= next);
      this.waiters = this.waiters.filter(({ minute }) => minute > next);
      this.time = Math.max(this.time, ...due.map(({ minute }) => minute));
      for (const { wake } of due) wake();
    }
    this.isWatching = false;
  }
}

/** The jumping clock as the provider processes see it. */
export class JumpingClock implements Clock {
  private readonly socket: Socket;
  private readonly open = new Map<number, { readonly resolve: (now: number) => void; readonly reject: (error: Error) => void }>();
  private last = 0;

  constructor(path: string) {
    this.socket = createConnection(path);
    this.socket.on("error", (error) => this.fail(error));
    this.socket.on("close", () => this.fail(new Error("the clock of the rehearsal has ended")));
    createInterface(this.socket)
      // An error of the socket is told by the socket itself.
      .on("error", () => undefined)
      .on("line", (line) => {
        const { id, now } = Answer.parse(JSON.parse(line));
        this.open.get(id)?.resolve(now);
        this.open.delete(id);
      });
  }

  async now(): Promise<number> {
    return this.ask({});
  }

  async until(minute: number): Promise<void> {
    await this.ask({ until: minute });
  }

  close(): void {
    this.socket.destroy();
  }

  private ask(question: { readonly until?: number }): Promise<number> {
    const id = ++this.last;
    return new Promise((resolve, reject) => {
      this.open.set(id, { resolve, reject });
      this.socket.write(`${JSON.stringify({ id, ...question })}\n`);
    });
  }

  private fail(error: Error): void {
    for (const { reject } of this.open.values()) reject(error);
    this.open.clear();
  }
}
