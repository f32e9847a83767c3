import { z } from "zod";

/** Neither quotes nor backslashes, because a role is told by an expression that quotes it. */
const groups = z.array(z.string().regex(/^[\w .:@/+-]+$/, { error: "is not a group; use letters, digits, spaces and . : @ / + - _" }));
const https = z.url({ protocol: /^https$/, error: "is not an https URL" });

const allowed = {
  admins: groups.default([]).describe("Groups whose members may do everything in Grafana. Default: none."),
  editors: groups.default([]).describe("Groups whose members may make dashboards of their own. Default: none."),
  viewers: groups.default([]).describe("Groups whose members may look. Default: none; with no group at all, everybody of `emailDomains`."),
  emailDomains: z
    .array(z.string().regex(/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/, { error: "is not a domain name; write it as example.com" }))
    .default([])
    .describe("Domains of the e-mail addresses that may sign in. Default: every one, for the members of the groups."),
};

const oidc = z
  .strictObject({
    kind: z.literal("oidc").describe("An issuer of OpenID Connect, such as Okta, Entra ID or Keycloak."),
    issuer: https.describe("Its issuer, as its tokens name it."),
    authorizationEndpoint: https.describe("Where people sign in."),
    tokenEndpoint: https.describe("Where a code is changed for a token."),
    userInfoEndpoint: https.describe("Where it says who somebody is."),
    clientId: z
      .string()
      .min(1)
      .describe("Id of its client for this Grafana; `/oauth2/idpresponse` and `<path>/login/generic_oauth` are its addresses."),
    clientSecret: z
      .string()
      .min(8, "is too short to be the secret of a client")
      .describe("Secret of that client; set it with `pulumi config set --secret --path`."),
    scopes: z
      .array(z.string().regex(/^[\w:./-]+$/))
      .default(["openid", "email", "profile"])
      .describe("What is asked for."),
    groupsClaim: z
      .string()
      .regex(/^[\w:./-]+$/, { error: "is not the name of a claim" })
      .default("groups")
      .describe("Claim that holds the groups of a person."),
    ...allowed,
  })
  .describe("Sign-in with an issuer of OpenID Connect.");

const identityCenter = z
  .strictObject({
    kind: z.literal("identity-center").describe("IAM Identity Center, through a Cognito user pool that this makes."),
    metadataUrl: https.describe("URL of the metadata of the SAML application that Identity Center has for this Grafana."),
    ...allowed,
  })
  .describe("Sign-in with IAM Identity Center; groups are named by their ids.");

/** `strata:visibility.grafana`: dashboards over metrics, logs and traces. */
export const GrafanaKey = z
  .strictObject({
    enabled: z.boolean().default(true).describe("False makes no Grafana."),
    from: z
      .enum(["vpc", "internet"])
      .default("vpc")
      .describe("vpc: only from inside, by who is let in. internet: behind the load balancer of the services, for who signs in."),
    path: z
      .string()
      .regex(/^\/[a-z0-9-]+$/, { error: "is not a path of one part; write it as /grafana" })
      .default("/grafana")
      .describe("Path on the domain of `strata:ingress`; it takes it before every service."),
    signIn: z
      .discriminatedUnion("kind", [oidc, identityCenter])
      .optional()
      .describe(
        "Who signs people in; goes with `from: internet`. Default: nobody but the administrator, whose password is in Secrets Manager.",
      ),
  })
  .prefault({})
  .describe("Dashboards over metrics, logs and traces.");

export type GrafanaConfig = z.output<typeof GrafanaKey>;
