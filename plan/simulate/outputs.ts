import { type Properties } from "../graph";
import { ALARM_RESOURCES } from "./alarms";
import { API_GATEWAY_RESOURCES } from "./api-gateway";
import { AWS_RESOURCES } from "./aws";
import { COGNITO_RESOURCES } from "./cognito";
import { DATA_RESOURCES } from "./data";
import { ECS_EC2_RESOURCES } from "./ecs-ec2";
import { EKS_RESOURCES } from "./eks";
import { hex, type Place, uuid } from "./identifiers";
import { KUBERNETES_RESOURCES } from "./kubernetes";
import { LAMBDA_RESOURCES } from "./lambda";
import { LOG_RESOURCES } from "./logs";
import { MESSAGING_RESOURCES } from "./messaging";
import { OBJECT_AND_QUEUE_RESOURCES } from "./object-and-queue";
import { RELATIONAL_RESOURCES } from "./relational";
import { type Simulate, type Simulated } from "./shapes";

/** Every type the simulation knows, of all providers. */
const RESOURCES: Readonly<Record<string, Simulate>> = {
  ...ALARM_RESOURCES,
  ...AWS_RESOURCES,
  ...ALARM_RESOURCES,
  ...COGNITO_RESOURCES,
  ...DATA_RESOURCES,
  ...ECS_EC2_RESOURCES,
  ...EKS_RESOURCES,
  ...KUBERNETES_RESOURCES,
  ...API_GATEWAY_RESOURCES,
  ...LAMBDA_RESOURCES,
  ...LOG_RESOURCES,
  ...OBJECT_AND_QUEUE_RESOURCES,
  ...MESSAGING_RESOURCES,
  ...RELATIONAL_RESOURCES,
};

const PROVIDER_PREFIX = "pulumi:providers:";

/**
 * What a resource answers with once it exists: what was asked for, and what AWS adds.
 * A type the simulation does not know gets an id and nothing else; what depends on its outputs is unknown in the plan, as in a preview.
 */
export function simulate(type: string, isCustom: boolean, inputs: Properties, place: Place): Simulated {
  if (!isCustom) return { id: "", outputs: {} };
  if (type.startsWith(PROVIDER_PREFIX)) return { id: uuid(place), outputs: inputs };
  const known = RESOURCES[type];
  if (!known) return { id: `${place.name}-${hex(place, 8)}`, outputs: inputs };
  const { id, outputs } = known(inputs, place);
  return { id, outputs: { ...inputs, ...outputs } };
}

/** Whether the simulation knows what AWS answers for a type. */
export function isSimulated(type: string): boolean {
  return type.startsWith(PROVIDER_PREFIX) || type in RESOURCES;
}
