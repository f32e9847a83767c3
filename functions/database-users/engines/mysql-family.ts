import { type Connection, createConnection, escape, escapeId, type RowDataPacket } from "mysql2/promise";
import { CONNECT_MS, type DatabaseEngine, type Login, type Wanted } from "../engine";
import { newPassword } from "../password";

// "Server Error Message Reference": no right to the database, bad password, account locked in MySQL and in MariaDB.
const REFUSALS = [1044, 1045, 3118, 4151];
const LOCK = "database-users";
const LOCK_SECONDS = 60;

const READ = ["SELECT", "SHOW VIEW"] as const;
/** Everything a service may do in its own database; no GRANT OPTION, so that it cannot let others in. */
const WRITE = [
  ...READ,
  "INSERT",
  "UPDATE",
  "DELETE",
  "CREATE",
  "DROP",
  "ALTER",
  "INDEX",
  "REFERENCES",
  "CREATE VIEW",
  "CREATE ROUTINE",
  "ALTER ROUTINE",
  "EXECUTE",
  "EVENT",
  "TRIGGER",
  "CREATE TEMPORARY TABLES",
  "LOCK TABLES",
] as const;

async function connected<Result>(login: Login, use: (connection: Connection) => Promise<Result>): Promise<Result> {
  const connection = await createConnection({
    host: login.host,
    port: login.port,
    user: login.username,
    password: login.password,
    database: login.database,
    // The server's certificate is checked; the name in it only when asked for.
    ssl: { rejectUnauthorized: true, verifyIdentity: true, ...(login.certificates !== undefined && { ca: login.certificates }) },
    connectTimeout: CONNECT_MS,
  });
  try {
    return await use(connection);
  } finally {
    await connection.end();
  }
}

/** Alone among all functions that work on this server; the lock ends with the connection. */
async function alone<Result>(login: Login, use: (connection: Connection) => Promise<Result>): Promise<Result> {
  return connected(login, async (connection) => {
    const [row] = await rows(connection, "SELECT GET_LOCK(?, ?) AS got", [LOCK, LOCK_SECONDS]);
    if (row?.["got"] !== 1) throw new Error(`another function has worked on ${login.host} for ${LOCK_SECONDS} seconds`);
    return use(connection);
  });
}

async function rows(connection: Connection, statement: string, values: readonly (string | number)[]): Promise<RowDataPacket[]> {
  const [found] = await connection.query<RowDataPacket[]>(statement, [...values]);
  return found;
}

/** A user from everywhere: which addresses reach the server is the security group's business. */
function account(user: string): string {
  return `${escape(user)}@'%'`;
}

/** In a grant, `_` and `%` of a database's name stand for other characters unless they are escaped. */
function grantPattern(database: string): string {
  return database.replace(/[_%\\]/g, "\\$&");
}

async function userExists(connection: Connection, user: string): Promise<boolean> {
  return (await rows(connection, "SELECT 1 FROM mysql.user WHERE user = ? AND host = '%'", [user])).length > 0;
}

/** What a user may do, as `privilege on database`, apart from signing in. */
async function privileges(connection: Connection, user: string): Promise<string[]> {
  const grantee = `'${user}'@'%'`;
  const found = await rows(
    connection,
    "SELECT privilege_type AS privilege, table_schema AS pattern FROM information_schema.schema_privileges WHERE grantee = ?",
    [grantee],
  );
  return found.map((row) => `${String(row["privilege"])} on ${String(row["pattern"])}`);
}

async function ensurePrivileges(connection: Connection, user: string, { database, access }: Wanted, made: string[]): Promise<void> {
  const pattern = grantPattern(database);
  const wanted: readonly string[] = access === "write" ? WRITE : READ;
  const has = await privileges(connection, user);
  const wants = wanted.map((privilege) => `${privilege} on ${pattern}`);
  if (has.length === wants.length && wants.every((privilege) => has.includes(privilege))) return;
  if (has.length > 0) await connection.query(`REVOKE ALL PRIVILEGES, GRANT OPTION FROM ${account(user)}`);
  // escapeId would take a dot as the border between two names; names of requests hold none.
  await connection.query(`GRANT ${wanted.join(", ")} ON ${escapeId(pattern)}.* TO ${account(user)}`);
  made.push(`rights of ${user}`);
}

/** What differs between MySQL and MariaDB: how a password is told to the server. */
export interface Dialect {
  readonly name: string;
  /** The clause after `CREATE USER x` or `ALTER USER x`. */
  readonly identifiedBy: (password: string) => string;
}

/** MySQL and MariaDB, on RDS and Aurora. */
export function mysqlFamily({ name, identifiedBy }: Dialect): DatabaseEngine {
  const ensureUser = async (connection: Connection, user: string, identified: string, wanted: Wanted, made: string[]): Promise<void> => {
    if (!(await userExists(connection, user))) {
      await connection.query(`CREATE USER ${account(user)} ${identified} REQUIRE SSL`);
      made.push(`user ${user}`);
    }
    await connection.query(`ALTER USER ${account(user)} ACCOUNT UNLOCK`);
    await ensurePrivileges(connection, user, wanted, made);
  };
  return {
    name,
    entrance: "mysql",
    entranceIsDatabase: false,

    async ensure(admin, wanted) {
      const made: string[] = [];
      await alone(admin, async (connection) => {
        const there = await rows(connection, "SELECT 1 FROM information_schema.schemata WHERE schema_name = ?", [wanted.database]);
        if (there.length === 0) {
          await connection.query(`CREATE DATABASE ${escapeId(wanted.database)} CHARACTER SET utf8mb4`);
          made.push(`database ${wanted.database}`);
        }
        // A password nobody knows, until the one of the secret is set.
        for (const user of wanted.users) await ensureUser(connection, user, identifiedBy(newPassword()), wanted, made);
        if (wanted.iamUser)
          // RDS user guide, "Creating a database account using IAM authentication" (2026-11): the same for MySQL and MariaDB.
          await ensureUser(connection, wanted.iamUser, "IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS'", wanted, made);
      });
      return made;
    },

    async retire(admin, { users, iamUser }) {
      await alone(admin, async (connection) => {
        for (const user of [...users, ...(iamUser ? [iamUser] : [])]) {
          if (!(await userExists(connection, user))) continue;
          // Not dropped: views and routines run in the name of who made them.
          await connection.query(`ALTER USER ${account(user)} ACCOUNT LOCK`);
          await connection.query(`REVOKE ALL PRIVILEGES, GRANT OPTION FROM ${account(user)}`);
        }
      });
    },

    async setPassword(admin, username, password) {
      await alone(admin, (connection) => connection.query(`ALTER USER ${account(username)} ${identifiedBy(password)}`));
    },

    async signsIn(login) {
      try {
        return await connected(login, () => Promise.resolve(true));
      } catch (error) {
        if (error instanceof Error && "errno" in error && REFUSALS.includes(Number(error.errno))) return false;
        throw error;
      }
    },

    usernameOf: (user) => user,
  };
}
