import { type Limit } from "./row";

const QUOTAS = { source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html", date: "2026-11" } as const;

/** What IAM takes of names and policies. White space in a policy does not count. */
export const IAM_LIMITS = {
  /** Characters of the name of a role or a user. */
  roleName: { value: 64, unit: "count", adjustable: false, ...QUOTAS },
  /** Characters of the name of a policy, a group or an instance profile. */
  policyName: { value: 128, unit: "count", adjustable: false, ...QUOTAS },
  /** Characters of all policies that a role holds itself. */
  inlinePolicies: { value: 10_240, unit: "count", adjustable: false, ...QUOTAS },
  /** Characters of a managed policy. */
  managedPolicy: { value: 6_144, unit: "count", adjustable: false, ...QUOTAS },
  /** Managed policies of a role. */
  managedPerRole: { value: 10, unit: "count", adjustable: true, ...QUOTAS },
  /** The same, with the quota raised as far as AWS does. */
  managedPerRoleRaised: { value: 25, unit: "count", adjustable: false, ...QUOTAS },
  /** Characters that the provider puts behind a name prefix. */
  madeUpName: {
    value: 26,
    unit: "count",
    adjustable: false,
    source: "https://www.pulumi.com/registry/packages/aws/api-docs/iam/role/#nameprefix_nodejs",
    date: "2026-11",
  },
} as const satisfies Readonly<Record<string, Limit>>;
