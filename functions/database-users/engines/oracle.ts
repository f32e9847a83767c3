import oracledb from "oracledb";
import { type DatabaseEngine, type Login, type Wanted } from "../engine";
import { newPassword } from "../password";

// Oracle error messages: invalid username or password, account locked, no right to act as the schema.
const REFUSALS = [1017, 28000, 28150];
const CONNECT_SECONDS = 60;

/** Rights of the schema's owner, in its own schema only. */
const OWNER_PRIVILEGES = ["SESSION", "TABLE", "VIEW", "SEQUENCE", "PROCEDURE", "TRIGGER", "TYPE", "SYNONYM", "MATERIALIZED VIEW"].map(
  (kind) => `CREATE ${kind}`,
);

async function connected<Result>(login: Login, use: (connection: oracledb.Connection) => Promise<Result>): Promise<Result> {
  const connection = await oracledb.getConnection({
    user: login.username,
    password: login.password,
    // TLS, and the name in the server's certificate must be the host's.
    connectString: `tcps://${login.host}:${login.port}/${login.database}?ssl_server_dn_match=on&transport_connect_timeout=${CONNECT_SECONDS}`,
    ...(login.certificates !== undefined && { walletContent: login.certificates }),
  });
  try {
    return await use(connection);
  } finally {
    await connection.close();
  }
}

async function holds(connection: oracledb.Connection, question: string, values: Readonly<Record<string, string>>): Promise<boolean> {
  const { rows } = await connection.execute(`SELECT 1 FROM dual WHERE EXISTS (${question})`, { ...values });
  return (rows ?? []).length > 0;
}

/** Statements that define something take no parameters. A name is one of a request: letters, digits and _. */
function quoted(name: string): string {
  return `"${name.toUpperCase().replace(/"/g, "")}"`;
}

function userExists(connection: oracledb.Connection, user: string): Promise<boolean> {
  return holds(connection, "SELECT 1 FROM all_users WHERE username = :name", { name: user.toUpperCase() });
}

function readerRole(database: string): string {
  return `${database}_reader`;
}

/** The schema: an account that nobody can sign in to, which others act as. */
async function ensureSchema(connection: oracledb.Connection, database: string, made: string[]): Promise<void> {
  if (!(await userExists(connection, database))) {
    await connection.execute(`CREATE USER ${quoted(database)} NO AUTHENTICATION DEFAULT TABLESPACE users QUOTA UNLIMITED ON users`);
    made.push(`schema ${database}`);
  }
  await connection.execute(`GRANT ${OWNER_PRIVILEGES.join(", ")} TO ${quoted(database)}`);
  const role = readerRole(database);
  if (!(await holds(connection, "SELECT 1 FROM dba_roles WHERE role = :name", { name: role.toUpperCase() }))) {
    await connection.execute(`CREATE ROLE ${quoted(role)}`);
    made.push(`role ${role}`);
  }
}

/** Before 23ai no right covers a whole schema: the tables of this moment are granted here, and who makes a table later grants it to the role. */
async function ensureReading(connection: oracledb.Connection, database: string): Promise<void> {
  const { rows } = await connection.execute<{ NAME: string }>(
    "SELECT object_name AS name FROM all_objects WHERE owner = :owner AND object_type IN ('TABLE', 'VIEW')",
    { owner: database.toUpperCase() },
    { outFormat: oracledb.OUT_FORMAT_OBJECT },
  );
  for (const { NAME: name } of rows ?? [])
    await connection.execute(`GRANT READ ON ${quoted(database)}."${name.replace(/"/g, "")}" TO ${quoted(readerRole(database))}`);
}

async function ensureUser(connection: oracledb.Connection, user: string, { database, access }: Wanted, made: string[]): Promise<void> {
  if (!(await userExists(connection, user))) {
    // A password nobody knows, until the one of the secret is set.
    await connection.execute(`CREATE USER ${quoted(user)} IDENTIFIED BY "${newPassword()}"`);
    made.push(`user ${user}`);
  }
  await connection.execute(`ALTER USER ${quoted(user)} ACCOUNT UNLOCK`);
  await connection.execute(`GRANT CREATE SESSION TO ${quoted(user)}`);
  const names = { client: database.toUpperCase(), proxy: user.toUpperCase() };
  const acts = await holds(connection, "SELECT 1 FROM proxy_users WHERE client = :client AND proxy = :proxy", names);
  const reads = await holds(connection, "SELECT 1 FROM dba_role_privs WHERE granted_role = :role AND grantee = :proxy", {
    role: readerRole(database).toUpperCase(),
    proxy: names.proxy,
  });
  if (acts !== (access === "write")) {
    await connection.execute(`ALTER USER ${quoted(database)} ${acts ? "REVOKE" : "GRANT"} CONNECT THROUGH ${quoted(user)}`);
    made.push(`${user} ${acts ? "no longer " : ""}acts as ${database}`);
  }
  if (reads !== (access === "read")) {
    const role = quoted(readerRole(database));
    await connection.execute(reads ? `REVOKE ${role} FROM ${quoted(user)}` : `GRANT ${role} TO ${quoted(user)}`);
    made.push(`${user} ${reads ? "no longer " : ""}reads ${database}`);
  }
}

/**
 * Oracle 19c and later, on RDS, with the driver's thin mode: no Oracle client. A database of the other engines is a schema here; who writes
 * signs in as `user[schema]` and then is that schema, so that both users of a service own the same tables.
 */
export const oracle: DatabaseEngine = {
  name: "oracle",
  entrance: "ORCL",
  entranceIsDatabase: true,

  async ensure(admin, wanted) {
    const made: string[] = [];
    await connected(admin, async (connection) => {
      await ensureSchema(connection, wanted.database, made);
      if (wanted.access === "read") await ensureReading(connection, wanted.database);
      for (const user of wanted.users) await ensureUser(connection, user, wanted, made);
    });
    return made;
  },

  async retire(admin, { users }) {
    await connected(admin, async (connection) => {
      for (const user of users) if (await userExists(connection, user)) await connection.execute(`ALTER USER ${quoted(user)} ACCOUNT LOCK`);
    });
  },

  async setPassword(admin, username, password) {
    await connected(admin, (connection) =>
      connection.execute(`ALTER USER ${quoted(username.replace(/\[.*\]$/, ""))} IDENTIFIED BY "${password}"`),
    );
  },

  async signsIn(login) {
    try {
      return await connected(login, () => Promise.resolve(true));
    } catch (error) {
      if (error instanceof Error && "errorNum" in error && REFUSALS.includes(Number(error.errorNum))) return false;
      throw error;
    }
  },

  usernameOf: (user, { database, access }) => (access === "write" ? `${user}[${database}]` : user),
};
