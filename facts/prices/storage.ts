import { type PriceTable } from "./table";

const EBS = { source: "https://aws.amazon.com/ebs/pricing/", date: "2026-11" } as const;
const EBS_LIST = {
  source: "https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonEC2/current/index.json",
  date: "2026-10",
} as const;
const RDS = { source: "https://aws.amazon.com/rds/postgresql/pricing/", date: "2026-11" } as const;

const S3 = { source: "https://aws.amazon.com/s3/pricing/", date: "2026-11" } as const;
const BACKUP = { source: "https://aws.amazon.com/backup/pricing/", date: "2026-11" } as const;

/** Volumes, objects and backups. What is absent in eu-west-1 is unpriced there. */
export const STORAGE_PRICES = {
  "ebs.gp3": { unit: "GB-month", usd: { "us-east-1": 0.08, "eu-west-1": 0.088 }, ...EBS_LIST },
  /** Each of the IOPS above the 3,000 that a gp3 volume has. */
  "ebs.gp3.iops": { unit: "IOPS-month", usd: { "us-east-1": 0.005, "eu-west-1": 0.0055 }, ...EBS },
  /** Each MiB/s above the 125 that a gp3 volume has. */
  "ebs.gp3.throughput": { unit: "MiBps-month", usd: { "us-east-1": 0.04, "eu-west-1": 0.044 }, ...EBS },
  "ebs.gp2": { unit: "GB-month", usd: { "us-east-1": 0.1, "eu-west-1": 0.11 }, ...EBS },
  "ebs.io1": { unit: "GB-month", usd: { "us-east-1": 0.125 }, ...EBS },
  "ebs.io1.iops": { unit: "IOPS-month", usd: { "us-east-1": 0.065 }, ...EBS },
  "ebs.st1": { unit: "GB-month", usd: { "us-east-1": 0.045 }, ...EBS },
  "ebs.sc1": { unit: "GB-month", usd: { "us-east-1": 0.015 }, ...EBS },
  /** Of one copy: a Multi-AZ instance has two. */
  "rds.storage.gp3": { unit: "GB-month", usd: { "us-east-1": 0.115, "eu-west-1": 0.127 }, ...RDS },
  "rds.storage.gp2": { unit: "GB-month", usd: { "us-east-1": 0.115, "eu-west-1": 0.127 }, ...RDS },
  /** S3 Standard, first tier. */
  "s3.storage": { unit: "GB-month", usd: { "us-east-1": 0.023, "eu-west-1": 0.023 }, ...S3 },
  /** PUT, COPY, POST and LIST. */
  "s3.put": { unit: "million", usd: { "us-east-1": 5, "eu-west-1": 5 }, ...S3 },
  /** GET, SELECT and everything else. */
  "s3.get": { unit: "million", usd: { "us-east-1": 0.4, "eu-west-1": 0.4 }, ...S3 },
  /** Automated backups and snapshots beyond the size of the databases of a region. */
  "rds.backup": { unit: "GB-month", usd: { "us-east-1": 0.095 }, ...RDS },
  /** Recovery points of AWS Backup, warm. */
  "backup.rds": { unit: "GB-month", usd: { "us-east-1": 0.095, "us-west-2": 0.095 }, ...BACKUP },
  "backup.aurora": { unit: "GB-month", usd: { "us-east-1": 0.021, "us-west-2": 0.021 }, ...BACKUP },
  "backup.dynamodb": { unit: "GB-month", usd: { "us-east-1": 0.1, "us-west-2": 0.1 }, ...BACKUP },
  "backup.s3": { unit: "GB-month", usd: { "us-east-1": 0.05, "us-west-2": 0.05 }, ...BACKUP },
  "opensearch.gp3": {
    unit: "GB-month",
    usd: { "us-east-1": 0.122 },
    source: "https://aws.amazon.com/opensearch-service/pricing/",
    date: "2026-11",
  },
} as const satisfies PriceTable;
