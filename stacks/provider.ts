import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** Where a stack may make something, and whose it is. */
export interface ProviderSettings {
  readonly environment: string;
  readonly region: string;
  readonly accountId: string;
  /** ARN of the role to assume. Default: the caller's own identity. */
  readonly assumeRole?: string | undefined;
  readonly owner: string;
  readonly costCentre: string;
  /** When all of it may go. Default: it stays. */
  readonly expires?: string | undefined;
}

/** The provider of everything in a stack: one account, one region, tags on all it makes. */
export function createProvider(settings: ProviderSettings): aws.Provider {
  const { environment, region, accountId, assumeRole, owner, costCentre, expires } = settings;
  return new aws.Provider("aws", {
    region,
    allowedAccountIds: [accountId],
    assumeRoles: assumeRole === undefined ? undefined : [{ roleArn: assumeRole, sessionName: `strata-${environment}` }],
    defaultTags: {
      tags: {
        environment,
        owner,
        "cost-centre": costCentre,
        "pulumi:project": pulumi.getProject(),
        "pulumi:stack": pulumi.getStack(),
        ...(expires !== undefined && { "strata:expires": expires }),
      },
    },
  });
}
