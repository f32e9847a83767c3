import { MULTI_AZ_CLUSTER_ENGINES, SINGLE_ZONE_EDITIONS } from "../../../../facts/rds-engines";
import { notKnown } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import { read, readFlag, type Resource, text } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { isSet } from "../../../lib/settings/amounts";
import { unlessPresent, where } from "../../../lib/settings/conditions";
import { refused } from "../../../lib/settings/refused";
import { DB_CLUSTER } from "../../../lib/stores/databases";
import { DB_INSTANCE } from "../../../lib/stores/store-rule";

const CLASS = "dbClusterInstanceClass";

/** Left out, an instance has no standby, and a cluster has the instances that the program gives it. */
export const multiAzIsPossible = resourceRule({
  id: "multi-az-is-possible",
  title: "A database with a standby in another zone is of an engine that has one, and names no zone of its own",
  severity: "high",
  why: "SQL Server Express has no standby, only MySQL and PostgreSQL come as a cluster of three, and a zone that is named leaves none for a standby.",
  fix: "Take another edition or turn multiAz off; leave availabilityZone out with multiAz; give a Multi-AZ cluster allocatedStorage and a storageType.",
  links: ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZ.html"],
  frameworks: [],
  types: [DB_INSTANCE, DB_CLUSTER],
  check: (database) => [refused(database, database.type === DB_CLUSTER ? ofCluster(database) : ofInstance(database))],
});

function ofInstance(instance: Resource): Finding[] {
  const multiAz = readFlag(instance, "multiAz", false);
  if (multiAz === false) return [];
  const engine = read(instance, "engine");
  const editions: readonly string[] = SINGLE_ZONE_EDITIONS.engines;
  const edition = editions.includes(text(engine) ?? "")
    ? [{ what: `multiAz is on, and ${text(engine)} has no standby`, property: "multiAz" }]
    : engine.state === "unknown"
      ? [notKnown("engine")]
      : [];
  const zone = isSet(instance, "availabilityZone")
    ? [{ what: "multiAz is on and availabilityZone is set", property: "availabilityZone" }]
    : [];
  const found = [...edition, ...zone];
  return multiAz === undefined && found.length > 0 ? [notKnown("multiAz")] : found;
}

function ofCluster(cluster: Resource): readonly Finding[] {
  const own = read(cluster, CLASS);
  if (own.state === "absent") return [];
  const engine = read(cluster, "engine");
  const engines: readonly string[] = MULTI_AZ_CLUSTER_ENGINES.engines;
  const name = text(engine);
  const kind =
    name === undefined
      ? [notKnown("engine")]
      : engines.includes(name)
        ? []
        : [{ what: `${CLASS} is set, and ${name} has no Multi-AZ cluster`, property: CLASS }];
  const missing = ["allocatedStorage", "storageType"].flatMap((property) =>
    unlessPresent(cluster, property, `${CLASS} is set and ${property} is absent`),
  );
  return where(own.state === "known" ? true : undefined, CLASS, [...kind, ...missing]);
}
