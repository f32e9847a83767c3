import { type Fact } from "../row";

/** An order that AWS or Kubernetes requires although no property of the later resource shows it. */
export interface RequiredOrder extends Fact {
  /** Types of what must be there first. */
  readonly before: RegExp;
  /** Types of what is refused, or comes up broken, without it. */
  readonly after: RegExp;
  readonly why: string;
}

const AWS = "https://docs.aws.amazon.com";
const PROVIDER = "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources";
const KUBERNETES = "https://kubernetes.io/docs/concepts";

const SECURITY_RULES = /^aws:(vpc\/securityGroup(In|E)gressRule|ec2\/securityGroupRule):/;
const IAM_POLICIES = /^aws:iam\/(rolePolicy|rolePolicyAttachment|rolePoliciesExclusive|policyAttachment):/;
const PODS = /^kubernetes:(apps\/v1:(Deployment|StatefulSet|DaemonSet)|batch\/v1:Job|helm\.sh\/v3:Release)$/;
const PODS_OR_THEIR_SERVICE =
  /^kubernetes:(apps\/v1:(Deployment|StatefulSet|DaemonSet)|batch\/v1:Job|helm\.sh\/v3:Release|core\/v1:Service)$/;
const NODES = /^(aws:eks\/(nodeGroup|fargateProfile):|kubernetes:karpenter\.sh\/)/;

function order(before: RegExp, after: RegExp, why: string, source: string): RequiredOrder {
  return { before, after, why, source, date: "2026-11" };
}

/** Orders by what must be there first. An order that is in no row and carries no value is only a habit. */
export const REQUIRED_ORDERS: readonly RequiredOrder[] = [
  order(
    /^aws:ec2\/(natGateway|route|routeTableAssociation|vpcEndpoint):/,
    /^aws:(eks\/(nodeGroup|addon|fargateProfile)|ecs\/service|autoscaling\/group|lambda\/invocation|lambda\/eventSourceMapping):/,
    "instances, tasks and functions pull images and join their cluster over it as they start",
    `${AWS}/eks/latest/userguide/network-reqs.html`,
  ),
  order(
    /^aws:ec2\/(natGateway|route|routeTableAssociation|vpcEndpoint):/,
    /^kubernetes:(karpenter\.sh\/|apps\/|batch\/|helm\.sh\/|core\/v1:Service$)/,
    "nodes pull images and join their cluster over it as they start",
    `${AWS}/eks/latest/userguide/network-reqs.html`,
  ),
  order(
    /^aws:ec2\/(internetGateway|internetGatewayAttachment):/,
    /^aws:(ec2\/(eip|natGateway)|lb\/loadBalancer):/,
    "an address and what faces the internet want a gateway in their VPC",
    `${PROVIDER}/nat_gateway`,
  ),
  order(
    IAM_POLICIES,
    /^aws:(eks\/|lambda\/(function|invocation|eventSourceMapping)|ecs\/service|scheduler\/|kinesis\/firehose|cloudwatch\/log|secretsmanager\/secretRotation|autoscaling\/|backup\/|opensearch\/|redshift|sfn\/)/,
    "the permissions of a role are used or checked when what assumes it is made",
    `${PROVIDER}/eks_cluster`,
  ),
  order(IAM_POLICIES, PODS_OR_THEIR_SERVICE, "pods call AWS as they start", `${AWS}/eks/latest/userguide/pod-identities.html`),
  order(
    SECURITY_RULES,
    /^aws:(ecs\/service|lambda\/(invocation|eventSourceMapping)|autoscaling\/group|eks\/nodeGroup):/,
    "tasks pull their image, pass health checks and reach their store through it; without, they fail and the service is rolled back",
    `${AWS}/AmazonECS/latest/developerguide/deployment-circuit-breaker.html`,
  ),
  order(
    SECURITY_RULES,
    PODS_OR_THEIR_SERVICE,
    "pods reach what they need through it as they start",
    `${AWS}/eks/latest/userguide/security-groups-for-pods.html`,
  ),
  order(
    /^aws:cloudwatch\/logGroup:/,
    /^aws:(eks\/cluster|redshiftserverless\/namespace|redshift\/cluster|rds\/(instance|cluster)|lambda\/(function|invocation)|mq\/broker|opensearch\/domain|ecs\/service):/,
    "the service makes the group itself if it is not there, without a key and for ever, and then ours is refused",
    `${PROVIDER}/eks_cluster#enabling-control-plane-logging`,
  ),
  order(
    /^aws:cloudwatch\/logResourcePolicy:/,
    /^aws:(mq\/broker|opensearch\/domain|route53\/queryLog):/,
    "it is refused while it may not write its logs",
    `${AWS}/amazon-mq/latest/developer-guide/security-logging-monitoring-configure-cloudwatch.html`,
  ),
  order(
    /^aws:s3\/bucketPolicy:/,
    /^aws:(lb\/loadBalancer|ec2\/flowLog|kinesis\/firehose|cloudfront\/|redshift|msk\/)/,
    "AWS writes a trial object when access logs are turned on",
    `${AWS}/elasticloadbalancing/latest/application/enable-access-logging.html`,
  ),
  order(
    /^aws:s3\/bucketPublicAccessBlock:/,
    /^aws:s3\/bucketPolicy:/,
    "S3 refuses two changes of what may be done with a bucket at once",
    `${AWS}/AmazonS3/latest/API/ErrorResponses.html`,
  ),
  order(
    /^aws:s3\/bucketPolicy:/,
    /^aws:s3\/bucketNotification:/,
    "S3 refuses two changes of a bucket at once",
    `${AWS}/AmazonS3/latest/API/ErrorResponses.html`,
  ),
  order(
    /^aws:s3\/bucketVersioning:/,
    /^aws:s3\/(bucketLifecycleConfiguration|bucketReplicationConfig):/,
    "rules about versions want versions",
    `${PROVIDER}/s3_bucket_lifecycle_configuration`,
  ),
  order(
    /^aws:(sqs\/queuePolicy|sns\/topicPolicy|lambda\/permission):/,
    /^aws:(s3\/bucketNotification|secretsmanager\/secretRotation|cognito\/|cloudwatch\/(eventTarget|logSubscriptionFilter)|sns\/topicSubscription):/,
    "it is tried, and refused, when the sender is made",
    `${AWS}/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html`,
  ),
  order(
    /^aws:secretsmanager\/secretVersion:/,
    /^aws:ecs\/service:/,
    "a task whose secret has no value yet does not start",
    `${AWS}/AmazonECS/latest/developerguide/resource-initialization-error.html`,
  ),
  order(
    /^aws:secretsmanager\/secretVersion:/,
    PODS,
    "the container reads it as it starts",
    `${AWS}/eks/latest/userguide/manage-secrets.html`,
  ),
  order(
    /^aws:lb\/(listener|listenerRule):/,
    /^aws:ecs\/service:/,
    "ECS refuses a target group that no load balancer sends to",
    `${PROVIDER}/ecs_service`,
  ),
  order(
    /^aws:ecs\/clusterCapacityProviders:/,
    /^aws:(ecs\/service|scheduler\/schedule):/,
    "ECS refuses a capacity provider that the cluster does not have",
    `${PROVIDER}/ecs_cluster_capacity_providers`,
  ),
  order(
    /^aws:ecs\/accountSettingDefault:/,
    /^aws:autoscaling\/group:/,
    "an instance keeps the setting that held when it registered",
    `${AWS}/AmazonECS/latest/developerguide/container-instance-eni.html`,
  ),
  order(
    /^aws:kms\/grant:/,
    /^aws:autoscaling\/group:/,
    "instances with encrypted volumes end at once while the group may not use the key",
    `${AWS}/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html`,
  ),
  order(NODES, /^aws:eks\/addon:/, "the pods of an add-on want nodes, or it ends degraded", `${AWS}/eks/latest/userguide/eks-add-ons.html`),
  order(NODES, PODS_OR_THEIR_SERVICE, "pods want nodes", `${KUBERNETES}/scheduling-eviction/kube-scheduler/`),
  order(
    /^aws:eks\/podIdentityAssociation:/,
    PODS_OR_THEIR_SERVICE,
    "a pod gets its identity as it is admitted",
    `${AWS}/eks/latest/userguide/pod-id-association.html`,
  ),
  order(
    /^kubernetes:core\/v1:Namespace$/,
    /^kubernetes:/,
    "an object wants its namespace",
    `${KUBERNETES}/overview/working-with-objects/namespaces/`,
  ),
  order(
    /^kubernetes:(core\/v1:(ServiceAccount|ConfigMap|Secret|PersistentVolumeClaim)|scheduling\.k8s\.io\/|storage\.k8s\.io\/|vpcresources\.k8s\.aws\/|networking\.k8s\.io\/v1:NetworkPolicy|(eks\.amazonaws\.com|elbv2\.k8s\.aws)\/)/,
    PODS_OR_THEIR_SERVICE,
    "it decides about a pod as the pod is admitted or starts",
    `${KUBERNETES}/workloads/pods/`,
  ),
  order(
    /^aws:rds\/(instance|clusterInstance|proxyTarget|proxyDefaultTargetGroup):/,
    /^aws:(lambda\/invocation|rds\/proxyTarget):/,
    "the function logs in to make users, which wants a server that answers",
    `${AWS}/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.DBAccounts.html`,
  ),
  order(
    /^aws:(lambda\/invocation|elasticache\/userGroupAssociation|msk\/(topic|scramSecretAssociation)):/,
    /^aws:(ecs\/service|lambda\/eventSourceMapping):/,
    "without its user, topic or login a task fails and the service is rolled back",
    `${AWS}/AmazonECS/latest/developerguide/deployment-circuit-breaker.html`,
  ),
  order(
    /^aws:(lambda\/invocation|elasticache\/userGroupAssociation|msk\/(topic|scramSecretAssociation)):/,
    PODS_OR_THEIR_SERVICE,
    "without its user, topic or login a pod never gets ready",
    `${KUBERNETES}/workloads/controllers/deployment/#failed-deployment`,
  ),
  order(
    /^aws:lambda\/invocation:/,
    /^aws:secretsmanager\/secretRotation:/,
    "a rotation before the user is there fails, and is tried again for a day",
    `${AWS}/secretsmanager/latest/userguide/troubleshoot_rotation.html`,
  ),
];

const KNOWN = new Map<string, Map<string, RequiredOrder | undefined>>();

/** The row that requires one type of resource before another; undefined when none does. Remembered: there are far fewer pairs of types than of resources. */
export function requiredOrder(before: string, after: string): RequiredOrder | undefined {
  const known = KNOWN.get(before) ?? new Map<string, RequiredOrder | undefined>();
  KNOWN.set(before, known);
  if (!known.has(after))
    known.set(
      after,
      REQUIRED_ORDERS.find((row) => row.before.test(before) && row.after.test(after)),
    );
  return known.get(after);
}
