import { CACHE_TOKEN } from "../../../../facts/elasticache";
import { notKnown } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import { elements, read, readFlag, type Resource, text, type Tri } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { isSet } from "../../../lib/settings/amounts";
import { where } from "../../../lib/settings/conditions";
import { refused } from "../../../lib/settings/refused";
import { REPLICATION_GROUP } from "../../../lib/stores/store-rule";

const TLS = "transitEncryptionEnabled";
const TOKENS = ["authToken", "authTokenWo"];
const GROUPS = "userGroupIds";

/** Of groups that clients sign in to; left out, TLS is off. */
export const cacheSignInHasTls = resourceRule({
  id: "cache-sign-in-has-tls",
  title: "A cache that clients sign in to encrypts on the way, and has either a token or users",
  severity: "high",
  why: "ElastiCache refuses a token or a user group without TLS, because they would be sent in the clear, and it refuses both at once.",
  fix: `Set ${TLS} to true, and one of ${GROUPS} and authToken; a token has 16 to 128 letters, digits and ! & # $ ^ < > -.`,
  links: ["https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption.html"],
  frameworks: [],
  types: [REPLICATION_GROUP],
  check: (group) => {
    const token = TOKENS.find((property) => isSet(group, property));
    const groups = read(group, GROUPS);
    const users = groups.state === "unknown" ? undefined : elements(groups).length > 0;
    if (token !== undefined) return [refused(group, findings(group, token, users))];
    return users === false ? [] : [refused(group, users === undefined ? [notKnown(GROUPS)] : findings(group, token, users))];
  },
});

function findings(group: Resource, token: string | undefined, users: Tri): Finding[] {
  const used = token ?? GROUPS;
  const tls = readFlag(group, TLS, false);
  return [
    ...(tls === undefined ? [notKnown(TLS)] : tls ? [] : [{ what: `${used} is set and ${TLS} is off`, property: TLS }]),
    ...(token === undefined ? [] : where(users, GROUPS, [{ what: `${token} and ${GROUPS} are both set`, property: token }])),
    ...(token === undefined ? [] : ofToken(group, token)),
  ];
}

/** A token that is a secret is not read: what it is for is checked all the same. */
function ofToken(group: Resource, property: string): Finding[] {
  const token = text(read(group, property));
  if (token === undefined) return [{ what: `${property} is not read or not known yet`, property, unknown: true }];
  const { least, most, pattern } = CACHE_TOKEN;
  return token.length >= least && token.length <= most && pattern.test(token)
    ? []
    : [{ what: `${property} is not ${least} to ${most} of the characters that are taken`, property }];
}
