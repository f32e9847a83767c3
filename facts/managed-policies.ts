import { type Fact } from "./row";

const EKS = { source: "https://docs.aws.amazon.com/eks/latest/userguide/security-iam-awsmanpol.html", date: "2026-11" } as const;
const BACKUP = { source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/iam-service-roles.html", date: "2026-11" } as const;
const ECR = { source: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/security-iam-awsmanpol.html", date: "2026-11" } as const;
const SSM = {
  source: "https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-instance-permissions.html",
  date: "2026-11",
} as const;
const CLOUDWATCH = {
  source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/create-iam-roles-for-use-with-cloudwatch-agent.html",
  date: "2026-11",
} as const;
const XRAY = { source: "https://docs.aws.amazon.com/xray/latest/devguide/security_iam_service-with-iam.html", date: "2026-11" } as const;

/**
 * Policies of AWS that a service asks for on the role it works with, besides those below `service-role/`: their actions change with the
 * service. By what follows `policy/` in the ARN.
 */
export const POLICIES_AWS_ASKS_FOR: Readonly<Record<string, Fact>> = {
  AmazonEKSBlockStoragePolicy: EKS,
  AmazonEKSClusterPolicy: EKS,
  AmazonEKSComputePolicy: EKS,
  AmazonEKSFargatePodExecutionRolePolicy: EKS,
  AmazonEKSLoadBalancingPolicy: EKS,
  AmazonEKSNetworkingPolicy: EKS,
  AmazonEKSServicePolicy: EKS,
  AmazonEKSVPCResourceController: EKS,
  AmazonEKSWorkerNodeMinimalPolicy: EKS,
  AmazonEKSWorkerNodePolicy: EKS,
  AmazonEKS_CNI_Policy: EKS,
  AWSBackupServiceRolePolicyForS3Backup: BACKUP,
  AWSBackupServiceRolePolicyForS3Restore: BACKUP,
  AmazonEC2ContainerRegistryPullOnly: ECR,
  AmazonEC2ContainerRegistryReadOnly: ECR,
  AmazonSSMManagedInstanceCore: SSM,
  CloudWatchAgentServerPolicy: CLOUDWATCH,
  AWSXRayDaemonWriteAccess: XRAY,
};
