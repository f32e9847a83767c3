import { type Fact } from "./row";

/** Names of administrators that everybody tries first, in lower case: those AWS proposes, and those of the engines themselves. */
export const COMMON_ADMINISTRATORS = {
  names: [
    "admin",
    "administrator",
    "awsuser",
    "dbadmin",
    "docdbadmin",
    "mariadb",
    "master",
    "mysql",
    "oracle",
    "postgres",
    "root",
    "sa",
    "sqladmin",
    "sysadmin",
    "user",
  ],
  source: "AWS Security Hub user guide, controls RDS.24, RDS.25, Redshift.8 and RedshiftServerless.5; the defaults of each engine",
  date: "2026-11",
} as const satisfies Fact & { readonly names: readonly string[] };

/** What a warehouse is called where nobody names it, and who its administrator is. */
export const WAREHOUSE_DEFAULTS = {
  database: "dev",
  serverlessAdministrator: "admin",
  source: "Amazon Redshift API reference, CreateCluster, and Redshift Serverless API reference, CreateNamespace",
  date: "2026-11",
} as const satisfies Fact & Record<string, string>;

/** Certificate authorities of RDS and DocumentDB that have expired. */
export const EXPIRED_AUTHORITIES = {
  names: ["rds-ca-2010", "rds-ca-2015", "rds-ca-2019"],
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL-certificate-rotation.html",
  date: "2026-11",
} as const satisfies Fact & { readonly names: readonly string[] };
