import { Connection, Request, TYPES } from "tedious";
import { CONNECT_MS, type DatabaseEngine, type Login, type Wanted } from "../engine";
import { newPassword } from "../password";

/** Fixed roles of a database. Writers are no db_owner: that one may drop the database and let others in. */
const ROLES = { read: ["db_datareader"], write: ["db_datareader", "db_datawriter", "db_ddladmin"] } as const;
const LOCK_MS = 60_000;

type Row = Readonly<Record<string, unknown>>;

function open(login: Login): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const connection = new Connection({
      server: login.host,
      authentication: { type: "default", options: { userName: login.username, password: login.password } },
      options: {
        port: login.port,
        database: login.database,
        encrypt: true,
        trustServerCertificate: false,
        connectTimeout: CONNECT_MS,
        rowCollectionOnRequestCompletion: true,
        useColumnNames: true,
        ...(login.certificates !== undefined && { cryptoCredentialsDetails: { ca: login.certificates } }),
      },
    });
    connection.connect((error) => (error ? reject(error) : resolve(connection)));
  });
}

/** Runs a batch; values are parameters, and names are quoted by the server. */
function run(connection: Connection, statement: string, values: Readonly<Record<string, string>> = {}): Promise<Row[]> {
  return new Promise((resolve, reject) => {
    const request = new Request(statement, (error, _count, rows: Record<string, { value: unknown }>[] | undefined) => {
      if (error) reject(error);
      else resolve((rows ?? []).map((row) => Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, cell.value]))));
    });
    for (const [name, value] of Object.entries(values)) request.addParameter(name, TYPES.NVarChar, value);
    connection.execSql(request);
  });
}

async function connected<Result>(login: Login, use: (connection: Connection) => Promise<Result>): Promise<Result> {
  const connection = await open(login);
  try {
    return await use(connection);
  } finally {
    connection.close();
  }
}

/** Alone among all functions that work on this server; the lock ends with the connection. */
async function alone<Result>(login: Login, use: (connection: Connection) => Promise<Result>): Promise<Result> {
  return connected(login, async (connection) => {
    const [row] = await run(
      connection,
      `DECLARE @got int; EXEC @got = sp_getapplock 'database-users', 'Exclusive', 'Session', ${LOCK_MS}; SELECT @got AS got`,
    );
    if (Number(row?.["got"]) < 0) throw new Error(`another function has worked on ${login.host} for ${LOCK_MS} ms`);
    return use(connection);
  });
}

async function holds(connection: Connection, condition: string, values: Readonly<Record<string, string>>): Promise<boolean> {
  return (await run(connection, `SELECT 1 AS one WHERE ${condition}`, values)).length > 0;
}

/** A statement with names in it: `parts` are T-SQL expressions that give its text. */
async function execute(connection: Connection, parts: readonly string[], values: Readonly<Record<string, string>>): Promise<void> {
  await run(connection, `DECLARE @statement nvarchar(max) = ${parts.join(" + ")}; EXEC (@statement)`, values);
}

async function ensureLogin(connection: Connection, user: string, database: string, made: string[]): Promise<void> {
  if (!(await holds(connection, "SUSER_ID(@user) IS NOT NULL", { user }))) {
    // A password nobody knows, until the one of the secret is set.
    await execute(
      connection,
      [
        "N'CREATE LOGIN '",
        "QUOTENAME(@user)",
        "N' WITH PASSWORD = '",
        "QUOTENAME(@password, '''')",
        "N', CHECK_POLICY = ON, CHECK_EXPIRATION = OFF, DEFAULT_DATABASE = '",
        "QUOTENAME(@database)",
      ],
      { user, database, password: newPassword() },
    );
    made.push(`login ${user}`);
  }
  await execute(connection, ["N'ALTER LOGIN '", "QUOTENAME(@user)", "N' ENABLE'"], { user });
}

async function ensureUser(connection: Connection, user: string, access: Wanted["access"], made: string[]): Promise<void> {
  if (!(await holds(connection, "USER_ID(@user) IS NOT NULL", { user }))) {
    await execute(connection, ["N'CREATE USER '", "QUOTENAME(@user)", "N' FOR LOGIN '", "QUOTENAME(@user)"], { user });
    made.push(`user ${user}`);
  }
  const wanted: readonly string[] = ROLES[access];
  for (const role of ROLES.write) {
    const member = await holds(connection, "IS_ROLEMEMBER(@role, @user) = 1", { role, user });
    if (member === wanted.includes(role)) continue;
    const verb = member ? "DROP" : "ADD";
    await execute(connection, ["N'ALTER ROLE '", "QUOTENAME(@role)", `N' ${verb} MEMBER '`, "QUOTENAME(@user)"], { role, user });
    made.push(`${user} ${member ? "not in" : "in"} ${role}`);
  }
  const verb = access === "write" ? "GRANT EXECUTE TO " : "REVOKE EXECUTE FROM ";
  await execute(connection, [`N'${verb}'`, "QUOTENAME(@user)"], { user });
}

/** SQL Server 2019 and later, on RDS. It has no sign-in with IAM tokens there; its logs leave the passwords of such statements out. */
export const sqlserver: DatabaseEngine = {
  name: "sqlserver",
  entrance: "master",
  entranceIsDatabase: false,

  async ensure(admin, wanted) {
    const { database } = wanted;
    const made: string[] = [];
    await alone(admin, async (connection) => {
      if (!(await holds(connection, "DB_ID(@database) IS NOT NULL", { database }))) {
        await execute(connection, ["N'CREATE DATABASE '", "QUOTENAME(@database)"], { database });
        made.push(`database ${database}`);
      }
      for (const user of wanted.users) await ensureLogin(connection, user, database, made);
      await connected({ ...admin, database }, async (inside) => {
        for (const user of wanted.users) await ensureUser(inside, user, wanted.access, made);
      });
    });
    return made;
  },

  async retire(admin, { users }) {
    await alone(admin, async (connection) => {
      for (const user of users)
        if (await holds(connection, "SUSER_ID(@user) IS NOT NULL", { user }))
          await execute(connection, ["N'ALTER LOGIN '", "QUOTENAME(@user)", "N' DISABLE'"], { user });
    });
  },

  async setPassword(admin, username, password) {
    await alone(admin, (connection) =>
      execute(connection, ["N'ALTER LOGIN '", "QUOTENAME(@user)", "N' WITH PASSWORD = '", "QUOTENAME(@password, '''')"], {
        user: username,
        password,
      }),
    );
  },

  async signsIn(login) {
    try {
      return await connected(login, () => Promise.resolve(true));
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ELOGIN") return false;
      throw error;
    }
  },

  usernameOf: (user) => user,
};
