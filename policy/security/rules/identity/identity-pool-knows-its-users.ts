import { unlessOff } from "../../../lib/expect";
import { judge } from "../../../lib/finding";
import { resourceRule } from "../../../lib/rule";

const PROPERTY = "allowUnauthenticatedIdentities";

export const identityPoolKnowsItsUsers = resourceRule({
  id: "identity-pool-knows-its-users",
  title: "An identity pool gives credentials only to users that signed in",
  severity: "high",
  why: "With guests allowed, whoever knows the id of the pool gets credentials of AWS, and it stands in every page that uses it.",
  fix: `Leave ${PROPERTY} out, or set it to false.`,
  links: ["https://docs.aws.amazon.com/cognito/latest/developerguide/identity-pools.html"],
  frameworks: [
    { name: "AwsSolutions", id: "COG7" },
    { name: "Checkov", id: "CKV_AWS_366" },
  ],
  types: ["aws:cognito/identityPool:IdentityPool"],
  check: (pool) => [judge(pool, `${pool.name} gives guests credentials`, unlessOff(pool, PROPERTY, false, `${PROPERTY} is on`))],
});
