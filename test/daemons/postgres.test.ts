import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { postgres } from "../../functions/database-users/engines/postgres";
import { type Daemon, describeDatabaseUsers } from "./database-users";
import { end, firstExisting, freePort, Scratch, versionsIn } from "./scratch";

const INSTALLED = "/usr/lib/postgresql";
const MASTER = { username: "strata", password: "Master123" };
const ATTEMPTS = 100;

/** RDS gives its master user no superuser: it may make roles and databases, and end sessions. */
const AS_ON_RDS = [
  "CREATE ROLE rds_iam NOLOGIN",
  `CREATE ROLE ${MASTER.username} LOGIN CREATEROLE CREATEDB PASSWORD '${MASTER.password}'`,
  `GRANT rds_iam TO ${MASTER.username} WITH ADMIN OPTION`,
  `GRANT pg_signal_backend TO ${MASTER.username}`,
];

async function started(binaries: string): Promise<Daemon> {
  const scratch = new Scratch();
  const data = scratch.path("data");
  const port = await freePort();
  const { key, certificate } = scratch.certificate();
  scratch.run(`${binaries}/initdb`, ["-D", data, "-U", "superuser", "--auth=trust", "--no-sync"]);
  appendFileSync(
    `${data}/postgresql.conf`,
    [
      `port = ${port}`,
      "listen_addresses = 'localhost'",
      `unix_socket_directories = '${scratch.folder}'`,
      "ssl = on",
      `ssl_cert_file = '${certificate}'`,
      `ssl_key_file = '${key}'`,
      "password_encryption = 'scram-sha-256'",
      "log_statement = 'all'",
      "logging_collector = on",
      `log_directory = '${scratch.folder}'`,
      "log_filename = 'server.log'",
      "fsync = off",
    ].join("\n"),
  );
  // As rds.force_ssl: from the network only with TLS and a password.
  writeFileSync(`${data}/pg_hba.conf`, "local all superuser trust\nhostssl all all all scram-sha-256\n");
  const child = scratch.start(`${binaries}/postgres`, ["-D", data]);
  const psql = (...statements: string[]) =>
    scratch.run(`${binaries}/psql`, [
      "-h",
      scratch.folder,
      "-p",
      String(port),
      "-U",
      "superuser",
      "-d",
      "postgres",
      "-q",
      ...statements.flatMap((text) => ["-c", text]),
    ]);
  for (let attempt = 1; ; attempt++) {
    try {
      psql("SELECT 1");
      break;
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
      await sleep(100);
    }
  }
  psql(...AS_ON_RDS);
  return {
    engine: postgres,
    server: { host: "localhost", port, certificates: readFileSync(certificate, "utf8") },
    master: MASTER,
    iam: true,
    async connect({ host, username, password, database, certificates }) {
      const client = new Client({
        host,
        port,
        user: username,
        password,
        database,
        ssl: certificates === undefined ? false : { ca: certificates },
      });
      await client.connect();
      return { query: async (statement) => (await client.query<Record<string, unknown>>(statement)).rows, close: () => client.end() };
    },
    catalogue: () =>
      // Newer dumps carry a random word, so that nothing in them can be taken for a command of psql.
      scratch
        .run(`${binaries}/pg_dumpall`, ["-h", scratch.folder, "-p", String(port), "-U", "superuser", "--schema-only"])
        .replace(/^\\(un)?restrict .*$/gm, ""),
    log: () => readFileSync(scratch.path("server.log"), "utf8"),
    async stop() {
      await end(child, "SIGINT");
      scratch.dispose();
    },
  };
}

describeDatabaseUsers("Database users on a real PostgreSQL", () => {
  const binaries = firstExisting(versionsIn(INSTALLED).map((version) => `${INSTALLED}/${version}/bin/initdb`))?.replace("/initdb", "");
  return binaries ? started(binaries) : `no PostgreSQL server in ${INSTALLED}; install the package postgresql`;
});
