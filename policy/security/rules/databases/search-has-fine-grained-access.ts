import { unlessOff, unlessOn } from "../../../lib/expect";
import { judge } from "../../../lib/finding";
import { resourceRule } from "../../../lib/rule";
import { SEARCH_DOMAINS } from "../../../lib/stores/store-rule";

const OPTIONS = "advancedSecurityOptions";

export const searchHasFineGrainedAccess = resourceRule({
  id: "search-has-fine-grained-access",
  title: "Every search domain decides who reads which index",
  severity: "high",
  why: "Without it whoever may call the domain reads and deletes every index; what one service was let in for opens all the others.",
  fix: "Set advancedSecurityOptions.enabled to true with a role as the main user (masterUserArn), and leave anonymousAuthEnabled off.",
  links: ["https://docs.aws.amazon.com/opensearch-service/latest/developerguide/fgac.html"],
  frameworks: [
    { name: "FSBP", id: "Opensearch.7" },
    { name: "Checkov", id: "CKV2_AWS_52" },
  ],
  types: SEARCH_DOMAINS,
  check: (domain) => [
    judge(domain, `${domain.name} opens every index to all who may call it`, [
      ...unlessOn(domain, `${OPTIONS}.enabled`, false, `${OPTIONS} is off`),
      ...unlessOff(domain, `${OPTIONS}.anonymousAuthEnabled`, false, "anonymousAuthEnabled is on"),
    ]),
  ],
});
