import { REPLACEMENTS, replacingChanges } from ".";
import { type ReplacingProperty } from "./replacement";

type Inputs = Readonly<Record<string, unknown>>;

/** A change of one property: its value before and after, and all inputs after. A value that is not known is undefined. */
type Condition = (before: unknown, after: unknown, inputs: Inputs) => boolean;

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
}

/** Compares versions part by part; what follows the numbers does not count. */
function isBelow(version: unknown, other: unknown): boolean {
  const parts = (value: unknown): number[] => (String(value).match(/\d+/g) ?? []).map(Number);
  const [left, right] = [parts(version), parts(other)];
  for (let index = 0; index < Math.min(left.length, right.length); index++)
    if (left[index] !== right[index]) return (left[index] ?? 0) < (right[index] ?? 0);
  return false;
}

const goesDown: Condition = (before, after) => isGiven(before) && isGiven(after) && isBelow(after, before);
const isTakenAway: Condition = (before, after) => isGiven(before) && !isGiven(after);
const givenOneChanges: Condition = (before, after) => isGiven(before) && isGiven(after);
const fromValkeyToRedis: Condition = (before, after) => before === "valkey" && after === "redis";

/** Encryption of a domain can be turned on in place from this version. Source: UpdateDomainConfig in the OpenSearch API reference (2026-11). */
const ENCRYPTABLE_ELASTICSEARCH = "Elasticsearch_6.7";

const turnedOffOrOnTooEarly: Condition = (before, after, { engineVersion }) =>
  after === true ? String(engineVersion).startsWith("Elasticsearch") && isBelow(engineVersion, ENCRYPTABLE_ELASTICSEARCH) : before === true;

/** The `when` of facts about replacements as something that can be asked, by type and path. */
const CONDITIONS: Readonly<Record<string, Readonly<Record<string, Condition>>>> = {
  "aws:ec2/vpc:Vpc": { instanceTenancy: (_, after) => after === "dedicated" },
  "aws:ecs/service:Service": { capacityProviderStrategies: (_before, _after, { forceNewDeployment }) => forceNewDeployment !== true },
  "aws:eks/cluster:Cluster": { "computeConfig.nodeRoleArn": givenOneChanges, encryptionConfig: isTakenAway },
  "aws:elasticache/replicationGroup:ReplicationGroup": {
    engine: fromValkeyToRedis,
    engineVersion: goesDown,
    nodeGroupConfigurations: () => true,
  },
  "aws:elasticache/serverlessCache:ServerlessCache": { engine: fromValkeyToRedis, majorEngineVersion: goesDown },
  "aws:msk/cluster:Cluster": {
    "brokerNodeGroupInfo.instanceType": (before, after) => String(before).startsWith("express.") !== String(after).startsWith("express."),
    kafkaVersion: (before, after) =>
      goesDown(before, after, {}) || (isGiven(before) && !String(before).endsWith(".kraft") && String(after).endsWith(".kraft")),
  },
  "aws:msk/topic:Topic": { partitionCount: goesDown },
  "aws:opensearch/domain:Domain": {
    vpcOptions: (before, after) => isGiven(before) !== isGiven(after),
    "encryptAtRest.enabled": turnedOffOrOnTooEarly,
    "encryptAtRest.kmsKeyId": givenOneChanges,
    "nodeToNodeEncryption.enabled": turnedOffOrOnTooEarly,
    "advancedSecurityOptions.enabled": (before, after) => before === true && after !== true,
    engineVersion: goesDown,
  },
};

/** The first value at a path, looking into lists of one, as Terraform's blocks are in some places. */
function valueAt(value: unknown, [step, ...rest]: readonly string[]): unknown {
  if (step === undefined) return value;
  if (Array.isArray(value)) return valueAt(value[0], [step, ...rest]);
  if (typeof value !== "object" || value === null) return undefined;
  return valueAt((value as Inputs)[step], rest);
}

/** Whether every condition of the facts about a type can be asked. */
export function canAsk(type: string, path: string): boolean {
  return CONDITIONS[type]?.[path] !== undefined;
}

/**
 * The changed properties that do replace a resource, of those that may: what has a `when` only if that holds.
 * @param isKnown false for a value that stands for one that is not known yet; it meets no condition.
 */
export function replacing(
  type: string,
  before: Inputs,
  after: Inputs,
  isKnown: (value: unknown) => boolean = () => true,
): readonly ReplacingProperty[] {
  if (!REPLACEMENTS[type]) return [];
  return replacingChanges(type, before, after).filter(({ path, when }) => {
    if (when === undefined) return true;
    const [old, next] = [before, after].map((inputs) => valueAt(inputs, path.split(".")));
    return isKnown(old) && isKnown(next) && (CONDITIONS[type]?.[path]?.(old, next, after) ?? false);
  });
}
