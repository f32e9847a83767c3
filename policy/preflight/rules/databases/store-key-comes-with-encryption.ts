import { notKnown } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import { read, readFlag, type Resource, type Tri } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { isSet } from "../../../lib/settings/amounts";
import { isAmong } from "../../../lib/settings/conditions";
import { refused } from "../../../lib/settings/refused";
import { DB_CLUSTER, DB_MEMBER, isMadeFromAnother } from "../../../lib/stores/databases";
import { DB_INSTANCE, REPLICATION_GROUP, SERVERLESS_NAMESPACE, TABLE, WAREHOUSE } from "../../../lib/stores/store-rule";

/** A key, and the switch of what it encrypts. */
interface Pair {
  readonly key: string;
  readonly flag: string;
  /** What leaving the switch out means: on, off, or on where a property has this value. */
  readonly byDefault: boolean | { readonly property: string; readonly on: string };
}

const INSIGHTS: Pair = { key: "performanceInsightsKmsKeyId", flag: "performanceInsightsEnabled", byDefault: false };
const MASTER_SECRET: Pair = { key: "masterUserSecretKmsKeyId", flag: "manageMasterUserPassword", byDefault: false };
/** Only the first kind of serverless cluster is always encrypted. */
const STORAGE: Pair = { key: "kmsKeyId", flag: "storageEncrypted", byDefault: { property: "engineMode", on: "serverless" } };

/** Sources: the argument types of @pulumi/aws 7.48, and the API reference of each service (2026-11). */
const PAIRS: Readonly<Record<string, readonly Pair[]>> = {
  [DB_INSTANCE]: [STORAGE, INSIGHTS, MASTER_SECRET],
  [DB_CLUSTER]: [STORAGE, INSIGHTS, MASTER_SECRET],
  "aws:docdb/cluster:Cluster": [STORAGE],
  "aws:neptune/cluster:Cluster": [{ ...STORAGE, key: "kmsKeyArn" }],
  [DB_MEMBER]: [INSIGHTS],
  [WAREHOUSE]: [
    { key: "kmsKeyId", flag: "encrypted", byDefault: true },
    { key: "masterPasswordSecretKmsKeyId", flag: "manageMasterPassword", byDefault: false },
  ],
  [SERVERLESS_NAMESPACE]: [{ key: "adminPasswordSecretKmsKeyId", flag: "manageAdminPassword", byDefault: false }],
  // Valkey is always encrypted where nothing else is said.
  [REPLICATION_GROUP]: [{ key: "kmsKeyId", flag: "atRestEncryptionEnabled", byDefault: { property: "engine", on: "valkey" } }],
  [TABLE]: [{ key: "serverSideEncryption.kmsKeyArn", flag: "serverSideEncryption.enabled", byDefault: false }],
};

/** A replica or a restored database takes its encryption from where it comes from, so its storage is not asked. */
export const storeKeyComesWithEncryption = resourceRule({
  id: "store-key-comes-with-encryption",
  title: "A store that names a key also turns on what the key encrypts",
  severity: "high",
  why: "AWS refuses a key for what is not encrypted; what was meant to be encrypted then isn't made, or is made without by whoever drops the key.",
  fix: "Turn on the switch that belongs to the key: storageEncrypted, performanceInsightsEnabled or manageMasterUserPassword; or drop the key.",
  links: ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html"],
  frameworks: [],
  types: Object.keys(PAIRS),
  check: (store) => {
    const pairs = (PAIRS[store.type] ?? []).filter((pair) => pair !== STORAGE || !isMadeFromAnother(store));
    return [
      refused(
        store,
        pairs.flatMap((pair) => findings(store, pair)),
      ),
    ];
  },
});

function findings(store: Resource, { key, flag, byDefault }: Pair): Finding[] {
  if (!isSet(store, key)) return [];
  const isLeftOut = read(store, flag).state === "absent" && typeof byDefault !== "boolean";
  const on: Tri = isLeftOut ? isAmong(read(store, byDefault.property), [byDefault.on]) : readFlag(store, flag, byDefault === true);
  if (on === undefined) return [notKnown(isLeftOut ? byDefault.property : flag)];
  return on ? [] : [{ what: `${key} is set and ${flag} is off`, property: flag }];
}
