import { z } from "zod";
import { DURABLE_CONFIG, TO_STAY } from "../../../lib/durable";
import { notKnown, unlessOn } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import { readFlag, type StackResource } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";
import { BUCKETS } from "../../../lib/stores/buckets";
import * as stores from "../../../lib/stores/store-rule";

/** Types that AWS itself refuses to delete while a property says so. */
const DELETION_PROTECTION: Readonly<Record<string, string>> = {
  ...Object.fromEntries([...stores.DB_CLUSTERS, stores.DB_INSTANCE].map((type) => [type, "deletionProtection"])),
  [stores.TABLE]: "deletionProtectionEnabled",
};

/** Types that only Pulumi can keep from being deleted. */
const PROTECTED_BY_PULUMI = [
  ...BUCKETS,
  stores.REPLICATION_GROUP,
  stores.CACHE_CLUSTER,
  stores.SERVERLESS_CACHE,
  stores.MEMORYDB_CLUSTER,
  stores.KAFKA_CLUSTER,
  stores.SERVERLESS_KAFKA,
  stores.BROKER,
  stores.WAREHOUSE,
  stores.SERVERLESS_NAMESPACE,
  stores.SEARCH_DOMAIN,
  stores.FILE_SYSTEM,
];

const config = z.strictObject({
  ...DURABLE_CONFIG,
  protect: z.boolean().default(true).describe("False asks only for AWS's own protection, not for the option protect of Pulumi."),
});

/** Of durable environments, as long as nobody takes them down. */
export const storeHasDeletionProtection = stackRule({
  id: "store-has-deletion-protection",
  title: "Every durable store is protected from deletion",
  severity: "high",
  why: "A renamed resource, a changed property or a destroy of the wrong stack deletes a store within minutes; protection turns that into an error.",
  fix: "Set deletionProtection (deletionProtectionEnabled of a table), the resource option protect, and forceDestroy to false.",
  links: [
    "https://www.pulumi.com/docs/iac/concepts/resources/options/protect/",
    "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html",
  ],
  frameworks: [
    { name: "FSBP", id: "RDS.7" },
    { name: "FSBP", id: "RDS.8" },
    { name: "FSBP", id: "DynamoDB.6" },
    { name: "Checkov", id: "CKV_AWS_139" },
    { name: "Checkov", id: "CKV_AWS_293" },
    { name: "Checkov", id: "CKV2_AWS_58" },
    { name: "AwsSolutions", id: "RDS10" },
  ],
  config,
  check: (stack, { durable, protect }) =>
    stores.durableStoreVerdicts(
      stack,
      [
        {
          types: [...Object.keys(DELETION_PROTECTION), ...PROTECTED_BY_PULUMI],
          applies: stores.isOriginal,
          findings: (store) => findings(store, protect),
        },
      ],
      "can be deleted by a mistake",
      durable,
      TO_STAY,
    ),
});

function findings(store: StackResource, protect: boolean): Finding[] {
  const property = DELETION_PROTECTION[store.type];
  const own = property === undefined ? [] : unlessOn(store, property, false, `${property} is off`);
  const emptied = readFlag(store, "forceDestroy", false);
  return [
    ...own,
    ...(emptied === false ? [] : [emptied ? { what: "forceDestroy is on", property: "forceDestroy" } : notKnown("forceDestroy")]),
    ...(protect && store.protect !== true ? [{ what: "it has no resource option protect", property: "protect" }] : []),
  ];
}
