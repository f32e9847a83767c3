import { z } from "zod";
import { unlessOn } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { isCustomerKey, unlessCustomerKey } from "../../../lib/keys";
import { not, read, readAll, type Reading, readPath, type StackResource, text, type Tri } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";
import { bucketParts, BUCKETS, holdsLogs } from "../../../lib/stores/buckets";
import * as stores from "../../../lib/stores/store-rule";

const DEFAULT_ENCRYPTION = "applyServerSideEncryptionByDefault";

/** Where a type says that it is encrypted, and with which key. */
interface Encryption {
  readonly types: readonly string[];
  /** Its switch; absent where AWS always encrypts. */
  readonly on?: { readonly property: string; readonly byDefault: (store: StackResource) => boolean };
  /** Its key; absent where AWS takes none but its own. */
  readonly key?: string;
}

const OFF = (): boolean => false;

/** Sources: the argument types of @pulumi/aws 7.48 and the user guide of each service, "encryption at rest" (2026-11). */
const ENCRYPTIONS: readonly Encryption[] = [
  {
    types: ["aws:rds/cluster:Cluster", "aws:docdb/cluster:Cluster", stores.DB_INSTANCE],
    on: { property: "storageEncrypted", byDefault: OFF },
    key: "kmsKeyId",
  },
  { types: ["aws:neptune/cluster:Cluster"], on: { property: "storageEncrypted", byDefault: OFF }, key: "kmsKeyArn" },
  // DynamoDB encrypts every table; the switch says that it takes another key than its own.
  { types: [stores.TABLE], key: "serverSideEncryption.kmsKeyArn" },
  {
    types: [stores.REPLICATION_GROUP],
    on: { property: "atRestEncryptionEnabled", byDefault: (cache) => text(read(cache, "engine")) === "valkey" },
    key: "kmsKeyId",
  },
  // A cache that is no replication group has no encryption at rest at all.
  { types: [stores.CACHE_CLUSTER], on: { property: "atRestEncryptionEnabled", byDefault: OFF } },
  { types: [stores.SERVERLESS_CACHE], key: "kmsKeyId" },
  { types: [stores.MEMORYDB_CLUSTER], key: "kmsKeyArn" },
  { types: [stores.KAFKA_CLUSTER], key: "encryptionInfo.encryptionAtRestKmsKeyArn" },
  { types: [stores.SERVERLESS_KAFKA] },
  { types: [stores.BROKER], key: "encryptionOptions.kmsKeyId" },
  { types: [stores.WAREHOUSE], on: { property: "encrypted", byDefault: () => true }, key: "kmsKeyId" },
  { types: [stores.SERVERLESS_NAMESPACE], key: "kmsKeyId" },
  { types: [stores.SEARCH_DOMAIN], on: { property: "encryptAtRest.enabled", byDefault: OFF }, key: "encryptAtRest.kmsKeyId" },
  { types: [stores.FILE_SYSTEM, "aws:ebs/volume:Volume"], on: { property: "encrypted", byDefault: OFF }, key: "kmsKeyId" },
  // Messages under way: SQS's own key is enough.
  { types: [stores.QUEUE], on: { property: "sqsManagedSseEnabled", byDefault: () => true } },
];

const config = z.strictObject({
  customerKey: z.boolean().default(true).describe("False takes a key of AWS for a customer key. Queues may always have SQS's own."),
});

/** A bucket that AWS delivers logs to is left out: load balancers write to none with a customer key, and S3 encrypts every object. */
export const storeIsEncrypted = stackRule({
  id: "store-is-encrypted",
  title: "Every store is encrypted with a customer key",
  severity: "high",
  why: "A disk, a snapshot or a copy that leaves its account in the clear is read by whoever gets it, and a key of AWS can be neither withheld, nor rotated at will, nor watched.",
  fix: "Turn encryption on and give the store a key of KMS that the stack makes. For most stores it can't be turned on later: restore a snapshot into an encrypted one.",
  links: ["https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/sec_protect_data_rest_encrypt.html"],
  frameworks: [
    { name: "FSBP", id: "EC2.3" },
    { name: "FSBP", id: "RDS.3" },
    { name: "FSBP", id: "RDS.27" },
    { name: "FSBP", id: "ElastiCache.4" },
    { name: "FSBP", id: "Redshift.10" },
    { name: "Checkov", id: "CKV_AWS_3" },
    { name: "Checkov", id: "CKV_AWS_16" },
    { name: "Checkov", id: "CKV_AWS_29" },
    { name: "Checkov", id: "CKV_AWS_96" },
    { name: "Checkov", id: "CKV_AWS_119" },
    { name: "Checkov", id: "CKV_AWS_142" },
    { name: "Checkov", id: "CKV_AWS_145" },
    { name: "Checkov", id: "CKV_AWS_189" },
    { name: "Checkov", id: "CKV_AWS_191" },
    { name: "Checkov", id: "CKV_AWS_209" },
    { name: "Checkov", id: "CKV_AWS_327" },
    { name: "FSBP", id: "SQS.1" },
    { name: "Checkov", id: "CKV_AWS_27" },
    { name: "AwsSolutions", id: "SQS2" },
    { name: "AwsSolutions", id: "EC26" },
    { name: "AwsSolutions", id: "RDS2" },
    { name: "AwsSolutions", id: "RS6" },
    { name: "AwsSolutions", id: "OS8" },
  ],
  config,
  check: (stack, { customerKey }) =>
    stores.storeVerdicts(
      stack,
      [
        ...ENCRYPTIONS.map((encryption) => ({
          types: encryption.types,
          applies: stores.isOriginal,
          findings: (store: StackResource) => findings(store, encryption, customerKey, stack),
        })),
        { types: BUCKETS, findings: (bucket, graph) => (customerKey ? bucketFindings(bucket, graph) : []) },
      ],
      "is not encrypted as it must be",
    ),
});

function findings(store: StackResource, { on, key }: Encryption, customerKey: boolean, graph: StackGraph): Finding[] {
  if (on !== undefined) {
    const source = stores.sourceOf(store);
    if (source !== undefined && read(store, on.property).state === "absent") return stores.asItsSource(source, "it is encrypted as");
    const given = store.type === stores.QUEUE && read(store, "kmsMasterKeyId").state !== "absent";
    const off = given ? [] : unlessOn(store, on.property, on.byDefault(store), "it is not encrypted at rest");
    if (off.length > 0) return off;
  }
  return key === undefined || !customerKey ? [] : unlessCustomerKey(store, key, graph);
}

function bucketFindings(bucket: StackResource, graph: StackGraph): Finding[] {
  const isData = not(holdsLogs(bucket, graph));
  if (isData === false) return [];
  const found = bucketKeyFindings(bucket, graph);
  if (isData === true || found.length === 0) return found;
  return [{ what: "whether it only holds logs is not known yet", property: "policy", unknown: true }];
}

function bucketKeyFindings(bucket: StackResource, graph: StackGraph): Finding[] {
  const property = "serverSideEncryptionConfiguration";
  const own = { holder: bucket, defaults: readAll(bucket, `${property}.rule.${DEFAULT_ENCRYPTION}`), path: property };
  const parts = bucketParts(bucket, graph, "BucketServerSideEncryptionConfiguration");
  const all = [own, ...parts.map((holder) => ({ holder, defaults: readAll(holder, `rules[*].${DEFAULT_ENCRYPTION}`), path: "rules" }))];
  const keys = all.flatMap(({ holder, defaults, path }) => defaults.map((encryption) => bucketKey(holder, path, encryption, graph)));
  if (keys.includes(true)) return [];
  if (keys.includes(undefined)) return [{ what: "its default encryption is not known yet", property, unknown: true }];
  return [{ what: "its objects are encrypted with a key of S3 or AWS by default, not with a customer key", property }];
}

function bucketKey(holder: StackResource, path: string, encryption: Reading, graph: StackGraph): Tri {
  if (encryption.state !== "known") return undefined;
  const algorithm = readPath(encryption.value, "sseAlgorithm");
  if (algorithm.state === "unknown") return undefined;
  if (!text(algorithm)?.startsWith("aws:kms")) return false;
  return isCustomerKey(holder, path, readPath(encryption.value, "kmsMasterKeyId"), graph);
}
