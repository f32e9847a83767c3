import type * as pulumi from "@pulumi/pulumi";
import { type OidcClient } from "../../compute/load-balancer";

/** What people may do in Grafana, from most to least. */
export const ROLES = ["Admin", "Editor", "Viewer"] as const;
export type Role = (typeof ROLES)[number];

/** Who may sign in, beside having an account with the issuer. */
export interface Allowed {
  /** Groups of the issuer by the role that being in one gives. Empty lists: everybody that `emailDomains` lets in is a Viewer. */
  readonly groups: Readonly<Record<Role, readonly string[]>>;
  /** Domains of e-mail addresses. Empty: every domain. */
  readonly emailDomains: readonly string[];
}

/** Who signs people in. */
export interface SignIn extends Allowed {
  /** Grafana as the issuer's client. It is the same client for the load balancer and for Grafana: two addresses to come back to. */
  readonly client: OidcClient;
  /** Name of the claim that holds a person's groups. */
  readonly groupsClaim: string;
}

/** Path below Grafana's own that the issuer sends who has signed in back to. */
export const GRAFANA_CALLBACK = "/login/generic_oauth";

/** A literal of JMESPath; groups have neither quotes nor backslashes. */
function literal(value: string): string {
  return `'${value}'`;
}

/**
 * The role of who signs in, as an expression of JMESPath over the claims. Without a role nobody gets in. `contains` finds a group in a list,
 * and in the text that Cognito makes of one.
 */
export function roleExpression({ groups, groupsClaim }: Pick<SignIn, "groups" | "groupsClaim">): string {
  const given = ROLES.flatMap((role) =>
    groups[role].map((group) => `contains("${groupsClaim}" || '', ${literal(group)}) && ${literal(role)}`),
  );
  return given.length > 0 ? given.join(" || ") : literal("Viewer");
}

/** Section `auth.generic_oauth` of grafana.ini. The secret is in a file. */
export function oauthSection(signIn: SignIn, secretFile: string): Record<string, pulumi.Input<string>> {
  const { client, emailDomains } = signIn;
  return {
    enabled: "true",
    name: "SSO",
    // Who got past the load balancer has a session with the issuer, and sees no second page.
    auto_login: "true",
    client_id: client.clientId,
    client_secret: `$__file{${secretFile}}`,
    auth_url: client.authorizationEndpoint,
    token_url: client.tokenEndpoint,
    api_url: client.userInfoEndpoint,
    scopes: client.scopes.join(" "),
    use_pkce: "true",
    allow_sign_up: "true",
    login_attribute_path: "email || preferred_username || sub",
    role_attribute_path: roleExpression(signIn),
    role_attribute_strict: "true",
    allow_assign_grafana_admin: "false",
    ...(emailDomains.length > 0 && { allowed_domains: emailDomains.join(" ") }),
  };
}
