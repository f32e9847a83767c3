import { SEARCH_ZONES } from "../../../../facts/opensearch";
import { notKnown } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { unlessInZones, zonesNamed } from "../../../lib/network/in-zones";
import { read, readFlag, type StackResource } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";
import { amount, isSet, unlessOneOf } from "../../../lib/settings/amounts";
import { where } from "../../../lib/settings/conditions";
import { refused } from "../../../lib/settings/refused";
import { SEARCH_DOMAINS } from "../../../lib/stores/search-domains";

const AWARE = "clusterConfig.zoneAwarenessEnabled";
const ZONES = "clusterConfig.zoneAwarenessConfig.availabilityZoneCount";
const NODES = "clusterConfig.instanceCount";
const STANDBY = "clusterConfig.multiAzWithStandbyEnabled";
const SUBNETS = "vpcOptions.subnetIds[*]";

/** Looks at the whole stack, which has the subnets. Left out, a domain has one node in one zone; with zones, two of them. */
export const searchDomainSpreadsEvenly = stackRule({
  id: "search-domain-spreads-evenly",
  title: "A search domain has as many subnets as zones, and nodes enough for each",
  severity: "high",
  why: "OpenSearch wants one subnet a zone, an even number of nodes for two zones and three or more for three; it refuses the domain otherwise.",
  fix: `Set ${ZONES} to 2 or 3, vpcOptions.subnetIds to as many subnets in different zones, and ${NODES} to a multiple of it.`,
  links: ["https://docs.aws.amazon.com/opensearch-service/latest/developerguide/managedomains-multiaz.html"],
  frameworks: [],
  check: (stack) => stack.ofType(...SEARCH_DOMAINS).map((domain) => refused(domain, findings(domain, stack))),
});

function findings(domain: StackResource, stack: StackGraph): Finding[] {
  const aware = readFlag(domain, AWARE, false);
  if (aware === undefined) return [notKnown(AWARE)];
  if (!aware) return subnets(domain, stack, 1);
  const wrong = unlessOneOf(domain, ZONES, SEARCH_ZONES.counts);
  if (wrong.length > 0) return wrong;
  const zones = amount(read(domain, ZONES)) ?? SEARCH_ZONES.byDefault;
  return [...subnets(domain, stack, zones), ...nodes(domain, zones)];
}

function subnets(domain: StackResource, stack: StackGraph, zones: number): Finding[] {
  if (!isSet(domain, "vpcOptions")) return [];
  const { subnets: count } = zonesNamed(domain, SUBNETS, stack);
  const property = "vpcOptions";
  if (count === undefined) return [notKnown(property)];
  if (count > zones) return [{ what: `it has ${count} subnets and stands in ${zones} of their zones`, property }];
  return unlessInZones(domain, SUBNETS, stack, zones);
}

function nodes(domain: StackResource, zones: number): readonly Finding[] {
  const reading = read(domain, NODES);
  const count = reading.state === "absent" ? 1 : amount(reading);
  if (count === undefined) return [notKnown(NODES)];
  const standby = readFlag(domain, STANDBY, false);
  const uneven = `it has a standby, ${count} nodes and ${zones} zones; a standby needs a multiple of 3 in 3`;
  const ofStandby = where(standby, STANDBY, zones === 3 && count % 3 === 0 ? [] : [{ what: uneven, property: NODES }]);
  return standby === true && ofStandby.length > 0 ? ofStandby : [...ofStandby, ...tooFew(count, zones)];
}

function tooFew(count: number, zones: number): Finding[] {
  if (zones === 2 && count % 2 !== 0) return [{ what: `it has ${count} nodes in 2 zones, and an even number is needed`, property: NODES }];
  return count < zones ? [{ what: `it has ${count} nodes in ${zones} zones`, property: NODES }] : [];
}
