import { type AwsError } from "./aws-api";
import { type Cloud, type CloudResource } from "./cloud";
import { objectsIn } from "./existence";

/** Types that put a network interface into a subnet and security groups. */
const WITH_INTERFACES: readonly string[] = [
  "aws:ec2/instance:Instance",
  "aws:ec2/natGateway:NatGateway",
  "aws:ec2/networkInterface:NetworkInterface",
  "aws:ec2/vpcEndpoint:VpcEndpoint",
  "aws:ecs/service:Service",
  "aws:eks/cluster:Cluster",
  "aws:eks/nodeGroup:NodeGroup",
  "aws:elasticache/replicationGroup:ReplicationGroup",
  "aws:elasticache/serverlessCache:ServerlessCache",
  "aws:lambda/function:Function",
  "aws:lb/loadBalancer:LoadBalancer",
  "aws:mq/broker:Broker",
  "aws:msk/cluster:Cluster",
  "aws:opensearch/domain:Domain",
  "aws:rds/cluster:Cluster",
  "aws:rds/instance:Instance",
  "aws:redshift/cluster:Cluster",
  "aws:redshiftserverless/workgroup:Workgroup",
];

/** What keeps a type from being deleted. */
interface Hold {
  /** Types that hold it when their inputs name its id. */
  readonly by: readonly string[];
  readonly error: (id: string) => AwsError;
  /** Minutes for which the provider asks again before it gives up: its default timeout of a deletion, where it does. */
  readonly retriedMinutes: number;
}

/** Rows of what AWS refuses to delete. Source: the API references of the services, and internal/service of terraform-provider-aws (2026-11). */
const HOLDS: Readonly<Record<string, Hold>> = {
  "aws:ec2/vpc:Vpc": {
    by: ["aws:ec2/subnet:Subnet", "aws:ec2/securityGroup:SecurityGroup", "aws:ec2/internetGateway:InternetGateway", ...WITH_INTERFACES],
    error: (id) => ({
      status: 400,
      code: "DependencyViolation",
      message: `The vpc '${id}' has dependencies and cannot be deleted.`,
    }),
    retriedMinutes: 5,
  },
  "aws:ec2/subnet:Subnet": {
    by: WITH_INTERFACES,
    error: (id) => ({ status: 400, code: "DependencyViolation", message: `The subnet '${id}' has dependencies and cannot be deleted.` }),
    retriedMinutes: 20,
  },
  "aws:ec2/securityGroup:SecurityGroup": {
    by: ["aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"].concat(
      WITH_INTERFACES,
    ),
    error: (id) => ({ status: 400, code: "DependencyViolation", message: `resource ${id} has a dependent object` }),
    retriedMinutes: 15,
  },
  "aws:iam/role:Role": {
    by: ["aws:iam/rolePolicyAttachment:RolePolicyAttachment", "aws:iam/instanceProfile:InstanceProfile"],
    error: () => ({ status: 409, code: "DeleteConflict", message: "Cannot delete entity, must detach all policies first." }),
    retriedMinutes: 0,
  },
  "aws:ecs/cluster:Cluster": {
    by: ["aws:ecs/service:Service"],
    error: () => ({
      status: 400,
      code: "ClusterContainsServicesException",
      message: "The Cluster cannot be deleted while Services are active.",
    }),
    retriedMinutes: 10,
  },
  "aws:eks/cluster:Cluster": {
    by: ["aws:eks/nodeGroup:NodeGroup"],
    error: () => ({ status: 409, code: "ResourceInUseException", message: "Cluster has nodegroups attached" }),
    retriedMinutes: 0,
  },
  "aws:rds/cluster:Cluster": {
    by: ["aws:rds/clusterInstance:ClusterInstance"],
    error: () => ({
      status: 400,
      code: "InvalidDBClusterStateFault",
      message: "Cluster cannot be deleted, it still contains DB instances in non-deleting state.",
    }),
    retriedMinutes: 0,
  },
  "aws:rds/subnetGroup:SubnetGroup": {
    by: ["aws:rds/cluster:Cluster", "aws:rds/clusterInstance:ClusterInstance", "aws:rds/instance:Instance"],
    error: (id) => ({
      status: 400,
      code: "InvalidDBSubnetGroupStateFault",
      message: `Cannot delete the subnet group '${id}' because at least one database instance is still using it.`,
    }),
    retriedMinutes: 0,
  },
  "aws:lb/targetGroup:TargetGroup": {
    by: ["aws:lb/listener:Listener", "aws:lb/listenerRule:ListenerRule"],
    error: (id) => ({
      status: 400,
      code: "ResourceInUse",
      message: `Target group '${id}' is currently in use by a listener or a rule`,
    }),
    retriedMinutes: 5,
  },
};

/** Inputs that keep a type from being deleted while they are true or `ACTIVE`, and how AWS words it. Source: the API references of the services (2026-11). */
const PROTECTED: Readonly<Record<string, readonly [input: string, error: AwsError]>> = {
  "aws:cognito/userPool:UserPool": [
    "deletionProtection",
    {
      status: 400,
      code: "InvalidParameterException",
      message: "The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.",
    },
  ],
  "aws:dynamodb/table:Table": [
    "deletionProtectionEnabled",
    { status: 400, code: "ValidationException", message: "Resource cannot be deleted as it is currently protected against deletion." },
  ],
  "aws:eks/cluster:Cluster": [
    "deletionProtection",
    { status: 400, code: "InvalidRequestException", message: "Cluster cannot be deleted while deletion protection is enabled." },
  ],
  "aws:lb/loadBalancer:LoadBalancer": [
    "enableDeletionProtection",
    { status: 400, code: "OperationNotPermitted", message: "Load balancer cannot be deleted because deletion protection is enabled" },
  ],
  "aws:rds/cluster:Cluster": [
    "deletionProtection",
    {
      status: 400,
      code: "InvalidParameterCombination",
      message: "Cannot delete protected Cluster, please disable deletion protection and try again.",
    },
  ],
  "aws:rds/instance:Instance": [
    "deletionProtection",
    {
      status: 400,
      code: "InvalidParameterCombination",
      message: "Cannot delete protected DB Instance, please disable deletion protection and try again.",
    },
  ],
};

/** Why a resource can't be deleted yet, and for how long the provider asks again. */
export interface Held {
  readonly error: AwsError;
  readonly retriedMinutes: number;
}

function names({ inputs }: CloudResource, id: string): boolean {
  return JSON.stringify(inputs).includes(JSON.stringify(id));
}

/** The rules of a group are gone with it; those of another group that name it hold it. */
function isOwnRule({ inputs }: CloudResource, id: string): boolean {
  return inputs["securityGroupId"] === id && inputs["referencedSecurityGroupId"] !== id;
}

/** What keeps a resource from being deleted at a minute; undefined when nothing does. */
export function heldBy(cloud: Cloud, resource: CloudResource, minute: number): Held | undefined {
  const { type, id, contents = 0, inputs } = resource;
  const isFull = (): boolean => contents > 0 || objectsIn(resource, () => cloud.list()).length > 0;
  if (type === "aws:s3/bucket:Bucket" && inputs["forceDestroy"] !== true && isFull())
    return {
      error: { status: 409, code: "BucketNotEmpty", message: "The bucket you tried to delete is not empty" },
      retriedMinutes: 0,
    };
  const [input = "", refusal] = PROTECTED[type] ?? [];
  const isOn = [true, "ACTIVE"].some((on) => inputs[input] === on);
  if (refusal && isOn) return { error: refusal, retriedMinutes: 0 };
  const hold = HOLDS[type];
  if (!hold) return undefined;
  const holder = cloud
    .list(hold.by)
    .find((other) => (other.gone === undefined || other.gone > minute) && names(other, id) && !isOwnRule(other, id));
  return holder && { error: hold.error(id), retriedMinutes: hold.retriedMinutes };
}
