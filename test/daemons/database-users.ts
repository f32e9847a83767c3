import assert from "node:assert/strict";
import { type DatabaseEngine, type Login } from "../../functions/database-users/engine";
import { answer } from "../../functions/database-users/handler";
import { type Server } from "../../functions/database-users/provision";
import { Secrets } from "../../functions/database-users/secrets";
import { SecretsManager } from "../functions/database-users/secrets-manager";

/** A connection of a service, as its own driver makes it. */
export interface Session {
  query(statement: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  close(): Promise<void>;
}

/** A real server, with a master user that may do what RDS lets one do. */
export interface Daemon {
  readonly engine: DatabaseEngine;
  readonly server: { readonly host: string; readonly port: number; readonly certificates: string };
  readonly master: { readonly username: string; readonly password: string };
  /** Whether it can stand in for RDS where a user signs in with an IAM token. */
  readonly iam: boolean;
  connect(login: Login): Promise<Session>;
  /** Everything the server knows of users, databases and rights. */
  catalogue(): string;
  /** Everything the server has logged, statements included. */
  log(): string;
  stop(): Promise<void>;
}

const MASTER = "arn:aws:secretsmanager:us-east-1:111122223333:secret:rds!master";
const TABLE = "CREATE TABLE events (id INT PRIMARY KEY)";

/** The function with a server and an account's secrets, and what services do with what it made. */
class Platform {
  readonly account = new SecretsManager();
  private readonly server: Server;

  constructor(readonly daemon: Daemon) {
    this.account.create(MASTER, daemon.master);
    this.server = { engine: daemon.engine, ...daemon.server, masterSecretArn: MASTER };
  }

  secret(service: string): string {
    return `arn:aws:secretsmanager:us-east-1:111122223333:secret:${service}`;
  }

  async users(action: string, service: string, database: string, access = "write"): Promise<readonly string[]> {
    const secretArn = this.secret(service);
    const users = [`${service}_a`, `${service}_b`];
    return (await this.call({ tf: { action }, secretArn, database, access, users })).changed;
  }

  async make(service: string, database: string, access = "write"): Promise<readonly string[]> {
    this.account.create(this.secret(service));
    return this.users("create", service, database, access);
  }

  call(event: object): Promise<{ readonly changed: readonly string[] }> {
    return answer(event, this.server, new Secrets(this.account.client, 1));
  }

  step(service: string, token: string, step: string): Promise<unknown> {
    return this.call({ Step: step, SecretId: this.secret(service), ClientRequestToken: token });
  }

  login(service: string, database?: string): Login {
    const { username = "", password = "", dbname = "" } = this.account.value(this.secret(service));
    return { ...this.daemon.server, username, password, database: database ?? dbname };
  }

  async as<Result>(service: string, use: (session: Session) => Promise<Result>, database?: string): Promise<Result> {
    const session = await this.daemon.connect(this.login(service, database));
    try {
      return await use(session);
    } finally {
      await session.close();
    }
  }
}

/** The tests of one kind of server. */
export function describeDatabaseUsers(title: string, start: () => Promise<Daemon> | string): void {
  describe(title, function () {
    this.timeout(120_000);
    let daemon: Daemon;
    let platform: Platform;

    before(async function () {
      const started = start();
      if (typeof started === "string") {
        console.log(`      skipped: ${started}`);
        return this.skip();
      }
      daemon = await started;
      platform = new Platform(daemon);
      // A name with an underscore, which MySQL takes for any character in a grant.
      await platform.make("orders", "orders_eu");
      await platform.make("billing", "ordersxeu");
    });

    after(async () => daemon?.stop());

    it("gives two services each a database of its own, which it can change, fill and read", async () => {
      for (const [service, id] of [
        ["orders", 1],
        ["billing", 2],
      ] as const)
        await platform.as(service, async (session) => {
          await session.query(TABLE);
          await session.query(`INSERT INTO events VALUES (${id})`);
          assert.deepEqual((await session.query("SELECT id FROM events")).map(Object.values), [[id]]);
        });
    });

    it("refuses each on its sibling's database, on the master's, and in making users or databases", async () => {
      for (const [service, sibling] of [
        ["orders", "ordersxeu"],
        ["billing", "orders_eu"],
      ] as const) {
        await assert.rejects(
          platform.as(service, (session) => session.query("SELECT id FROM events"), sibling),
          /denied/i,
        );
        await platform.as(service, async (session) => {
          await assert.rejects(session.query("CREATE DATABASE mine"), /denied|privilege/i);
          await assert.rejects(session.query(`CREATE USER thief`), /denied|privilege/i);
        });
      }
    });

    it("accepts neither a wrong password nor a connection without TLS", async () => {
      assert.equal(await daemon.engine.signsIn({ ...platform.login("orders"), password: "wrong" }), false);
      await assert.rejects(daemon.connect({ ...platform.login("orders"), certificates: undefined }), /insecure|pg_hba|denied/i);
    });

    it("does not trust a server whose certificate it does not know", async () => {
      const login = { ...platform.login("orders"), certificates: "" };
      await assert.rejects(daemon.engine.signsIn(login), /certificate|self.signed/i);
    });

    it("changes nothing the second time: not the server, not the secret", async () => {
      const before = [daemon.catalogue(), platform.account.stages(platform.secret("orders"))];
      assert.deepEqual(await platform.users("update", "orders", "orders_eu"), []);
      assert.deepEqual([daemon.catalogue(), platform.account.stages(platform.secret("orders"))], before);
    });

    it("finishes what an earlier run did not, with the password that is in the secret", async () => {
      const { username, password } = platform.login("billing");
      await daemon.engine.setPassword(
        { ...platform.login("billing"), ...daemon.master, database: daemon.engine.entrance },
        username,
        "Other123",
      );
      assert.deepEqual(await platform.users("create", "billing", "ordersxeu"), [`password of ${username}`]);
      assert.equal(platform.login("billing").password, password);
      await platform.as("billing", (session) => session.query("SELECT 1"));
    });

    it("waits for permissions that IAM has not spread yet", async () => {
      platform.account.refusals = 3;
      assert.deepEqual(await platform.users("create", "billing", "ordersxeu"), []);
    });

    it("rotates while services are connected, and loses no committed row and no new connection", async () => {
      const service = "orders";
      const committed: number[] = [];
      let next = 1_000;
      const insert = async (session: Session) => {
        const id = next++;
        await session.query(`INSERT INTO events VALUES (${id})`);
        committed.push(id);
      };
      // Services read a secret again only every few minutes: this one knows the old password during the whole rotation.
      const known = platform.login(service);
      const kept = await daemon.connect(known);
      for (let rotation = 0; rotation < 2; rotation++) {
        const old = platform.login(service);
        const token = platform.account.startRotation(platform.secret(service));
        for (const step of ["createSecret", "setSecret", "testSecret", "finishSecret"]) {
          await Promise.all([
            platform.step(service, token, step),
            insert(kept),
            ...[1, 2].map(async () => {
              const fresh = await daemon.connect(old);
              await insert(fresh);
              await fresh.close();
            }),
          ]);
          await platform.as(service, insert);
        }
        assert.notEqual(platform.login(service).username, old.username);
        assert.notEqual(platform.login(service).password, old.password);
        await platform.step(service, token, "finishSecret");
      }
      await insert(kept);
      await kept.close();
      assert.equal(platform.login(service).username, known.username, "two rotations come back to the first user");
      assert.equal(await daemon.engine.signsIn(known), false, "with another password");
      const found = await platform.as(service, (session) => session.query("SELECT id FROM events WHERE id >= 1000 ORDER BY id"));
      assert.deepEqual(
        found.flatMap(Object.values),
        committed.sort((one, other) => one - other),
      );
    });

    it("repeats a step of a rotation without harm, and refuses one that nobody started", async () => {
      const token = platform.account.startRotation(platform.secret("billing"));
      await platform.step("billing", token, "createSecret");
      const pending = platform.account.value(platform.secret("billing"), "AWSPENDING");
      for (const step of ["createSecret", "setSecret", "setSecret", "testSecret", "finishSecret"])
        await platform.step("billing", token, step);
      assert.deepEqual(platform.account.value(platform.secret("billing")), pending);
      await assert.rejects(platform.step("billing", "never-started", "setSecret"), /no version never-started/);
    });

    it("lets both users of a service, and services that share a database, change each other's tables", async () => {
      const { username } = platform.login("billing");
      await platform.make("audit", "ordersxeu");
      assert.notEqual(platform.login("audit").username, username);
      await platform.as("audit", (session) => session.query("ALTER TABLE events ADD COLUMN checked INT"));
      await platform.as("billing", (session) => session.query("ALTER TABLE events DROP COLUMN checked"));
    });

    it("lets a reader read, also what is made later, and nothing else", async () => {
      await platform.make("reports", "ordersxeu", "read");
      await platform.as("billing", (session) => session.query("CREATE TABLE later (id INT PRIMARY KEY)"));
      await platform.as("reports", async (session) => {
        assert.equal((await session.query("SELECT id FROM events")).length, 1);
        assert.equal((await session.query("SELECT id FROM later")).length, 0);
        for (const statement of ["INSERT INTO events VALUES (3)", "DELETE FROM events", "CREATE TABLE mine (id INT)", "DROP TABLE later"])
          await assert.rejects(session.query(statement), /denied|read-only|must be owner|privilege/i);
      });
    });

    it("takes the right to write from a service that asks to read only, and gives it back", async () => {
      await platform.users("update", "audit", "ordersxeu", "read");
      await platform.as("audit", async (session) => {
        assert.equal((await session.query("SELECT id FROM events")).length, 1);
        await assert.rejects(session.query("DELETE FROM events"), /denied|read-only|privilege/i);
      });
      await platform.users("update", "audit", "ordersxeu", "write");
      await platform.as("audit", (session) => session.query("DELETE FROM events WHERE id = 99"));
    });

    it("keeps a service out once its need is gone, and its data in", async () => {
      await platform.as("audit", (session) => session.query("CREATE TABLE findings (id INT PRIMARY KEY)"));
      const gone = platform.login("audit");
      await platform.users("delete", "audit", "ordersxeu");
      assert.equal(await daemon.engine.signsIn(gone), false);
      await platform.as("billing", (session) => session.query("INSERT INTO findings VALUES (1)"));
      await platform.users("create", "audit", "ordersxeu");
      await platform.as("audit", async (session) => assert.equal((await session.query("SELECT id FROM findings")).length, 1));
    });

    it("makes a user for IAM tokens, with the rights of the others and no password", async function () {
      if (!daemon.iam) {
        console.log("      skipped: the sign-in with IAM tokens is a plugin of RDS");
        return this.skip();
      }
      const request = { tf: { action: "create" }, secretArn: platform.secret("billing"), database: "ordersxeu", access: "write" };
      const users = ["billing_a", "billing_b"];
      const { changed } = await platform.call({ ...request, users, iamUser: "billing_iam" });
      assert.ok(changed.includes("billing_iam in rds_iam") && changed.includes("billing_iam in ordersxeu_owner"));
      assert.deepEqual((await platform.call({ ...request, users, iamUser: "billing_iam" })).changed, []);
      assert.equal(await daemon.engine.signsIn({ ...platform.login("billing"), username: "billing_iam" }), false);
    });

    it("puts no password into the server's log or its answer", async () => {
      const answers = JSON.stringify([await platform.make("quiet", "quiet"), await platform.users("update", "quiet", "quiet")]);
      const token = platform.account.startRotation(platform.secret("quiet"));
      for (const step of ["createSecret", "setSecret", "testSecret", "finishSecret"]) await platform.step("quiet", token, step);
      const passwords = ["quiet", "orders", "billing"].map((service) => platform.login(service).password);
      const log = daemon.log();
      assert.match(log, /quiet_a/, "the log holds the statements");
      for (const password of passwords) {
        assert.ok(!log.includes(password));
        assert.ok(!answers.includes(password));
      }
    });

    it("refuses a request whose names could be anything but names", async () => {
      await assert.rejects(platform.users("create", "orders", 'x"; DROP DATABASE orders_eu; --'), /database is not a name/);
    });
  });
}
