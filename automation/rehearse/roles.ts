import { type Properties } from "../../plan/graph";
import { type AwsError } from "./aws-api";
import { type Cloud } from "./cloud";

const SECONDS_PER_MINUTE = 60;
const ROLE = /arn:[a-z-]+:iam::\d{12}:role\/(?:[^"\\/]+\/)*([\w+=,.@-]+)/g;

/** Types whose service tries to assume a role while it makes them. Source: the API references of the services (2026-11). */
const ASSUMING: Readonly<Record<string, AwsError>> = {
  "aws:lambda/function:Function": {
    status: 400,
    code: "InvalidParameterValueException",
    message: "The role defined for the function cannot be assumed by Lambda.",
  },
  "aws:eks/cluster:Cluster": {
    status: 400,
    code: "InvalidParameterException",
    message: "The cluster's role cannot be assumed. The trust relationship policy document should allow sts:AssumeRole.",
  },
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": {
    status: 400,
    code: "InvalidArgumentException",
    message: "Firehose is unable to assume role. Please check the role provided.",
  },
  "aws:ecs/service:Service": {
    status: 400,
    code: "InvalidParameterException",
    message: "Unable to assume the service linked role. Please verify that the ECS service linked role exists.",
  },
  "aws:scheduler/schedule:Schedule": {
    status: 400,
    code: "ValidationException",
    message: "The execution role you provide must allow AWS EventBridge Scheduler to assume the role.",
  },
};

/** How AWS words it when a type's role can't be assumed yet; undefined for a type that asks later. */
export function cannotAssume(type: string): AwsError | undefined {
  return ASSUMING[type];
}

/** Simulated minute from which on every role that the inputs name can be assumed; 0 when none is new. */
export function assumableFrom(cloud: Cloud, inputs: Properties, seconds: number): number {
  const names = [...JSON.stringify(inputs).matchAll(ROLE)].flatMap(([, name]) => name ?? []);
  const made = [...new Set(names)].flatMap((id) => cloud.read({ type: "aws:iam/role:Role", id })?.made ?? []);
  return made.reduce((latest, minute) => Math.max(latest, minute + seconds / SECONDS_PER_MINUTE), 0);
}
