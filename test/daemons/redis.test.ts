import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { CACHE_SERVER_COMMAND, CACHE_SERVER_VARIABLE, cacheServerConfiguration } from "../../components/persistence/cache-server";
import { end, freePort } from "./scratch";

const TRIES = 100;
const PAUSE_MS = 50;

const PASSWORDS = { writer: "a-word-of-the-writer", reader: "a-word-of-the-reader", sibling: "a-word-of-the-sibling" } as const;
type User = keyof typeof PASSWORDS;

function whyNoRedis(): string | undefined {
  for (const command of ["redis-server", "redis-cli"])
    if (spawnSync(command, ["--version"], { stdio: "ignore" }).error)
      return `no ${command} on the PATH; install Debian's package redis-server`;
  return undefined;
}

/** The server of a self-managed cache, started as its container starts it. */
class Server {
  private constructor(
    private readonly child: ChildProcess,
    private readonly port: number,
  ) {}

  static async start(): Promise<Server> {
    const port = await freePort();
    const hash = (user: User) => createHash("sha256").update(PASSWORDS[user]).digest("hex");
    const configuration = cacheServerConfiguration({ port, maximumMemory: 16 }, [
      { username: "writer", prefix: "chat", access: "write", passwordHash: hash("writer") },
      { username: "reader", prefix: "chat", access: "read", passwordHash: hash("reader") },
      { username: "sibling", prefix: "chat-two", access: "write", passwordHash: hash("sibling") },
    ]);
    const [command, ...rest] = CACHE_SERVER_COMMAND;
    const child = spawn(command, rest, {
      stdio: "ignore",
      env: { ...process.env, [CACHE_SERVER_VARIABLE]: `${configuration}bind 127.0.0.1\n` },
    });
    const server = new Server(child, port);
    for (let attempt = 0; attempt < TRIES; attempt++) {
      if (child.exitCode !== null) throw new Error(`redis-server ended with ${child.exitCode}`);
      if (server.ask("writer", "ping") === "PONG") return server;
      await pause(PAUSE_MS);
    }
    await end(child, "SIGKILL");
    throw new Error(`redis-server did not answer in ${(TRIES * PAUSE_MS) / 1000} s`);
  }

  /** The first line of what the server answers. */
  ask(user: User | undefined, ...command: string[]): string {
    const login = user ? ["--user", user, "--pass", PASSWORDS[user], "--no-auth-warning"] : [];
    const { stdout, stderr } = spawnSync("redis-cli", ["-h", "127.0.0.1", "-p", String(this.port), ...login, ...command], {
      encoding: "utf8",
    });
    return (stdout || stderr).split("\n")[0]?.trim() ?? "";
  }

  /** @returns the name of the signal or the code it ended with. */
  async stop(): Promise<string> {
    await end(this.child, "SIGTERM");
    return this.child.signalCode ?? String(this.child.exitCode);
  }
}

describe("The rules of a cache's users on a real Redis", () => {
  let server: Server;

  before(async function () {
    const reason = whyNoRedis();
    if (reason) {
      console.warn(`      skipped: ${reason}`);
      this.skip();
    }
    server = await Server.start();
    assert.equal(server.ask("writer", "set", "chat:room", "hello"), "OK");
    assert.equal(server.ask("sibling", "set", "chat-two:room", "secret"), "OK");
  });

  after(async () => {
    if (server) assert.equal(await server.stop(), "0", "the server itself gets SIGTERM, and ends in order");
  });

  for (const command of [
    "get chat:room",
    "mget chat:room chat:other",
    "expire chat:room 1000",
    "incr chat:count",
    "lpush chat:list a",
    "hset chat:hash field value",
    "zadd chat:set 1 member",
    "xadd chat:stream * field value",
    "pfadd chat:unique a",
    "geoadd chat:map 1 1 place",
    "rename chat:count chat:counted",
    "publish chat:news hello",
    "object encoding chat:room",
    "client id",
    "hello 3",
    "multi",
  ])
    it(`let a service ${command}`, () => {
      assert.doesNotMatch(server.ask("writer", ...command.split(" ")), /NOPERM|ERR|NOAUTH/);
    });

  it("let a service run a script on its own keys", () => {
    assert.equal(server.ask("writer", "eval", "return redis.call('get', KEYS[1])", "1", "chat:room"), "hello");
  });

  for (const command of [
    "get chat-two:room",
    "set chat-two:room mine",
    "get chat",
    "mget chat:room chat-two:room",
    "del chat-two:room",
    "copy chat:room chat-two:copy",
    "rename chat:room chat-two:room",
    "publish chat-two:news hello",
    "subscribe chat-two:news",
    "psubscribe *",
    "touch chat-two:room",
    "sort chat:list get chat-two:*",
  ])
    it(`refuse it its sibling's: ${command}`, () => {
      assert.match(server.ask("writer", ...command.split(" ")), /^NOPERM/);
    });

  it("refuse it its sibling's in a script, even when the script does not say which key it wants", () => {
    const answer = server.ask("writer", "eval", "return redis.call('get', 'chat-two:room')", "0");
    assert.match(answer, /can't access at least one of the keys|NOPERM/);
  });

  for (const command of [
    "keys chat:a",
    "scan 0",
    "randomkey",
    "dbsize",
    "flushall",
    "flushdb",
    "swapdb 0 1",
    "config get maxmemory",
    "acl list",
    "acl setuser writer on allkeys",
    "function list",
    "script flush",
    "pubsub channels",
    "client list",
    "monitor",
    "info",
    "save",
    "shutdown",
    "replicaof no one",
    "slowlog get",
    "debug sleep 0",
  ])
    it(`refuse everybody what is the server's: ${command}`, () => {
      for (const user of ["writer", "reader"] as const)
        assert.match(server.ask(user, ...command.split(" ")), /^NOPERM|DEBUG command not allowed/);
    });

  it("let who only reads read, and change nothing", () => {
    assert.equal(server.ask("reader", "get", "chat:room"), "hello");
    for (const command of ["set chat:room x", "del chat:room", "publish chat:news x", "subscribe chat:news", "get chat-two:room"])
      assert.match(server.ask("reader", ...command.split(" ")), /^NOPERM/, command);
    assert.match(server.ask("reader", "eval", "return 1", "0"), /^NOPERM/);
  });

  it("let nobody in without a login, or with another's password", () => {
    assert.match(server.ask(undefined, "get", "chat:room"), /^NOAUTH/);
    assert.match(server.ask(undefined, "auth", "writer", PASSWORDS.sibling), /^WRONGPASS/);
  });
});
