import { SEARCH_LEAST_VOLUME, SEARCH_LOCAL_DISKS, SEARCH_VOLUMES } from "../../../../facts/opensearch";
import { notKnown } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import { readFlag, type Resource, text } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { isSet, unlessWithin } from "../../../lib/settings/amounts";
import { refused } from "../../../lib/settings/refused";
import { familyOf, nodeTypeOf, SEARCH_DOMAINS } from "../../../lib/stores/search-domains";

const ENABLED = "ebsOptions.ebsEnabled";
const SIZE = "ebsOptions.volumeSize";

/** Left out, a domain has no volumes, which only nodes with disks of their own can do without. */
export const searchVolumeFitsNode = resourceRule({
  id: "search-volume-fits-node",
  title: "The nodes of a search domain have volumes as large as their type takes, and only where they need any",
  severity: "high",
  why: "OpenSearch refuses a node without storage, a volume above what its type takes, and a volume on nodes with disks of their own.",
  fix: `Set ${ENABLED} to true and ${SIZE} to at least ${SEARCH_LEAST_VOLUME.gib} GiB and at most what the type takes; leave both out for i3, i4i or im4gn.`,
  links: ["https://docs.aws.amazon.com/opensearch-service/latest/developerguide/limits.html"],
  frameworks: [],
  types: SEARCH_DOMAINS,
  check: (domain) => [refused(domain, findings(domain))],
});

function findings(domain: Resource): Finding[] {
  const type = text(nodeTypeOf(domain));
  if (type === undefined) return [notKnown("clusterConfig.instanceType")];
  const enabled = readFlag(domain, ENABLED, false);
  if (enabled === undefined) return [notKnown(ENABLED)];
  const local = SEARCH_LOCAL_DISKS.families.test(familyOf(type));
  if (local) return enabled ? [{ what: `${ENABLED} is on, and ${type} has disks of its own`, property: ENABLED }] : [];
  if (!enabled) return [{ what: `${ENABLED} is off, and ${type} has no disks of its own`, property: ENABLED }];
  if (!isSet(domain, SIZE)) return [{ what: `${ENABLED} is on and ${SIZE} is absent`, property: SIZE }];
  return unlessWithin(domain, SIZE, { least: SEARCH_LEAST_VOLUME.gib, most: mostOf(type) }, `GiB on ${type}`);
}

function mostOf(type: string): number {
  const [, size = ""] = type.split(".");
  const row = SEARCH_VOLUMES.find((volume) => volume.size === size && volume.families.test(familyOf(type)));
  return row?.most ?? Number.POSITIVE_INFINITY;
}
