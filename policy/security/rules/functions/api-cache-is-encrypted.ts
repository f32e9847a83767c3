import { unlessOn } from "../../../lib/expect";
import { judge } from "../../../lib/finding";
import { METHOD_SETTINGS } from "../../../lib/functions/apis";
import { readFlag } from "../../../lib/resource";
import { notEvaluated, pass, resourceRule, type Verdict } from "../../../lib/rule";

const CACHED = "settings.cachingEnabled";

/** Settings that cache nothing have no verdict. */
export const apiCacheIsEncrypted = resourceRule({
  id: "api-cache-is-encrypted",
  title: "Answers that a REST API caches are encrypted",
  severity: "medium",
  why: "A cached answer is data of a caller that lies on a disk of its own, outside every encrypted store it came from.",
  fix: "Set cacheDataEncrypted to true where cachingEnabled is.",
  links: ["https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html#apigateway-5"],
  frameworks: [
    { name: "FSBP", id: "APIGateway.5" },
    { name: "Checkov", id: "CKV_AWS_308" },
  ],
  types: [METHOD_SETTINGS],
  check: (settings): Verdict[] => {
    const cached = readFlag(settings, CACHED, false);
    if (cached === false) return [];
    const findings = unlessOn(settings, "settings.cacheDataEncrypted", false, "cacheDataEncrypted is off");
    if (findings.length === 0) return [pass(settings.urn)];
    if (cached === undefined) return [notEvaluated(settings.urn, "whether answers are cached is not known yet", CACHED)];
    return [judge(settings, `${settings.name} caches answers unencrypted`, findings)];
  },
});
