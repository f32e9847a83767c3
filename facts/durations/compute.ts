import { type DurationTable, type Inputs, numberIn, partOf, textIn, took, waits } from "./duration";

const LAMBDA = "https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html";
const LAMBDA_VPC = "https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html";
const MAPPING = "https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html";
const ECS_SERVICE = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html";
const DRAINING = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html";
const EKS = "https://docs.aws.amazon.com/eks/latest/userguide/create-cluster.html";
const NODES = "https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html";
const ADDONS = "https://docs.aws.amazon.com/eks/latest/userguide/eks-add-ons.html";
const ASG = "https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-lifecycle.html";

/** Until tasks run, pass their health checks and are steady. */
const STEADY = 3;

/** ECS starts tasks of a service in steps of about this many. */
const TASKS_AT_ONCE = 20;

/** Until as many instances as asked for are in service. */
const IN_SERVICE = 1.5;

/** Until targets of a load balancer are let go: five minutes unless the target group says less. */
const DRAINED = 5;

/** A service that is waited for takes as long as its tasks; one without tasks is steady at once. */
function ecsService({ waitForSteadyState, desiredCount, loadBalancers, schedulingStrategy }: Inputs) {
  const tasks = schedulingStrategy === "DAEMON" ? 0 : numberIn(desiredCount, 1);
  const steady = waitForSteadyState === true && tasks > 0 ? STEADY + Math.floor(tasks / TASKS_AT_ONCE) : 0.1;
  const rolled = waitForSteadyState === true && tasks > 0 ? steady + 2 : 0.1;
  const balanced = Array.isArray(loadBalancers) && loadBalancers.length > 0 && tasks > 0;
  const gone = balanced ? DRAINED : tasks > 0 ? 1 : 0.2;
  return took(balanced ? DRAINING : ECS_SERVICE, [steady, steady > 1 ? steady * 3 : 0.5], rolled, gone);
}

function autoScalingGroup({ minSize, desiredCapacity, waitForCapacityTimeout, forceDelete }: Inputs) {
  const instances = numberIn(desiredCapacity, numberIn(minSize, 0));
  const waited = instances > 0 && !/^0[a-z]*$/.test(textIn(waitForCapacityTimeout));
  return took(ASG, waited ? [IN_SERVICE, 5] : 0.1, 0.1, forceDelete === true ? 0.5 : [2, 10]);
}

/** The first function of a pair of subnets and groups waits for a network interface. */
function lambda({ vpcConfig, packageType }: Inputs) {
  const inVpc = Array.isArray(partOf(vpcConfig)["subnetIds"]);
  const code = textIn(packageType) === "Image" ? 0.6 : 0.4;
  return took(inVpc ? LAMBDA_VPC : LAMBDA, inVpc ? [code + 0.6, 3] : code, inVpc ? 0.6 : 0.3, 0.1);
}

/** Consumers in a VPC make a network interface for each subnet first. */
function eventSourceMapping({ eventSourceArn, amazonManagedKafkaEventSourceConfig, queues }: Inputs) {
  const inVpc = amazonManagedKafkaEventSourceConfig !== undefined || queues !== undefined || /:(kafka|mq):/.test(textIn(eventSourceArn));
  return inVpc ? took(MAPPING, [2, 5], 1, 2) : took(MAPPING, 0.5, 0.5, 0.5);
}

/** CoreDNS is only there when its pods run, which takes nodes; others are when their manifests are. */
function addon({ addonName }: Inputs) {
  return took(ADDONS, textIn(addonName) === "coredns" ? [1.5, 20] : [0.7, 5], 1, 0.5);
}

/** EKS, ECS, instances and functions. */
export const COMPUTE_DURATIONS: DurationTable = {
  "aws:eks/cluster:Cluster": took(EKS, [10, 15], [8, 25], [3, 10]),
  "aws:eks/nodeGroup:NodeGroup": took(NODES, [2, 33], [10, 60], [4, 15]),
  "aws:eks/fargateProfile:FargateProfile": took("https://docs.aws.amazon.com/eks/latest/userguide/fargate-profile.html", 2, 0, 2),
  "aws:eks/addon:Addon": addon,
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": waits("eks/pod_identity_association", 0.05, 0.05, 0.05),
  "aws:eks/accessEntry:AccessEntry": waits("eks/access_entry", 0.05, 0.05, 0.05),
  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": waits("eks/access_policy_association", 0.05, 0.05, 0.05),
  "aws:ecs/cluster:Cluster": waits("ecs/cluster", 0.2, 0.2, 0.2),
  "aws:ecs/capacityProvider:CapacityProvider": waits("ecs/capacity_provider", 0.1, 0.3, 0.3),
  "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders": waits("ecs/cluster_capacity_providers", 0.3, 0.3, 0.3),
  "aws:ecs/taskDefinition:TaskDefinition": waits("ecs/task_definition", 0.02, 0.02, 0.02),
  "aws:ecs/service:Service": ecsService,
  "aws:autoscaling/group:Group": autoScalingGroup,
  "aws:ec2/launchTemplate:LaunchTemplate": waits("ec2/ec2_launch_template", 0.05, 0.05, 0.05),
  "aws:ec2/instance:Instance": took("https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-lifecycle.html", 0.5, 0.5, 1),
  "aws:lambda/function:Function": lambda,
  "aws:lambda/alias:Alias": waits("lambda/alias", 0.02, 0.02, 0.02),
  "aws:lambda/permission:Permission": waits("lambda/permission", 0.05, 0.05, 0.05),
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": waits("lambda/function_event_invoke_config", 0.05, 0.05, 0.05),
  "aws:lambda/eventSourceMapping:EventSourceMapping": eventSourceMapping,
  // As long as the function that is called; a first start in a VPC with a connection to a database counts.
  "aws:lambda/invocation:Invocation": took("https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html", 0.2, 0.2, 0.2),
  "aws:servicediscovery/httpNamespace:HttpNamespace": waits("servicediscovery/http_namespace", 0.3, 0.2, 0.3),
  "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace": waits("servicediscovery/private_dns_namespace", 1, 0.5, 1),
};
