import { type Finding, judge } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { elements, every, not, read, some, type StackResource, text, type Tri } from "../../../lib/resource";
import { stackRule } from "../../../lib/rule";

const POOL = "aws:cognito/userPool:UserPool";
const CLIENT = "aws:cognito/userPoolClient:UserPoolClient";
const MFA = "mfaConfiguration";

/** A pool whose clients only take users of other identity providers has no passwords of its own: those providers ask for the factor. */
export const userPoolAsksSecondFactor = stackRule({
  id: "user-pool-asks-second-factor",
  title: "A user pool with passwords asks for a second factor",
  severity: "medium",
  why: "A password that was guessed, reused or phished is enough to be somebody else.",
  fix: `Set ${MFA} to ON with softwareTokenMfaConfiguration, or let the clients take only users of an identity provider that asks for one.`,
  links: ["https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa.html"],
  frameworks: [{ name: "AwsSolutions", id: "COG2" }],
  check: (stack) =>
    stack.ofType(POOL).map((pool) =>
      judge(pool, `${pool.name} asks for no second factor`, findings(pool), {
        given: isFederated(pool, stack),
        what: "whether its clients take its own users",
        property: "supportedIdentityProviders",
      }),
    ),
});

function findings(pool: StackResource): Finding[] {
  const mfa = read(pool, MFA);
  if (mfa.state === "unknown") return [{ what: `${MFA} is not known yet`, property: MFA, unknown: true }];
  const asked = text(mfa) ?? "OFF";
  return asked === "ON" ? [] : [{ what: `${MFA} is ${asked}`, property: MFA }];
}

function isFederated(pool: StackResource, stack: StackGraph): Tri {
  const clients = stack.referring(pool, "userPoolId", [CLIENT]);
  return clients.length > 0 && every(clients.map((client) => not(takesOwnUsers(client))));
}

/** A client takes the pool's own users when it says so, or says nothing. */
function takesOwnUsers(client: StackResource): Tri {
  const providers = elements(read(client, "supportedIdentityProviders"));
  if (providers.length === 0) return true;
  return some(providers.map((provider) => (provider.state === "unknown" ? undefined : text(provider) === "COGNITO")));
}
