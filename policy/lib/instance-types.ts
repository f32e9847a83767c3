import type { InstanceService } from "../../facts/instance-generations";
import { read, readAll, type Reading, type Resource, text } from "./resource";
import * as stores from "./stores/store-rule";

/** Where a resource says which type of instance it runs on. */
interface Place {
  readonly service: InstanceService;
  /** Paths of the inputs. */
  readonly paths: readonly string[];
  /** What AWS takes where none of them is given. */
  readonly byDefault?: { readonly type: string; readonly unless: string };
}

const EC2 = "instanceType";
/** Source: the argument types of @pulumi/aws 7.48 (2026-11). */
const PLACES: Readonly<Record<string, Place>> = {
  "aws:ec2/instance:Instance": { service: "ec2", paths: [EC2] },
  "aws:ec2/launchTemplate:LaunchTemplate": { service: "ec2", paths: [EC2] },
  "aws:ec2/launchConfiguration:LaunchConfiguration": { service: "ec2", paths: [EC2] },
  "aws:ec2/spotInstanceRequest:SpotInstanceRequest": { service: "ec2", paths: [EC2] },
  "aws:autoscaling/group:Group": { service: "ec2", paths: ["mixedInstancesPolicy.launchTemplate.overrides[*].instanceType"] },
  "aws:eks/nodeGroup:NodeGroup": {
    service: "ec2",
    paths: ["instanceTypes[*]"],
    byDefault: { type: "t3.medium", unless: "launchTemplate" },
  },
  [stores.DB_INSTANCE]: { service: "rds", paths: ["instanceClass"] },
  "aws:rds/clusterInstance:ClusterInstance": { service: "rds", paths: ["instanceClass"] },
  "aws:rds/cluster:Cluster": { service: "rds", paths: ["dbClusterInstanceClass"] },
  [stores.REPLICATION_GROUP]: { service: "elasticache", paths: ["nodeType"] },
  [stores.CACHE_CLUSTER]: { service: "elasticache", paths: ["nodeType"] },
  [stores.KAFKA_CLUSTER]: { service: "msk", paths: ["brokerNodeGroupInfo.instanceType"] },
  [stores.BROKER]: { service: "mq", paths: ["hostInstanceType"] },
  [stores.SEARCH_DOMAIN]: { service: "opensearch", paths: ["clusterConfig.instanceType", "clusterConfig.dedicatedMasterType"] },
  [stores.WAREHOUSE]: { service: "redshift", paths: ["nodeType"] },
};

/** Everything that names a type of instance. */
export const INSTANCE_TYPED: readonly string[] = Object.keys(PLACES);

/** The types of instance a resource may run on. */
export interface InstanceTypes {
  readonly service: InstanceService;
  readonly property: string;
  /** Those that are known. */
  readonly types: readonly string[];
  /** One of them is not known yet. */
  readonly unknown: boolean;
}

/** What types of instance a resource names, or gets by default; none where another resource says it. */
export function instanceTypesOf(resource: Resource): InstanceTypes | undefined {
  const place = PLACES[resource.type];
  if (place === undefined) return undefined;
  const { service, paths, byDefault } = place;
  const readings: Reading[] = paths.flatMap((path) => readAll(resource, path));
  const property = (paths[0] ?? "").replace(/\[\*\].*/, "");
  if (readings.length === 0) {
    if (byDefault === undefined || read(resource, byDefault.unless).state !== "absent") return undefined;
    return { service, property, types: [byDefault.type], unknown: false };
  }
  const types = readings.flatMap((reading) => text(reading) ?? []);
  return { service, property, types: [...new Set(types)], unknown: types.length < readings.length };
}
