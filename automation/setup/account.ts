import { DescribeAddressesCommand, DescribeVpcsCommand, EC2Client, type Tag } from "@aws-sdk/client-ec2";
import {
  paginateListAWSDefaultServiceQuotas,
  paginateListServiceQuotas,
  type ServiceQuota,
  ServiceQuotasClient,
} from "@aws-sdk/client-service-quotas";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { type AwsAccess } from "../aws-access";
import { type Check, notChecked } from "./checks";
import { type QuotaNeed } from "./quotas";

/** The account that an environment is meant for. */
export interface Account {
  readonly accountId: string;
  readonly region: string;
  /** Role that the provider assumes. */
  readonly assumeRole?: string | undefined;
}

/** Whose resources are not somebody else's. */
export interface StackName {
  readonly project: string;
  readonly stack: string;
}

/** A hung network must not hang the doctor: nothing here is worth more than a few tries. */
const LIMITS = { maxAttempts: 2 };

const LOG_IN = "log in, for instance with aws sso login, or set AWS_PROFILE";

/** Whether the caller is who may deploy: the provider refuses every other account before it makes anything. */
export async function identityCheck({ accountId, region }: Account, access: AwsAccess = {}): Promise<Check> {
  const what = "AWS identity";
  try {
    const { Account: found = "", Arn: arn = "" } = await new STSClient({ region, ...LIMITS, ...access }).send(
      new GetCallerIdentityCommand({}),
    );
    if (found === accountId) return { what, verdict: "fine", found: `${arn} in ${region}` };
    return {
      what,
      verdict: "wrong",
      found: `account ${found} (${arn}), and the stack file has ${accountId}`,
      mend: `${LOG_IN}; or set strata:aws.accountId, or strata:aws.assumeRole to a role of that account`,
    };
  } catch (error) {
    const name = error instanceof Error ? error.name : "";
    const refused = /Expired|Invalid|Unrecognized|Credentials|AccessDenied|SignatureDoesNotMatch|AuthFailure/.test(name);
    if (!refused) return notChecked(what, error, "sts.<region>.amazonaws.com must be reachable");
    return { what, verdict: "wrong", found: error instanceof Error ? error.message : name, mend: LOG_IN };
  }
}

/** What others in the account use of a quota already; only what can be counted in one call. */
const IN_USE: Readonly<Record<string, (client: EC2Client) => Promise<readonly (readonly Tag[])[]>>> = {
  VPCs: async (client) => ((await client.send(new DescribeVpcsCommand({}))).Vpcs ?? []).map(({ Tags = [] }) => Tags),
  "Elastic IP addresses": async (client) =>
    ((await client.send(new DescribeAddressesCommand({}))).Addresses ?? []).map(({ Tags = [] }) => Tags),
};

function isOf({ project, stack }: StackName, tags: readonly Tag[]): boolean {
  const value = (key: string): string | undefined => tags.find(({ Key }) => Key === key)?.Value;
  return value("pulumi:project") === project && value("pulumi:stack") === stack;
}

/** Quotas of a service. */
interface ReadQuotas {
  readonly quotas: readonly ServiceQuota[];
  /** They are what AWS gives everybody: the account's own could not be read. */
  readonly byDefault: boolean;
}

async function quotasOf(client: ServiceQuotasClient, service: string): Promise<ReadQuotas> {
  const quotas: ServiceQuota[] = [];
  try {
    for await (const { Quotas = [] } of paginateListServiceQuotas({ client }, { ServiceCode: service })) quotas.push(...Quotas);
    return { quotas, byDefault: false };
  } catch {
    // The defaults need no right over the account; when they can't be read either, that is what is told.
    const defaults: ServiceQuota[] = [];
    for await (const { Quotas = [] } of paginateListAWSDefaultServiceQuotas({ client }, { ServiceCode: service })) defaults.push(...Quotas);
    return { quotas: defaults, byDefault: true };
  }
}

function verdictOn({ what, needs, quota: name }: QuotaNeed, { quotas, byDefault }: ReadQuotas, used: number | undefined): Check {
  const label = `quota of ${what}`;
  const quota = quotas.find(({ QuotaName = "" }) => name.test(QuotaName));
  if (quota?.Value === undefined) return notChecked(label, `needs ${needs}; Service Quotas names no such quota here`);
  const left = quota.Value - (used ?? 0);
  const limit = `${quota.Value}${byDefault ? " (AWS's default; the account's own could not be read)" : ""}`;
  const found = `needs ${needs} of ${limit}, ${used === undefined ? "how many are in use was not read" : `${used} in use by others`}`;
  if (needs <= left) return { what: label, verdict: "fine", found };
  return {
    what: label,
    verdict: "wrong",
    found,
    mend: `ask for more: Service Quotas, ${quota.ServiceName ?? ""}, "${quota.QuotaName ?? ""}"`,
  };
}

/** Whether the account leaves room for what a plan needs; each quota that cannot be read is said to be unread. */
export async function quotaChecks(
  needs: readonly QuotaNeed[],
  { region }: Account,
  stack: StackName,
  access: AwsAccess = {},
): Promise<readonly Check[]> {
  const [quotas, ec2] = [new ServiceQuotasClient({ region, ...LIMITS, ...access }), new EC2Client({ region, ...LIMITS, ...access })];
  const services = new Map([...new Set(needs.map(({ service }) => service))].map((service) => [service, quotasOf(quotas, service)]));
  // Each is awaited below, where what it throws is told; until then nobody listens.
  for (const read of services.values()) read.catch(() => undefined);
  return Promise.all(
    needs.map(async (need) => {
      try {
        const tags = await IN_USE[need.what]?.(ec2);
        const used = tags?.filter((one) => !isOf(stack, one)).length;
        return verdictOn(need, (await services.get(need.service)) ?? { quotas: [], byDefault: false }, used);
      } catch (error) {
        return notChecked(`quota of ${need.what}`, error, `it needs ${need.needs}`);
      }
    }),
  );
}
