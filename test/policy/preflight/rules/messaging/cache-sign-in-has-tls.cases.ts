import { SECRET, UNKNOWN } from "../../../../../policy/lib/resource";
import { cacheSignInHasTls as rule } from "../../../../../policy/preflight/rules/messaging/cache-sign-in-has-tls";
import { type RuleCases } from "../../../cases";
import { like } from "../../given";

const GROUP = "aws:elasticache/replicationGroup:ReplicationGroup";
const group = like(GROUP, { nodeType: "cache.m7g.large" });

export const cases: RuleCases = {
  rule,
  pass: {
    "with users and TLS": group({ userGroupIds: [UNKNOWN], transitEncryptionEnabled: true }),
    "with a token and TLS": group({ authToken: "correct-horse-battery", transitEncryptionEnabled: "true" }),
  },
  fail: {
    "with users and no TLS": {
      given: group({ userGroupIds: ["a"], transitEncryptionEnabled: false }),
      says: /userGroupIds is set and transitEncryptionEnabled is off/,
    },
    "with a token that is a secret and no TLS": {
      given: group({ authToken: SECRET, transitEncryptionEnabled: false }),
      says: /authToken is set and/,
    },
    "with both": { given: group({ authToken: SECRET, userGroupIds: ["a"], transitEncryptionEnabled: true }), says: /are both set/ },
    "with a token that is too short": { given: group({ authToken: "short", transitEncryptionEnabled: true }), says: /16 to 128/ },
  },
  absent: {
    "without either": { given: group({ userGroupIds: [] }), says: "nothing" },
    "with users alone": { given: group({ userGroupIds: ["a"] }), says: /transitEncryptionEnabled is off/ },
  },
  unknown: {
    "while nobody knows whether there are users": group({ userGroupIds: UNKNOWN }),
    "while nobody knows whether there are users beside a token": group({
      authToken: "correct-horse-battery",
      userGroupIds: UNKNOWN,
      transitEncryptionEnabled: true,
    }),
    "while TLS is not known": group({ userGroupIds: ["a"], transitEncryptionEnabled: UNKNOWN }),
    "while the token is a secret": group({ authToken: SECRET, transitEncryptionEnabled: true }),
  },
  mutations: {
    "a token is set beside the users": (stack) => stack.set(stack.one(GROUP), "authToken", SECRET),
  },
};
