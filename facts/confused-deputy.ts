import { type Fact } from "./row";

const ECS = { source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html", date: "2026-11" } as const;
const EKS = { source: "https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html", date: "2026-11" } as const;
const RDS = {
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/cross-service-confused-deputy-prevention.html",
  date: "2026-11",
} as const;
const FIREHOSE = { source: "https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html", date: "2026-11" } as const;
const LOGS = { source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html", date: "2026-11" } as const;
const REDSHIFT = {
  source: "https://docs.aws.amazon.com/redshift/latest/mgmt/cross-service-confused-deputy-prevention.html",
  date: "2026-11",
} as const;
const SCHEDULER = {
  source: "https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html",
  date: "2026-11",
} as const;
const STATES = {
  source: "https://docs.aws.amazon.com/step-functions/latest/dg/procedure-create-iam-role.html#prevent-cross-service-confused-deputy",
  date: "2026-11",
} as const;
const EVENTS = {
  source: "https://docs.aws.amazon.com/eventbridge/latest/userguide/cross-service-confused-deputy-prevention.html",
  date: "2026-11",
} as const;
const FLOW_LOGS = { source: "https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html", date: "2026-11" } as const;
const CLOUDTRAIL = {
  source: "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cross-service-confused-deputy-prevention.html",
  date: "2026-11",
} as const;

/**
 * Services that say for whose resource they use a role (aws:SourceAccount, aws:SourceArn), and whose guide asks for a condition on it.
 * Left out are those that send no such key, as Amazon EC2, and those whose guides do without: Lambda, EKS for a cluster.
 */
export const SERVICES_THAT_SAY_FOR_WHOM: Readonly<Record<string, Fact>> = {
  "cloudtrail.amazonaws.com": CLOUDTRAIL,
  "ecs-tasks.amazonaws.com": ECS,
  "events.amazonaws.com": EVENTS,
  "firehose.amazonaws.com": FIREHOSE,
  "logs.amazonaws.com": LOGS,
  "monitoring.rds.amazonaws.com": RDS,
  "pods.eks.amazonaws.com": EKS,
  "redshift.amazonaws.com": REDSHIFT,
  "scheduler.amazonaws.com": SCHEDULER,
  "states.amazonaws.com": STATES,
  "vpc-flow-logs.amazonaws.com": FLOW_LOGS,
};
