/**
 * What a service team's own Pulumi project, and a team that builds a platform of its own, use of this package. Everything that is named here is
 * kept from release to release (docs/upgrades); what is not may change at any time.
 *
 * - `PlatformReference` reads a platform that runs and adds services to it.
 * - `Service` and the components are what the platform itself is made of, for a program that wants to put them together in its own way.
 */
export { PlatformReference, type ReferenceOptions } from "./stacks/reference";
export { type AddedService, type ServiceOverrides } from "./stacks/added-service";
export { OUTPUTS_VERSION, PlatformFacts, type StoreFacts } from "./stacks/outputs";
export { ConfigError, type Fault, UserError } from "./components/faults";
export { type PlatformContext } from "./components/platform-context";

export { Service, type ServiceArgs, type ServiceIds } from "./components/service/service";
export { Descriptor, type Target } from "./components/service/descriptor";
export { type Bindable, type Binding, type BoundAccess, type Consumer } from "./components/service/binding";
export { type Place, type PlaceRequest } from "./components/service/place";

export { Network, type NetworkArgs } from "./components/network/network";
export { type NetworkIds, type ServiceNetwork } from "./components/network/service-network";

export { EcsCluster, type EcsClusterArgs } from "./components/compute/ecs-cluster";
export { type TaskCluster, type TaskClusterIds } from "./components/compute/task-cluster";
export { EcsService, type EcsServiceArgs } from "./components/compute/ecs-service";
export { FargateJob, type FargateJobArgs } from "./components/compute/fargate-job";
export { EksCluster, type EksClusterArgs } from "./components/compute/eks-cluster";
export { LambdaFunction, type LambdaFunctionArgs } from "./components/compute/lambda-function";
export { HttpApi, type HttpApiArgs, type HttpApiIds } from "./components/compute/http-api";
export { LoadBalancer, type LoadBalancerArgs } from "./components/compute/load-balancer";
export { type HttpBalancer, type HttpBalancerIds } from "./components/compute/http-balancer";
export { EcsPlace } from "./components/compute/ecs-place";
export { EksPlace } from "./components/compute/eks-place";
export { FargatePlace } from "./components/compute/fargate-place";
export { JobPlace } from "./components/compute/job-place";
export { LambdaPlace } from "./components/compute/lambda-place";

export { AuroraCluster, type AuroraClusterArgs } from "./components/persistence/relational/aurora-cluster";
export { RdsInstance, type RdsInstanceArgs } from "./components/persistence/relational/rds-instance";
export { ServiceTable, type ServiceTableArgs, type ServiceTableIds } from "./components/persistence/table";
export { ServiceBucket, type ServiceBucketArgs, type ServiceBucketIds } from "./components/persistence/bucket";
export { ServiceQueue, type ServiceQueueArgs, type ServiceQueueIds } from "./components/persistence/queue";
export { ServiceSecret, type ServiceSecretArgs, type ServiceSecretIds } from "./components/persistence/secret";
export { Cache, type CacheArgs } from "./components/persistence/cache";
export { KafkaCluster, type KafkaClusterArgs } from "./components/persistence/kafka-cluster";
export { type KafkaClusterIds } from "./components/persistence/kafka-access";
export { MessageBroker, type MessageBrokerArgs } from "./components/persistence/message-broker";
export { Warehouse, type WarehouseArgs } from "./components/persistence/warehouse";
export { LayerKey, type LayerKeyArgs } from "./components/persistence/layer-key";
export { Backups, type BackupsArgs } from "./components/persistence/backups";

export { ServiceLogs, type ServiceLogsArgs } from "./components/visibility/service-logs";
export { ServiceAlarms, type ServiceAlarmsArgs } from "./components/visibility/alarms/service-alarms";
export { AlarmTopic, type AlarmTopicArgs } from "./components/visibility/alarm-topic";
