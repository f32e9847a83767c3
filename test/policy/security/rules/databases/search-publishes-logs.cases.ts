import { searchPublishesLogs as rule } from "../../../../../policy/security/rules/databases/search-publishes-logs";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type RuleCases } from "../../../cases";
import { given } from "../given";
import { fineStores } from "./fine";

const DOMAIN = "aws:opensearch/domain:Domain";
const ALL = ["ES_APPLICATION_LOGS", "AUDIT_LOGS", "INDEX_SLOW_LOGS", "SEARCH_SLOW_LOGS"];

function publishing(...types: readonly string[]): { logType: string; cloudwatchLogGroupArn: string }[] {
  return types.map((logType) => ({ logType, cloudwatchLogGroupArn: UNKNOWN }));
}

export const cases: RuleCases = {
  rule,
  pass: {
    "with all of them": given(DOMAIN, { logPublishingOptions: publishing(...ALL) }),
    "with what the settings ask for": {
      given: given(DOMAIN, { logPublishingOptions: publishing("AUDIT_LOGS") }),
      config: { logTypes: ["AUDIT_LOGS"] },
    },
  },
  fail: {
    "with some": {
      given: given(DOMAIN, { logPublishingOptions: publishing("AUDIT_LOGS", "ES_APPLICATION_LOGS") }),
      says: /orders keeps logs to itself: logPublishingOptions lacks INDEX_SLOW_LOGS, SEARCH_SLOW_LOGS/,
    },
    "with one that is turned off": {
      given: given(DOMAIN, { logPublishingOptions: [...publishing(...ALL.slice(1)), { logType: "ES_APPLICATION_LOGS", enabled: false }] }),
      says: /lacks ES_APPLICATION_LOGS/,
    },
  },
  absent: { "without any": { given: given("aws:elasticsearch/domain:Domain"), says: /lacks ES_APPLICATION_LOGS, AUDIT_LOGS/ } },
  unknown: {
    "while the options are not known": given(DOMAIN, { logPublishingOptions: UNKNOWN }),
    "while one is not known": given(DOMAIN, { logPublishingOptions: [UNKNOWN, ...publishing(...ALL.slice(1))] }),
  },
  mutations: {
    "a search domain is added that does not say who read what": (stack) =>
      void fineStores(stack).search({ logPublishingOptions: publishing("ES_APPLICATION_LOGS", "INDEX_SLOW_LOGS", "SEARCH_SLOW_LOGS") }),
  },
};
