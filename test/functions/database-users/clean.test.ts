import assert from "node:assert/strict";
import fc from "fast-check";
import { inspect } from "node:util";
import { SeenSecrets } from "../../../functions/database-users/clean";
import { type DatabaseEngine } from "../../../functions/database-users/engine";
import { answer } from "../../../functions/database-users/handler";
import { newPassword } from "../../../functions/database-users/password";
import { Secrets } from "../../../functions/database-users/secrets";
import { SecretsManager } from "./secrets-manager";

const MASTER = "arn:aws:secretsmanager:us-east-1:111122223333:secret:rds!cluster-1";
const SECRET = "arn:aws:secretsmanager:us-east-1:111122223333:secret:dev/orders/orders";
const REQUEST = { secretArn: SECRET, database: "orders", access: "write", users: ["orders_a", "orders_b"] };
const CANARY = "CanaryOfTheMaster1";

/** An error as mysql2 makes it: the statement it failed on is in the message and in a property of its own. */
function failure(statement: string): Error {
  return Object.assign(new Error(`You have an error in your SQL syntax near '${statement}'`), { errno: 1064, sql: statement });
}

type Failing = "ensure" | "setPassword" | "signsIn" | "retire" | undefined;

/** A server that fails in one of its methods, with every password it was given in the error. */
function engine(failing: Failing, used: Set<string>): DatabaseEngine {
  const fail = (method: Failing, ...passwords: readonly string[]) => {
    for (const password of passwords) used.add(password);
    if (failing === method) throw failure(passwords.map((password) => `ALTER USER 'x' IDENTIFIED BY '${password}'`).join("; "));
  };
  return {
    name: "mysql",
    entrance: "mysql",
    entranceIsDatabase: false,
    ensure: async (admin) => {
      await Promise.resolve();
      // The passwords that users are made with until they get their own are in no secret.
      fail("ensure", admin.password, newPassword());
      return [];
    },
    setPassword: async (admin, _, password) => {
      await Promise.resolve();
      fail("setPassword", password, admin.password);
    },
    signsIn: async ({ password }) => {
      await Promise.resolve();
      fail("signsIn", password);
      return false;
    },
    retire: async (admin) => {
      await Promise.resolve();
      fail("retire", admin.password);
    },
    usernameOf: (user) => user,
  };
}

/** Everything that is written while something runs, by whatever way. */
async function written(run: () => Promise<unknown>): Promise<string> {
  const text: string[] = [];
  const originals = { stdout: process.stdout.write.bind(process.stdout), stderr: process.stderr.write.bind(process.stderr) };
  for (const stream of ["stdout", "stderr"] as const)
    process[stream].write = (chunk: string | Uint8Array) => {
      text.push(String(chunk));
      return true;
    };
  try {
    await run();
  } finally {
    process.stdout.write = originals.stdout;
    process.stderr.write = originals.stderr;
  }
  return text.join("");
}

/** What Lambda's runtime logs of an error: its own and its inherited text, and every property. */
function logged(error: unknown): string {
  return error instanceof Error ? `${String(error)}\n${error.stack}\n${JSON.stringify({ ...error })}\n${inspect(error, { depth: 9 })}` : "";
}

describe("the log of the function of database users", () => {
  const calls: Readonly<Record<Exclude<Failing, undefined>, readonly object[]>> = {
    ensure: [{ ...REQUEST, tf: { action: "create" } }],
    signsIn: [{ ...REQUEST, tf: { action: "create" } }],
    setPassword: [{ ...REQUEST, tf: { action: "create" } }],
    retire: [{ ...REQUEST, tf: { action: "delete" } }],
  };

  for (const [failing, events] of Object.entries(calls))
    it(`has no password in it when ${failing} fails with all of them in its error`, async () => {
      const account = new SecretsManager();
      account.create(MASTER, { username: "strata", password: CANARY });
      account.create(SECRET);
      const used = new Set<string>();
      const server = { engine: engine(failing as Failing, used), host: "db.example", port: 3306, masterSecretArn: MASTER };
      for (const event of events) {
        let thrown: unknown;
        const said = await written(async () => {
          thrown = await answer(event, server, new Secrets(account.client, 1)).catch((error: unknown) => error);
        });
        assert.ok(thrown instanceof Error, "it fails, and says so");
        assert.ok(used.size > 0);
        for (const password of used) {
          assert.ok(!logged(thrown).includes(password), logged(thrown));
          assert.ok(!said.includes(password));
        }
        assert.match(thrown.message, /You have an error in your SQL syntax/, "what went wrong is still said");
      }
    });

  it("has no password in it when all goes well, and neither has the answer that Pulumi keeps", async () => {
    const account = new SecretsManager();
    account.create(MASTER, { username: "strata", password: CANARY });
    account.create(SECRET);
    const used = new Set<string>();
    const server = { engine: engine(undefined, used), host: "db.example", port: 3306, masterSecretArn: MASTER };
    let kept: unknown;
    const said = await written(async () => {
      kept = await answer({ ...REQUEST, tf: { action: "create" } }, server, new Secrets(account.client, 1));
    });
    assert.ok(used.size > 1);
    for (const password of used) assert.ok(!JSON.stringify(kept).includes(password) && !said.includes(password));
  });

  it("says everything else as it was, whatever the password", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 6 }), fc.string(), fc.string(), (password, before, after) => {
        const seen = new SeenSecrets();
        seen.add(password);
        assert.ok(!seen.clean(`${before} ${password} ${after}`).includes(password) || "[secret]".includes(password));
        assert.equal(new SeenSecrets().clean("connect ECONNREFUSED 10.0.0.1:5432"), "connect ECONNREFUSED 10.0.0.1:5432");
      }),
    );
  });
});
