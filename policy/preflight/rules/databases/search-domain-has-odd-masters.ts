import { SEARCH_MASTERS } from "../../../../facts/opensearch";
import type { Finding } from "../../../lib/finding";
import { readFlag, type Resource } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { unlessOneOf } from "../../../lib/settings/amounts";
import { unlessPresent, where } from "../../../lib/settings/conditions";
import { refused } from "../../../lib/settings/refused";
import { SEARCH_DOMAINS } from "../../../lib/stores/search-domains";

const ENABLED = "clusterConfig.dedicatedMasterEnabled";
const COUNT = "clusterConfig.dedicatedMasterCount";
const TYPE = "clusterConfig.dedicatedMasterType";

/** Left out, a domain has no dedicated masters: then nothing is said. */
export const searchDomainHasOddMasters = resourceRule({
  id: "search-domain-has-odd-masters",
  title: "A search domain with dedicated masters has three or five of them, and says of which type",
  severity: "medium",
  why: "Masters vote, so OpenSearch takes only three or five; another number, or none, is refused.",
  fix: `Set ${COUNT} to 3 and ${TYPE} to a type, or ${ENABLED} to false.`,
  links: ["https://docs.aws.amazon.com/opensearch-service/latest/developerguide/managedomains-dedicatedmasternodes.html"],
  frameworks: [],
  types: SEARCH_DOMAINS,
  check: (domain) => {
    const enabled = readFlag(domain, ENABLED, false);
    return enabled === false ? [] : [refused(domain, where(enabled, ENABLED, findings(domain)))];
  },
});

function findings(domain: Resource): Finding[] {
  const missing = [COUNT, TYPE].flatMap((property) => unlessPresent(domain, property, `${ENABLED} is on and ${property} is absent`));
  return [...missing, ...unlessOneOf(domain, COUNT, SEARCH_MASTERS.counts)];
}
