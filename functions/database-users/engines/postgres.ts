import { createHash, createHmac, pbkdf2Sync, randomBytes } from "node:crypto";
import { Client, DatabaseError, escapeIdentifier, escapeLiteral } from "pg";
import { CONNECT_MS, type DatabaseEngine, type Login, type Wanted } from "../engine";

/** Two roles a database: one owns it and everything in it, one may read it. The services' users are members, and own nothing themselves. */
function groups(database: string): { readonly owner: string; readonly reader: string } {
  return { owner: `${database}_owner`, reader: `${database}_reader` };
}

// PostgreSQL, "Error Codes": bad password, no such user or no login, no right to the database.
const REFUSALS = ["28P01", "28000", "42501"];
// Two functions that grant the same role at once fail with "tuple concurrently updated"; this number means nothing but itself.
const LOCK = 7_305_821;
const ITERATIONS = 4096;
const SALT_BYTES = 16;

async function connected<Result>(login: Login, use: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({
    host: login.host,
    port: login.port,
    user: login.username,
    password: login.password,
    database: login.database,
    // The server's certificate is checked, its name included.
    ssl: { rejectUnauthorized: true, ...(login.certificates !== undefined && { ca: login.certificates }) },
    connectionTimeoutMillis: CONNECT_MS,
    application_name: "database-users",
  });
  // A connection that breaks while idle would otherwise end the process; what is asked of it next fails with the same reason.
  client.on("error", () => undefined);
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

/** Alone among all functions that work on this server. */
async function alone<Result>(login: Login, use: (client: Client) => Promise<Result>): Promise<Result> {
  return connected(login, async (client) => {
    await client.query("SELECT pg_advisory_lock($1)", [LOCK]);
    return use(client);
  });
}

async function holds(client: Client, question: string, values: readonly string[]): Promise<boolean> {
  const { rows } = await client.query<{ holds: boolean }>(`SELECT ${question} AS holds`, [...values]);
  return rows[0]?.holds === true;
}

async function ensureRole(client: Client, role: string, made: string[]): Promise<void> {
  if (await holds(client, "EXISTS (SELECT FROM pg_roles WHERE rolname = $1)", [role])) return;
  await client.query(`CREATE ROLE ${escapeIdentifier(role)} NOLOGIN`);
  made.push(`role ${role}`);
}

async function ensureMember(client: Client, member: string, group: string, made: string[]): Promise<void> {
  if (await isMember(client, member, group)) return;
  await client.query(`GRANT ${escapeIdentifier(group)} TO ${escapeIdentifier(member)}`);
  made.push(`${member} in ${group}`);
}

async function ensureNoMember(client: Client, member: string, group: string, made: string[]): Promise<void> {
  if (!(await isMember(client, member, group))) return;
  await client.query(`REVOKE ${escapeIdentifier(group)} FROM ${escapeIdentifier(member)}`);
  made.push(`${member} not in ${group}`);
}

/** Membership itself, not what superusers may do without. */
async function isMember(client: Client, member: string, group: string): Promise<boolean> {
  return holds(
    client,
    "EXISTS (SELECT FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid JOIN pg_roles u ON u.oid = m.member WHERE u.rolname = $1 AND g.rolname = $2)",
    [member, group],
  );
}

async function ensureDatabase(client: Client, database: string, made: string[]): Promise<void> {
  const { owner, reader } = groups(database);
  await ensureRole(client, owner, made);
  await ensureRole(client, reader, made);
  // From version 16 on, who creates a role may grant it, but not act as it.
  if (!(await holds(client, "pg_has_role($1, 'USAGE')", [owner]))) {
    await client.query(`GRANT ${escapeIdentifier(owner)} TO CURRENT_USER`);
    made.push(`master user in ${owner}`);
  }
  if (!(await holds(client, "EXISTS (SELECT FROM pg_database WHERE datname = $1)", [database]))) {
    await client.query(`CREATE DATABASE ${escapeIdentifier(database)} OWNER ${escapeIdentifier(owner)}`);
    made.push(`database ${database}`);
  }
  // A new database lets everybody in.
  await client.query(`REVOKE ALL ON DATABASE ${escapeIdentifier(database)} FROM PUBLIC`);
  await client.query(`GRANT CONNECT ON DATABASE ${escapeIdentifier(database)} TO ${escapeIdentifier(reader)}`);
}

/** Readers may read what is there and what the owner will make, in this schema and in those to come. */
async function ensureReading(client: Client, database: string): Promise<void> {
  const { owner, reader } = groups(database);
  const to = `TO ${escapeIdentifier(reader)}`;
  await client.query("REVOKE ALL ON SCHEMA public FROM PUBLIC");
  await client.query(`GRANT USAGE ON SCHEMA public ${to}`);
  for (const kind of ["TABLES", "SEQUENCES"]) await client.query(`GRANT SELECT ON ALL ${kind} IN SCHEMA public ${to}`);
  const defaults = `ALTER DEFAULT PRIVILEGES FOR ROLE ${escapeIdentifier(owner)}`;
  for (const right of ["SELECT ON TABLES", "SELECT ON SEQUENCES", "USAGE ON SCHEMAS"])
    await client.query(`${defaults} GRANT ${right} ${to}`);
}

async function ensureUser(client: Client, user: string, { database, access }: Wanted, made: string[]): Promise<void> {
  const { owner, reader } = groups(database);
  await ensureRole(client, user, made);
  if (!(await holds(client, "(SELECT rolcanlogin FROM pg_roles WHERE rolname = $1)", [user]))) {
    await client.query(`ALTER ROLE ${escapeIdentifier(user)} LOGIN`);
    made.push(`login of ${user}`);
  }
  await ensureMember(client, user, access === "write" ? owner : reader, made);
  await ensureNoMember(client, user, access === "write" ? reader : owner, made);
  const here = `ALTER ROLE ${escapeIdentifier(user)} IN DATABASE ${escapeIdentifier(database)}`;
  if (access === "write") {
    // Acting as the owner, both users of a service, and services that share a database, can change each other's tables.
    await client.query(`${here} SET role = ${escapeLiteral(owner)}`);
    await client.query(`${here} RESET default_transaction_read_only`);
  } else {
    await client.query(`${here} RESET role`);
    await client.query(`${here} SET default_transaction_read_only = on`);
  }
}

/**
 * What PostgreSQL keeps of a password (RFC 5802, RFC 7677): made here, so that the password itself is in no statement that the server could log.
 */
export function scramVerifier(password: string, salt: Buffer = randomBytes(SALT_BYTES)): string {
  const salted = pbkdf2Sync(password, salt, ITERATIONS, 32, "sha256");
  const hmac = (text: string) => createHmac("sha256", salted).update(text).digest();
  const stored = createHash("sha256").update(hmac("Client Key")).digest("base64");
  return `SCRAM-SHA-256$${ITERATIONS}:${salt.toString("base64")}$${stored}:${hmac("Server Key").toString("base64")}`;
}

/** PostgreSQL, on RDS and Aurora, from version 15 on. */
export const postgres: DatabaseEngine = {
  name: "postgres",
  entrance: "postgres",
  entranceIsDatabase: false,

  async ensure(admin, wanted) {
    const made: string[] = [];
    await alone(admin, async (client) => {
      await ensureDatabase(client, wanted.database, made);
      await connected({ ...admin, database: wanted.database }, (inside) => ensureReading(inside, wanted.database));
      for (const user of [...wanted.users, ...(wanted.iamUser ? [wanted.iamUser] : [])]) await ensureUser(client, user, wanted, made);
      // With this role a user signs in with a token, and no longer with a password.
      if (wanted.iamUser) await ensureMember(client, wanted.iamUser, "rds_iam", made);
    });
    return made;
  },

  async retire(admin, { database, users, iamUser }) {
    const { owner, reader } = groups(database);
    await alone(admin, async (client) => {
      for (const user of [...users, ...(iamUser ? [iamUser] : [])]) {
        if (!(await holds(client, "EXISTS (SELECT FROM pg_roles WHERE rolname = $1)", [user]))) continue;
        await client.query(`ALTER ROLE ${escapeIdentifier(user)} NOLOGIN PASSWORD NULL`);
        for (const group of [owner, reader]) await ensureNoMember(client, user, group, []);
        await client.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = $1", [user]);
      }
    });
  },

  async setPassword(admin, username, password) {
    await alone(admin, (client) =>
      client.query(`ALTER ROLE ${escapeIdentifier(username)} PASSWORD ${escapeLiteral(scramVerifier(password))}`),
    );
  },

  async signsIn(login) {
    try {
      return await connected(login, () => Promise.resolve(true));
    } catch (error) {
      if (error instanceof DatabaseError && REFUSALS.includes(error.code ?? "")) return false;
      throw error;
    }
  },

  usernameOf: (user) => user,
};
