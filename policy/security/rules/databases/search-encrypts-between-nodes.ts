import { unlessOn } from "../../../lib/expect";
import { judge } from "../../../lib/finding";
import { resourceRule } from "../../../lib/rule";
import { SEARCH_DOMAINS } from "../../../lib/stores/store-rule";

export const searchEncryptsBetweenNodes = resourceRule({
  id: "search-encrypts-between-nodes",
  title: "Every search domain encrypts what its nodes say to each other",
  severity: "medium",
  why: "Every document crosses the network once for each copy; without it they do so in the clear, whatever the clients speak.",
  fix: "Set nodeToNodeEncryption.enabled to true; it can't be turned off again.",
  links: ["https://docs.aws.amazon.com/opensearch-service/latest/developerguide/ntn.html"],
  frameworks: [
    { name: "FSBP", id: "Opensearch.3" },
    { name: "FSBP", id: "ES.3" },
    { name: "Checkov", id: "CKV_AWS_6" },
    { name: "AwsSolutions", id: "OS2" },
  ],
  types: SEARCH_DOMAINS,
  check: (domain) => [
    judge(
      domain,
      `${domain.name} copies documents in the clear`,
      unlessOn(domain, "nodeToNodeEncryption.enabled", false, "nodeToNodeEncryption is off"),
    ),
  ],
});
