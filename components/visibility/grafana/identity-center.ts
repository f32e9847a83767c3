import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type OidcClient } from "../../compute/load-balancer";
import { isProtected, type PlatformContext } from "../../platform-context";
import { bend, type Transform } from "../../transform";

export interface IdentityCenterArgs {
  readonly context: PlatformContext;
  /** URL of the metadata of the SAML application that Identity Center has for this environment's Grafana. */
  readonly metadataUrl: string;
  /** Addresses that people come back to when they have signed in. */
  readonly callbackUrls: readonly string[];
  /** Address that they see when they have signed out. */
  readonly logoutUrl: string;
  readonly transform?: {
    readonly userPool?: Transform<aws.cognito.UserPoolArgs>;
    readonly provider?: Transform<aws.cognito.IdentityProviderArgs>;
    readonly client?: Transform<aws.cognito.UserPoolClientArgs>;
  };
}

const PROVIDER = "IdentityCenter";
const SCOPES = ["openid", "email", "profile"] as const;
/** Name of the claim that holds a person's groups: an attribute of one's own, which Cognito writes as one text. */
export const COGNITO_GROUPS = "custom:groups";

/**
 * Sign-in with IAM Identity Center. Identity Center signs people in to applications by SAML, which neither a load balancer nor the free Grafana
 * speaks; a Cognito user pool stands between, which takes SAML from it and is an OpenID Connect issuer to them (Cognito developer guide, "Adding
 * SAML user pool sign-in through a third party", 2026-11). Nobody has an account in the pool itself.
 *
 * The application is made by hand in Identity Center, which has no API for its SAML settings: its ACS URL and audience are the outputs
 * `acsUrl` and `audience`, its attributes `Subject` → `${user:email}`, `email` → `${user:email}`, `groups` → `${user:groups}`.
 *
 * Cost: the first 50 people a month who sign in by SAML are free, then 0.015 USD each (Amazon Cognito pricing, 2026-11).
 */
export class IdentityCenterSignIn extends pulumi.ComponentResource {
  public readonly client: OidcClient;
  /** What Identity Center has to be told as the application's ACS URL. */
  public readonly acsUrl: pulumi.Output<string>;
  /** What Identity Center has to be told as the application's SAML audience. */
  public readonly audience: pulumi.Output<string>;

  constructor(
    private readonly name: string,
    private readonly args: IdentityCenterArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("strata:visibility:IdentityCenterSignIn", name, {}, options);
    const pool = this.createUserPool();
    const domain = this.createDomain(pool);
    const provider = this.createProvider(pool);
    const client = this.createClient(pool, provider);
    this.client = this.describe(pool, domain, client);
    this.acsUrl = pulumi.interpolate`${this.baseUrl(domain)}/saml2/idpresponse`;
    this.audience = pulumi.interpolate`urn:amazon:cognito:sp:${pool.id}`;
    this.registerOutputs({ acsUrl: this.acsUrl, audience: this.audience });
  }

  private createUserPool(): aws.cognito.UserPool {
    return new aws.cognito.UserPool(
      ...bend<aws.cognito.UserPoolArgs>(
        this.args.transform?.userPool,
        this.name,
        {
          adminCreateUserConfig: { allowAdminCreateUserOnly: true },
          schemas: [
            // Cognito's longest: who is in many groups has a long list of their ids.
            {
              name: "groups",
              attributeDataType: "String",
              mutable: true,
              stringAttributeConstraints: { minLength: "0", maxLength: "2048" },
            },
          ],
          deletionProtection: isProtected(this.args.context) ? "ACTIVE" : "INACTIVE",
        },
        { parent: this },
      ),
    );
  }

  /** A part of the name of the sign-in page, which is one for all accounts of a region. */
  private createDomain(pool: aws.cognito.UserPool): aws.cognito.UserPoolDomain {
    const { environment, accountId } = this.args.context;
    return new aws.cognito.UserPoolDomain(
      this.name,
      { userPoolId: pool.id, domain: `strata-${environment}-${accountId}` },
      { parent: this },
    );
  }

  private createProvider(pool: aws.cognito.UserPool): aws.cognito.IdentityProvider {
    return new aws.cognito.IdentityProvider(
      ...bend<aws.cognito.IdentityProviderArgs>(
        this.args.transform?.provider,
        this.name,
        {
          userPoolId: pool.id,
          providerName: PROVIDER,
          providerType: "SAML",
          providerDetails: { MetadataURL: this.args.metadataUrl },
          attributeMapping: { email: "email", [COGNITO_GROUPS]: "groups" },
        },
        // Cognito adds what it read from the metadata.
        { parent: this, ignoreChanges: ["providerDetails.ActiveEncryptionCertificate", "providerDetails.SLORedirectBindingURI"] },
      ),
    );
  }

  private createClient(pool: aws.cognito.UserPool, provider: aws.cognito.IdentityProvider): aws.cognito.UserPoolClient {
    return new aws.cognito.UserPoolClient(
      ...bend<aws.cognito.UserPoolClientArgs>(
        this.args.transform?.client,
        this.name,
        {
          userPoolId: pool.id,
          generateSecret: true,
          allowedOauthFlowsUserPoolClient: true,
          allowedOauthFlows: ["code"],
          allowedOauthScopes: [...SCOPES],
          supportedIdentityProviders: [provider.providerName],
          callbackUrls: [...this.args.callbackUrls],
          logoutUrls: [this.args.logoutUrl],
          preventUserExistenceErrors: "ENABLED",
        },
        { parent: this },
      ),
    );
  }

  private baseUrl(domain: aws.cognito.UserPoolDomain): pulumi.Output<string> {
    return pulumi.interpolate`https://${domain.domain}.auth.${this.args.context.region}.amazoncognito.com`;
  }

  private describe(pool: aws.cognito.UserPool, domain: aws.cognito.UserPoolDomain, client: aws.cognito.UserPoolClient): OidcClient {
    const base = this.baseUrl(domain);
    return {
      issuer: pulumi.interpolate`https://cognito-idp.${this.args.context.region}.amazonaws.com/${pool.id}`,
      authorizationEndpoint: pulumi.interpolate`${base}/oauth2/authorize`,
      tokenEndpoint: pulumi.interpolate`${base}/oauth2/token`,
      userInfoEndpoint: pulumi.interpolate`${base}/oauth2/userInfo`,
      clientId: client.id,
      clientSecret: pulumi.secret(client.clientSecret),
      scopes: SCOPES,
    };
  }
}
