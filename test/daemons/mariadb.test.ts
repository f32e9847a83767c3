import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { createConnection, type RowDataPacket } from "mysql2/promise";
import { mariadb } from "../../functions/database-users/engines/mariadb";
import { type Daemon, describeDatabaseUsers } from "./database-users";
import { end, firstExisting, freePort, Scratch } from "./scratch";

const SERVERS = ["/usr/sbin/mariadbd", "/usr/libexec/mariadbd"];
const MASTER = { username: "strata", password: "Master123" };
const ATTEMPTS = 200;

/** RDS user guide, "Master user account privileges" (2026-11): what the master user of RDS for MariaDB may do, and may let others do. */
const AS_ON_RDS = `
  CREATE USER '${MASTER.username}'@'%' IDENTIFIED BY '${MASTER.password}' REQUIRE SSL;
  GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, RELOAD, PROCESS, REFERENCES, INDEX, ALTER, SHOW DATABASES, CREATE TEMPORARY TABLES,
    LOCK TABLES, EXECUTE, REPLICATION SLAVE, CREATE VIEW, SHOW VIEW, CREATE ROUTINE, ALTER ROUTINE, CREATE USER, EVENT, TRIGGER
    ON *.* TO '${MASTER.username}'@'%' WITH GRANT OPTION;
`;

async function started(server: string): Promise<Daemon> {
  const scratch = new Scratch();
  const data = scratch.path("data");
  const socket = scratch.path("server.sock");
  const port = await freePort();
  const { key, certificate } = scratch.certificate();
  const configuration = scratch.path("server.cnf");
  writeFileSync(
    configuration,
    [
      "[mariadbd]",
      `datadir = ${data}`,
      `socket = ${socket}`,
      `pid-file = ${scratch.path("server.pid")}`,
      `port = ${port}`,
      "bind-address = 127.0.0.1",
      `ssl-cert = ${certificate}`,
      `ssl-key = ${key}`,
      "require_secure_transport = ON",
      "general_log = ON",
      `general_log_file = ${scratch.path("server.log")}`,
      "innodb_flush_log_at_trx_commit = 0",
      "innodb_buffer_pool_size = 16M",
    ].join("\n"),
  );
  scratch.own(configuration);
  scratch.run("mariadb-install-db", [`--defaults-file=${configuration}`, "--auth-root-authentication-method=normal", "--skip-test-db"]);
  const child = scratch.start(server, [`--defaults-file=${configuration}`]);
  const root = (command: string, ...args: string[]) =>
    execFileSync(command, ["--no-defaults", `--socket=${socket}`, "--user=root", ...args], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      maxBuffer: 64 * 1024 * 1024,
    });
  for (let attempt = 1; ; attempt++) {
    try {
      root("mariadb", "-e", "SELECT 1");
      break;
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
      await sleep(100);
    }
  }
  root("mariadb", "-e", AS_ON_RDS);
  return {
    engine: mariadb,
    server: { host: "localhost", port, certificates: readFileSync(certificate, "utf8") },
    master: MASTER,
    iam: false,
    async connect({ host, username, password, database, certificates }) {
      const connection = await createConnection({
        host,
        port,
        user: username,
        password,
        database,
        ...(certificates !== undefined && { ssl: { ca: certificates } }),
      });
      return {
        query: async (statement) => {
          const [rows] = await connection.query<RowDataPacket[]>(statement);
          return Array.isArray(rows) ? rows : [];
        },
        close: () => connection.end(),
      };
    },
    catalogue: () =>
      root("mariadb-dump", "--all-databases", "--no-data", "--skip-dump-date") +
      root("mariadb", "-e", "SELECT * FROM mysql.global_priv; SELECT * FROM mysql.db"),
    log: () => readFileSync(scratch.path("server.log"), "utf8"),
    async stop() {
      await end(child, "SIGTERM");
      scratch.dispose();
    },
  };
}

describeDatabaseUsers("Database users on a real MariaDB", () => {
  const server = firstExisting(SERVERS);
  return server ? started(server) : `no MariaDB server in ${SERVERS.join(" or ")}; install the package mariadb-server`;
});
