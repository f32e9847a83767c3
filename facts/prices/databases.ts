import { type PriceTable } from "./table";

const POSTGRES = { source: "https://aws.amazon.com/rds/postgresql/pricing/", date: "2026-11" } as const;
const MYSQL = { source: "https://aws.amazon.com/rds/mysql/pricing/", date: "2026-11" } as const;
const MARIADB = { source: "https://aws.amazon.com/rds/mariadb/pricing/", date: "2026-11" } as const;
const SQL_SERVER = { source: "https://aws.amazon.com/rds/sqlserver/pricing/", date: "2026-11" } as const;
const ORACLE = { source: "https://aws.amazon.com/rds/oracle/pricing/", date: "2026-11" } as const;
const AURORA = { source: "https://aws.amazon.com/rds/aurora/pricing/", date: "2026-11" } as const;
const REDSHIFT = { source: "https://aws.amazon.com/redshift/pricing/", date: "2026-11" } as const;
const CAPACITY = { source: "https://aws.amazon.com/dynamodb/pricing/provisioned/", date: "2026-11" } as const;
const SEARCH = { source: "https://aws.amazon.com/opensearch-service/pricing/", date: "2026-11" } as const;
const CACHE = { source: "https://aws.amazon.com/elasticache/pricing/", date: "2026-11" } as const;

/**
 * What runs all the time: instances and nodes on demand, one each; a Multi-AZ instance is two. Classes that are not here and
 * eu-west-1 were not found, and are unpriced.
 */
export const DATABASE_PRICES = {
  "rds.postgres.db.t4g.micro": { unit: "h", usd: { "us-east-1": 0.016 }, ...POSTGRES },
  "rds.postgres.db.t4g.small": { unit: "h", usd: { "us-east-1": 0.032 }, ...POSTGRES },
  "rds.postgres.db.t4g.medium": { unit: "h", usd: { "us-east-1": 0.065 }, ...POSTGRES },
  "rds.postgres.db.t4g.large": { unit: "h", usd: { "us-east-1": 0.129 }, ...POSTGRES },
  "rds.mysql.db.t4g.micro": { unit: "h", usd: { "us-east-1": 0.016 }, ...MYSQL },
  "rds.mysql.db.t4g.small": { unit: "h", usd: { "us-east-1": 0.032 }, ...MYSQL },
  "rds.mysql.db.t4g.medium": { unit: "h", usd: { "us-east-1": 0.065 }, ...MYSQL },
  "rds.mysql.db.t4g.large": { unit: "h", usd: { "us-east-1": 0.129 }, ...MYSQL },
  "rds.mariadb.db.t4g.micro": { unit: "h", usd: { "us-east-1": 0.016 }, ...MARIADB },
  "rds.mariadb.db.t4g.small": { unit: "h", usd: { "us-east-1": 0.032 }, ...MARIADB },
  "rds.mariadb.db.t4g.medium": { unit: "h", usd: { "us-east-1": 0.065 }, ...MARIADB },
  "rds.mariadb.db.t4g.large": { unit: "h", usd: { "us-east-1": 0.129 }, ...MARIADB },
  "rds.postgres.db.m7g.large": { unit: "h", usd: { "us-east-1": 0.168 }, ...POSTGRES },
  "rds.mysql.db.m7g.large": { unit: "h", usd: { "us-east-1": 0.168 }, ...MYSQL },
  "rds.mariadb.db.m7g.large": { unit: "h", usd: { "us-east-1": 0.168 }, ...MARIADB },
  /** With the licence. */
  "rds.sqlserver-ex.db.t3.small": { unit: "h", usd: { "us-east-1": 0.041 }, ...SQL_SERVER },
  "rds.sqlserver-ex.db.t3.large": { unit: "h", usd: { "us-east-1": 0.162 }, ...SQL_SERVER },
  "rds.sqlserver-web.db.t3.large": { unit: "h", usd: { "us-east-1": 0.232 }, ...SQL_SERVER },
  "rds.sqlserver-se.db.m5.large": { unit: "h", usd: { "us-east-1": 0.977 }, ...SQL_SERVER },
  "rds.sqlserver-se.db.m5.xlarge": { unit: "h", usd: { "us-east-1": 1.224 }, ...SQL_SERVER },
  "rds.oracle-se2.license-included.db.t3.small": { unit: "h", usd: { "us-east-1": 0.075 }, ...ORACLE },
  "rds.oracle-se2.license-included.db.t3.large": { unit: "h", usd: { "us-east-1": 0.3 }, ...ORACLE },
  "rds.oracle-se2.license-included.db.m5.large": { unit: "h", usd: { "us-east-1": 0.477 }, ...ORACLE },
  "rds.oracle-se2.bring-your-own-license.db.t3.large": { unit: "h", usd: { "us-east-1": 0.136 }, ...ORACLE },
  "rds.oracle-se2.bring-your-own-license.db.m5.large": { unit: "h", usd: { "us-east-1": 0.171 }, ...ORACLE },
  "aurora.db.t4g.medium": { unit: "h", usd: { "us-east-1": 0.073 }, ...AURORA },
  "aurora.db.r6g.large": { unit: "h", usd: { "us-east-1": 0.26 }, ...AURORA },
  /** An Aurora capacity unit of a cluster that pays no I/O by use. */
  "aurora.acu.io-optimized": { unit: "ACU-h", usd: { "us-east-1": 0.156 }, ...AURORA },
  "redshift.ra3.xlplus": { unit: "h", usd: { "us-east-1": 1.086 }, ...REDSHIFT },
  "redshift.ra3.16xlarge": { unit: "h", usd: { "us-east-1": 13.04 }, ...REDSHIFT },
  "redshift.dc2.large": { unit: "h", usd: { "us-east-1": 0.25 }, ...REDSHIFT },
  "dynamodb.rcu": { unit: "h", usd: { "us-east-1": 0.00013, "eu-west-1": 0.000147 }, ...CAPACITY },
  "dynamodb.wcu": { unit: "h", usd: { "us-east-1": 0.00065, "eu-west-1": 0.000735 }, ...CAPACITY },
  "opensearch.t3.small.search": { unit: "h", usd: { "us-east-1": 0.036 }, ...SEARCH },
  "opensearch.t3.medium.search": { unit: "h", usd: { "us-east-1": 0.073 }, ...SEARCH },
  "opensearch.m6g.large.search": { unit: "h", usd: { "us-east-1": 0.128 }, ...SEARCH },
  "opensearch.r6g.large.search": { unit: "h", usd: { "us-east-1": 0.167 }, ...SEARCH },
  "elasticache.redis.cache.t4g.micro": { unit: "h", usd: { "us-east-1": 0.016 }, ...CACHE },
  "elasticache.redis.cache.t4g.small": { unit: "h", usd: { "us-east-1": 0.032 }, ...CACHE },
  "elasticache.redis.cache.t4g.medium": { unit: "h", usd: { "us-east-1": 0.065 }, ...CACHE },
  "elasticache.redis.cache.m7g.large": { unit: "h", usd: { "us-east-1": 0.158 }, ...CACHE },
  "elasticache.redis.cache.r7g.large": { unit: "h", usd: { "us-east-1": 0.219 }, ...CACHE },
} as const satisfies PriceTable;
