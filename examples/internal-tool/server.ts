import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { join } from "node:path";
import { z } from "zod";
import { createEphemeral } from "../../automation/environments/ephemeral";
import { type PlatformEvent } from "../../automation/events/events";
import { type Platform } from "../../automation/platform";
import { UserError } from "../../components/faults";
import { type Caller, callerOf, type Issuer, may, type Right } from "./access";

/** What the tool is made with. Node's own server is enough for five routes, and one framework less has to be looked after. */
export interface ToolOptions {
  readonly platform: Pick<Platform, "environments" | "preview">;
  /** Folder of the platform. */
  readonly root: string;
  readonly issuer: Issuer;
  /** Takes one line for each call. Default: standard output. */
  readonly audit?: (line: string) => void;
}

/** A preview that was started, with all it has reported: a page that comes late, or comes back, misses nothing. */
interface Run {
  readonly environment: string;
  readonly events: PlatformEvent[];
  readonly listeners: Set<() => void>;
  ended: boolean;
}

/** Ends a request with a status and a sentence for who asked. */
class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

const MOST_BYTES = 4096;
const MOST_RUNNING = 4;
const MOST_KEPT = 50;
const FILES: Readonly<Record<string, readonly [file: string, type: string]>> = {
  "/": ["page.html", "text/html; charset=utf-8"],
  "/page.js": ["page.js", "text/javascript; charset=utf-8"],
  "/page.css": ["page.css", "text/css; charset=utf-8"],
};
const HEADERS = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cache-control": "no-store",
};
const Asked = z.strictObject({ name: z.string().max(40), from: z.string().max(40), expires: z.string().max(10).default("3d") });

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { ...HEADERS, "content-type": "application/json" }).end(JSON.stringify(body));
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  // A form of another site can send neither this type nor the caller's token.
  if (request.headers["content-type"] !== "application/json") throw new Refusal(415, "send application/json");
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw new Refusal(413, `send at most ${MOST_BYTES} bytes`);
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch {
    throw new Refusal(400, "send JSON");
  }
}

function demand(caller: Caller, right: Right, environment: string): void {
  // Whether there is such an environment is not told to who may not see it.
  if (!may(caller, "see", environment)) throw new Refusal(404, "there is no such environment");
  if (!may(caller, right, environment)) throw new Refusal(403, `you may not ${right} ${environment}`);
}

/** The internal tool: lists environments, previews them with live progress, and makes ephemeral ones, for those who may. */
export function createTool({ platform, root, issuer, audit = (line) => process.stdout.write(`${line}\n`) }: ToolOptions): Server {
  const runs = new Map<string, Run>();

  function preview(environment: string): string {
    if ([...runs.values()].filter(({ ended }) => !ended).length >= MOST_RUNNING)
      throw new Refusal(429, "too many previews run; try again later");
    const id = randomUUID();
    const run: Run = { environment, events: [], listeners: new Set(), ended: false };
    const done = (): void => {
      run.ended = true;
      run.listeners.forEach((tell) => tell());
    };
    const onEvent = (event: PlatformEvent): void => {
      run.events.push(event);
      run.listeners.forEach((tell) => tell());
    };
    // What went wrong is its last event, which says no more than a person may read.
    platform.preview(environment, { onEvent }).then(done, done);
    runs.set(id, run);
    for (const [old, { ended }] of runs) if (runs.size > MOST_KEPT && ended) runs.delete(old);
    return id;
  }

  function stream(request: IncomingMessage, response: ServerResponse, run: Run): void {
    response.writeHead(200, { ...HEADERS, "content-type": "text/event-stream" });
    let next = Number(request.headers["last-event-id"] ?? -1) + 1;
    const tell = (): void => {
      for (; next < run.events.length; next++) response.write(`id: ${next}\ndata: ${JSON.stringify(run.events[next])}\n\n`);
      if (run.ended) response.end();
    };
    run.listeners.add(tell);
    response.on("close", () => run.listeners.delete(tell));
    tell();
  }

  async function answer(request: IncomingMessage, response: ServerResponse, path: string, caller: Caller): Promise<void> {
    const route = `${request.method ?? ""} ${path}`;
    const [, previewed] = /^POST \/api\/environments\/([a-z0-9-]{1,40})\/previews$/.exec(route) ?? [];
    const [, followed] = /^GET \/api\/previews\/([0-9a-f-]{36})\/events$/.exec(route) ?? [];
    if (route === "GET /api/environments") {
      const all = await platform.environments();
      const rights = (name: string) => (["preview", "create"] as const).filter((right) => may(caller, right, name));
      send(
        response,
        200,
        all.filter(({ name }) => may(caller, "see", name)).map(({ name }) => ({ name, rights: rights(name) })),
      );
    } else if (route === "POST /api/environments") {
      const asked = Asked.safeParse(await readBody(request));
      if (!asked.success) throw new Refusal(400, "send { name, from, expires }");
      const { name, from, expires } = asked.data;
      demand(caller, "see", from);
      demand(caller, "create", name);
      send(response, 201, createEphemeral(name, { from, expires, owner: caller.sub }, { root }));
    } else if (previewed !== undefined) {
      demand(caller, "preview", previewed);
      await readBody(request);
      send(response, 202, { id: preview(previewed) });
    } else if (followed !== undefined) {
      const run = runs.get(followed);
      if (!run || !may(caller, "see", run.environment)) throw new Refusal(404, "there is no such preview");
      stream(request, response, run);
    } else throw new Refusal(404, "there is nothing here");
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? "/").split("?")[0] ?? "/";
    const file = request.method === "GET" ? FILES[path] : undefined;
    if (file) {
      response.writeHead(200, { ...HEADERS, "content-type": file[1] }).end(readFileSync(join(__dirname, file[0])));
      return;
    }
    const caller = await callerOf(request.headers.authorization, issuer);
    response.on("close", () =>
      audit(
        JSON.stringify({
          time: new Date().toISOString(),
          who: caller?.sub ?? "nobody",
          method: request.method,
          path,
          status: response.statusCode,
        }),
      ),
    );
    if (!caller) throw new Refusal(401, "sign in");
    await answer(request, response, path, caller);
  }

  return createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      const known = error instanceof Refusal || error instanceof UserError;
      if (!known) process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      if (response.headersSent) response.end();
      else
        send(response, error instanceof Refusal ? error.status : known ? 400 : 500, {
          error: known ? error.message : "it failed; the log of the tool says why",
        });
    });
  });
}
