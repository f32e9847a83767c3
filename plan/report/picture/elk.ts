import { type ElkNode } from "elkjs/lib/elk-api";
import { resolve } from "node:path";
import { Worker } from "node:worker_threads";

const THREAD = resolve(__dirname, "elk-thread.js");

/** What the thread answers. */
type Answer = { readonly id: number } & ({ readonly laidOut: ElkNode } | { readonly error: unknown });

interface Waiting {
  readonly done: (laidOut: ElkNode) => void;
  readonly failed: (error: unknown) => void;
}

/** The layout library in a thread of its own: it is large, and takes its time, in which this thread can do something else. */
class LayoutThread {
  private readonly worker = new Worker(THREAD);
  private readonly waiting = new Map<number, Waiting>();
  private last = 0;

  /** @param ended called when it cannot be used any more. */
  constructor(ended: () => void) {
    this.worker.on("message", (answer: Answer) => this.take(answer));
    this.worker.once("error", (error) => {
      ended();
      for (const { failed } of this.waiting.values()) failed(error);
    });
    // A thread that nobody waits for keeps no process alive.
    this.worker.unref();
  }

  layOut(graph: ElkNode): Promise<ElkNode> {
    const id = ++this.last;
    return new Promise((done, failed) => {
      this.waiting.set(id, { done, failed });
      this.worker.ref();
      this.worker.postMessage({ id, graph });
    });
  }

  private take(answer: Answer): void {
    const waiting = this.waiting.get(answer.id);
    this.waiting.delete(answer.id);
    if (this.waiting.size === 0) this.worker.unref();
    if ("laidOut" in answer) waiting?.done(answer.laidOut);
    else waiting?.failed(answer.error);
  }
}

let thread: LayoutThread | undefined;

function current(): LayoutThread {
  return (thread ??= new LayoutThread(() => (thread = undefined)));
}

/** Loads the layout library meanwhile: whoever will lay something out later waits less then. */
export function prepareLayout(): void {
  current();
}

/** Gives every node of a graph its place, and every edge its way. */
export function layOutGraph(graph: ElkNode): Promise<ElkNode> {
  return current().layOut(graph);
}
