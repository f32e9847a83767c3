/**
 * The TCP port an engine listens on where none is set, by the start of the engine's name.
 * Source: "Port" of CreateDBInstance and CreateDBCluster in the Amazon RDS API reference; DocumentDB and Neptune likewise (2026-11).
 */
const DATABASE_PORTS: readonly (readonly [engine: string, port: number])[] = [
  ["aurora-postgresql", 5432],
  ["aurora-mysql", 3306],
  ["postgres", 5432],
  ["mysql", 3306],
  ["mariadb", 3306],
  ["oracle", 1521],
  ["custom-oracle", 1521],
  ["sqlserver", 1433],
  ["custom-sqlserver", 1433],
  ["db2", 50000],
  ["docdb", 27017],
  ["neptune", 8182],
];

/** The default port of a database engine; undefined for one that is not in the list. */
export function databasePort(engine: string): number | undefined {
  return DATABASE_PORTS.find(([name]) => engine.toLowerCase().startsWith(name))?.[1];
}

/** What the SSL option of Oracle listens on where its option group sets no port. Source: "Oracle Secure Sockets Layer", Amazon RDS user guide (2026-11). */
export const ORACLE_SSL_PORT = 2484;

/** Source: "Redis OSS and Valkey" and "Memcached" pages of the Amazon ElastiCache user guide (2026-11). */
export const CACHE_PORTS = { valkey: 6379, redis: 6379, memcached: 11211 } as const;

/** A serverless cache answers readers on a port of its own. Source: ElastiCache user guide, "Read from replicas" (2026-11). */
export const SERVERLESS_CACHE_PORTS = [6379, 6380] as const;

/** Brokers by how a client proves itself. Source: "Port information", Amazon MSK developer guide (2026-11). */
export const KAFKA_PORTS = { plaintext: 9092, tls: 9094, scram: 9096, iam: 9098 } as const;

/** The same from outside the VPC, when public access is on. Source: as above (2026-11). */
export const KAFKA_PUBLIC_PORTS = { tls: 9194, scram: 9196, iam: 9198 } as const;

/** Source: "Connecting to your broker", Amazon MQ developer guide: OpenWire, AMQP, STOMP, MQTT, WSS and the console, all with TLS (2026-11). */
export const BROKER_PORTS = { activemq: [61617, 5671, 61614, 8883, 61619, 8162], rabbitmq: [5671, 443] } as const;

/** Source: "Port" of CreateCluster in the Amazon Redshift API reference (2026-11). */
export const WAREHOUSE_PORT = 5439;

/** NFS. Source: "Mount targets", Amazon EFS user guide (2026-11). */
export const FILE_SYSTEM_PORT = 2049;

/** HTTPS: VPC interface endpoints, OpenSearch domains, the Kubernetes API. */
export const HTTPS_PORT = 443;
