import { CloudControlClient } from "@aws-sdk/client-cloudcontrol";
import { ResourceGroupsTaggingAPIClient } from "@aws-sdk/client-resource-groups-tagging-api";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { type AwsAccess, awsAccess } from "../aws-access";
import { CLOUD_VARIABLE } from "../rehearse/cloud";
import { AwsSearch } from "./aws-search";
import { type CloudSearch } from "./cloud-search";
import { SimulatedSearch } from "./simulated-search";

/** Where an environment is: its section `strata:aws`. */
export interface AwsWhere {
  readonly region: string;
  readonly accountId: string;
  readonly assumeRole?: string | undefined;
}

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/** Credentials of a role, as the provider assumes it for the caller. */
export function assumed(region: string, role: string, caller: AwsAccess): () => Promise<Credentials> {
  return async () => {
    const { Credentials: given } = await new STSClient({ region, ...caller }).send(
      new AssumeRoleCommand({ RoleArn: role, RoleSessionName: "strata-recovery" }),
    );
    if (given?.AccessKeyId === undefined || given.SecretAccessKey === undefined) throw new Error(`${role}: STS gave no credentials`);
    return {
      accessKeyId: given.AccessKeyId,
      secretAccessKey: given.SecretAccessKey,
      ...(given.SessionToken !== undefined && { sessionToken: given.SessionToken }),
      ...(given.Expiration && { expiration: given.Expiration }),
    };
  };
}

/**
 * The cloud of an environment, to be searched: AWS with the caller's credentials, or those of the role that the environment names; in a rehearsal the
 * simulated cloud. Nothing is asked of it before there is something to look for.
 */
export function searchOf(
  { region, accountId, assumeRole }: AwsWhere,
  env: Readonly<Record<string, string | undefined>> = process.env,
): CloudSearch {
  const simulated = env[CLOUD_VARIABLE];
  if (simulated !== undefined) return new SimulatedSearch(simulated);
  const caller = awsAccess(env);
  const config = { region, ...(assumeRole === undefined ? caller : { credentials: assumed(region, assumeRole, caller) }) };
  const [tagging, control] = [new ResourceGroupsTaggingAPIClient(config), new CloudControlClient(config)];
  return new AwsSearch({ region, account: accountId, tagging, control });
}
