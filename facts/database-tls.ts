import { type Fact } from "./row";

/** The parameter by which an engine refuses connections in the clear. */
export interface TlsParameter extends Fact {
  readonly parameter: string;
  /** Values that require TLS, in lower case. */
  readonly on: readonly string[];
  /** First version that requires TLS where nobody sets the parameter; `every` where all do; absent where none does. */
  readonly byDefaultFrom?: string;
}

const GUIDE = "https://docs.aws.amazon.com/AmazonRDS/latest";
const DATE = "2026-11";

const SQL_SERVER: TlsParameter = {
  parameter: "rds.force_ssl",
  on: ["1", "true"],
  source: `${GUIDE}/UserGuide/SQLServer.Concepts.General.SSL.Using.html`,
  date: DATE,
};

/** By the engine as RDS spells it. Oracle has no such parameter: there a port that is not open does it. Neptune speaks nothing but TLS. */
export const TLS_PARAMETERS: Readonly<Record<string, TlsParameter>> = {
  postgres: {
    parameter: "rds.force_ssl",
    on: ["1", "true"],
    byDefaultFrom: "15",
    source: `${GUIDE}/UserGuide/PostgreSQL.Concepts.General.SSL.html`,
    date: DATE,
  },
  "aurora-postgresql": {
    parameter: "rds.force_ssl",
    on: ["1", "true"],
    source: `${GUIDE}/AuroraUserGuide/ssl-certificate-rotation-aurora-postgresql.html`,
    date: DATE,
  },
  mysql: {
    parameter: "require_secure_transport",
    on: ["1", "on"],
    byDefaultFrom: "9.7",
    source: `${GUIDE}/UserGuide/mysql-ssl-connections.require-ssl.html`,
    date: DATE,
  },
  mariadb: {
    parameter: "require_secure_transport",
    on: ["1", "on"],
    byDefaultFrom: "11.8",
    source: `${GUIDE}/UserGuide/mariadb-ssl-connections.require-ssl.html`,
    date: DATE,
  },
  "aurora-mysql": {
    parameter: "require_secure_transport",
    on: ["1", "on"],
    source: `${GUIDE}/AuroraUserGuide/AuroraMySQL.Security.html`,
    date: DATE,
  },
  "sqlserver-ee": SQL_SERVER,
  "sqlserver-se": SQL_SERVER,
  "sqlserver-ex": SQL_SERVER,
  "sqlserver-web": SQL_SERVER,
  docdb: {
    parameter: "tls",
    on: ["enabled", "fips-140-3", "tls1.2+", "tls1.3+"],
    byDefaultFrom: "every",
    source: "https://docs.aws.amazon.com/documentdb/latest/developerguide/security.encryption.ssl.html",
    date: DATE,
  },
};
