import assert from "node:assert/strict";
import fc from "fast-check";
import { type DatabaseEngine, type Login } from "../../../functions/database-users/engine";
import { nativeHash } from "../../../functions/database-users/engines/mariadb";
import { oracle } from "../../../functions/database-users/engines/oracle";
import { scramVerifier } from "../../../functions/database-users/engines/postgres";
import { answer } from "../../../functions/database-users/handler";
import { newPassword } from "../../../functions/database-users/password";
import { userOf } from "../../../functions/database-users/provision";
import { otherUser } from "../../../functions/database-users/rotate";
import { Secrets } from "../../../functions/database-users/secrets";
import { SecretsManager } from "./secrets-manager";

const MASTER = "arn:aws:secretsmanager:us-east-1:111122223333:secret:rds!cluster-1";
const SECRET = "arn:aws:secretsmanager:us-east-1:111122223333:secret:dev/orders/orders";
const REQUEST = { tf: { action: "create" }, secretArn: SECRET, database: "orders", access: "write", users: ["orders_a", "orders_b"] };
const STEPS = ["createSecret", "setSecret", "testSecret", "finishSecret"];

/** A server that knows passwords and nothing else. */
class Server {
  readonly passwords = new Map<string, string>([["strata", "master"]]);
  readonly engine: DatabaseEngine = {
    name: "postgres",
    entrance: "postgres",
    entranceIsDatabase: false,
    ensure: () => Promise.resolve([]),
    retire: () => Promise.resolve(),
    setPassword: (admin, username, password) => {
      assert.equal(this.passwords.get(admin.username), admin.password, "only the master user sets passwords");
      this.passwords.set(username, password);
      return Promise.resolve();
    },
    signsIn: ({ username, password }: Login) => Promise.resolve(this.passwords.get(username) === password),
    usernameOf: (user) => user,
  };
}

/** The function with that server and an account's secrets. */
class Account {
  readonly server = new Server();
  readonly account = new SecretsManager();
  host = "one.example";

  constructor() {
    this.account.create(MASTER, { username: "strata", password: "master" });
    this.account.create(SECRET);
  }

  call(event: unknown): Promise<{ readonly changed: readonly string[] }> {
    const { engine } = this.server;
    return answer(event, { engine, host: this.host, port: 5432, masterSecretArn: MASTER }, new Secrets(this.account.client, 1));
  }

  async rotate(token = this.account.startRotation(SECRET)): Promise<void> {
    for (const Step of STEPS) await this.call({ Step, SecretId: SECRET, ClientRequestToken: token });
  }
}

describe("the function of database users", () => {
  it("writes a secret that drivers and rotations read", async () => {
    const account = new Account();
    assert.deepEqual((await account.call(REQUEST)).changed, ["secret", "password of orders_a"]);
    const { password, ...rest } = account.account.value(SECRET);
    assert.deepEqual(rest, { engine: "postgres", host: "one.example", port: 5432, dbname: "orders", username: "orders_a" });
    assert.equal(account.server.passwords.get("orders_a"), password);
    assert.deepEqual((await account.call(REQUEST)).changed, []);
  });

  it("moves to another server with the same password, and sets it there", async () => {
    const account = new Account();
    await account.call(REQUEST);
    const { password } = account.account.value(SECRET);
    account.host = "two.example";
    account.server.passwords.delete("orders_a");
    assert.deepEqual((await account.call(REQUEST)).changed, ["secret", "password of orders_a"]);
    assert.deepEqual([account.account.value(SECRET)["host"], account.account.value(SECRET)["password"]], ["two.example", password]);
  });

  it("keeps the user that a rotation has come to", async () => {
    const account = new Account();
    await account.call(REQUEST);
    await account.rotate();
    assert.equal(account.account.value(SECRET)["username"], "orders_b");
    assert.deepEqual((await account.call(REQUEST)).changed, []);
  });

  it("leaves the old password valid through a rotation, and through any failure in it", async () => {
    for (let failing = 0; failing <= STEPS.length; failing++) {
      const account = new Account();
      await account.call(REQUEST);
      const { username = "", password = "" } = account.account.value(SECRET);
      const token = account.account.startRotation(SECRET);
      for (const Step of STEPS.slice(0, failing)) await account.call({ Step, SecretId: SECRET, ClientRequestToken: token });
      assert.equal(account.server.passwords.get(username), password);
      const current = account.account.value(SECRET);
      assert.equal(account.server.passwords.get(current["username"] ?? ""), current["password"], `after ${failing} steps`);
      await account.rotate(failing === STEPS.length ? account.account.startRotation(SECRET) : token);
    }
  });

  it("does not set the password of a user that is not the other of the pair", async () => {
    const account = new Account();
    await account.call(REQUEST);
    const token = account.account.startRotation(SECRET);
    await account.call({ Step: "createSecret", SecretId: SECRET, ClientRequestToken: token });
    const forged = { ...account.account.value(SECRET, "AWSPENDING"), username: "strata" };
    await new Secrets(account.account.client).write(SECRET, forged as never, "AWSPENDING", token);
    await assert.rejects(account.call({ Step: "setSecret", SecretId: SECRET, ClientRequestToken: token }), /not the other of its pair/);
    assert.equal(account.server.passwords.get("strata"), "master");
  });

  it("does not promote a version that does not sign in", async () => {
    const account = new Account();
    await account.call(REQUEST);
    const token = account.account.startRotation(SECRET);
    await account.call({ Step: "createSecret", SecretId: SECRET, ClientRequestToken: token });
    await assert.rejects(account.call({ Step: "testSecret", SecretId: SECRET, ClientRequestToken: token }), /does not sign in/);
  });

  it("gives up when a permission never comes", async () => {
    const account = new Account();
    account.account.refusals = 1_000;
    await assert.rejects(account.call(REQUEST), /not authorized/);
  });

  it("says what is wrong with a request, and never what a secret holds", async () => {
    const account = new Account();
    const wrong: readonly [object, RegExp][] = [
      [{}, /neither a step nor an action/],
      [{ Step: "dropSecret", SecretId: SECRET, ClientRequestToken: "t" }, /Step is not one of createSecret/],
      [{ ...REQUEST, database: "orders; --" }, /database is not a name/],
      [{ ...REQUEST, users: [] }, /users is empty/],
      [{ ...REQUEST, users: ["Robert'"] }, /users is not a name/],
      [{ ...REQUEST, access: "own" }, /access is not one of read, write/],
      [{ ...REQUEST, tf: { action: "drop" } }, /action is not one of create/],
    ];
    for (const [event, message] of wrong) await assert.rejects(account.call(event), message);
    await assert.rejects(account.call("orders"), /is not an object/);
    account.account.create(SECRET, { username: "orders_a", password: "canary-1f3a" });
    await assert.rejects(
      account.call(REQUEST),
      (error: Error) => /lacks engine, host, port, dbname/.test(error.message) && !error.message.includes("canary"),
    );
  });
});

describe("passwords", () => {
  it("suit every engine: 30 letters and digits, a letter first, of three kinds", () => {
    const seen = new Set(Array.from({ length: 500 }, newPassword));
    assert.equal(seen.size, 500);
    for (const password of seen) assert.match(password, /^(?=.*[A-Z])(?=.*[a-z])(?=.*\d)[A-Za-z][A-Za-z0-9]{29}$/);
  });

  it("reach PostgreSQL as the verifier of RFC 7677's example", () => {
    assert.equal(
      scramVerifier("pencil", Buffer.from("W22ZaJ0SNY7soEsUEjb6gQ==", "base64")),
      "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=",
    );
  });

  it("reach MariaDB as the hash that its PASSWORD() gives", () => {
    assert.equal(nativeHash("password"), "*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19");
  });
});

describe("the two users of a service", () => {
  it("take turns, with the schema that Oracle's names carry", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z][a-z0-9_]{0,20}$/), fc.boolean(), (service, writes) => {
        const username = oracle.usernameOf(`${service}_a`, { database: "erp", access: writes ? "write" : "read" });
        assert.equal(otherUser(otherUser(username)), username);
        assert.notEqual(otherUser(username), username);
        assert.equal(userOf(otherUser(username)), `${service}_b`);
      }),
    );
    assert.equal(otherUser("erp_a[erp]"), "erp_b[erp]");
    assert.throws(() => otherUser("strata"), /not one of a pair/);
  });
});
