import { apiCacheIsEncrypted as rule } from "../../../../../policy/security/rules/functions/api-cache-is-encrypted";
import { UNKNOWN } from "../../../../../policy/lib/resource";
import { type Given, type RuleCases } from "../../../cases";
import { type Input } from "../../../stack";
import { addRestApi, METHOD_SETTINGS } from "./functions";

const settings =
  (given: Input): Given =>
  (stack) =>
    stack.add(METHOD_SETTINGS, "live", { methodPath: "*/*", settings: given });

export const cases: RuleCases = {
  rule,
  pass: {
    "with an encrypted cache": settings({ cachingEnabled: true, cacheDataEncrypted: true }),
    "with a cache that may not be there": settings({ cachingEnabled: UNKNOWN, cacheDataEncrypted: true }),
  },
  fail: {
    "with an unencrypted cache": {
      given: settings({ cachingEnabled: true, cacheDataEncrypted: false }),
      says: /live caches answers unencrypted: cacheDataEncrypted is off/,
    },
    "with one said as texts": { given: settings({ cachingEnabled: "true", cacheDataEncrypted: "false" }), says: /unencrypted/ },
  },
  absent: {
    "with nothing said of a cache, which is not encrypted": { given: settings({ cachingEnabled: true }), says: /unencrypted/ },
    "without a cache": { given: settings({ cacheDataEncrypted: false }), says: "nothing" },
  },
  unknown: {
    "while it is not known whether there is a cache": settings({ cachingEnabled: UNKNOWN }),
    "while it is not known whether it is encrypted": settings({ cachingEnabled: true, cacheDataEncrypted: UNKNOWN }),
    "while the settings are not known": settings(UNKNOWN),
  },
  mutations: {
    "answers are cached in the clear": (stack) => addRestApi(stack, { settings: { cachingEnabled: true, cacheDataEncrypted: false } }),
  },
};
