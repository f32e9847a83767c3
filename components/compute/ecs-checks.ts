import { ec2Type } from "../../facts/ec2-types";
import { ECS_LIMITS } from "../../facts/limits-ecs";
import { type Fault } from "../faults";
import { type Descriptor, type Target } from "../service/descriptor";
import { fargateSizeFaults } from "./ecs-task-definition";
import { RESERVED_MEMORY } from "./placement/targets/instances";
import { scheduleFaults } from "./schedule-expression";

/** A service that runs as containers, with what an environment decided about it. */
export interface PlacedContainer {
  /** Where its descriptor is: `services/orders/service.yaml`. */
  readonly key: string;
  readonly descriptor: Descriptor;
  readonly target: Target;
  /** CPU units and MiB of a task; absent when none could be found. */
  readonly size?: { readonly cpu: number; readonly memory: number };
}

/** What the checks must know of the environment. */
export interface ContainerEnvironment {
  readonly durable: boolean;
  /** Instance types of the cluster; empty when it has none. */
  readonly instanceTypes: readonly string[];
  /** True when the cluster counts running tasks. */
  readonly countsTasks: boolean;
}

type Check = (placed: PlacedContainer, environment: ContainerEnvironment) => Fault[];

const ECS_TARGETS: readonly Target[] = ["fargate", "fargate-job", "ecs"];
/** CPU units a vCPU. */
const CPU_UNITS = 1_024;

/** The tag of an image; undefined when it has none, `digest` when a digest pins it. */
function imageTag(image: string): string | undefined {
  if (image.includes("@sha256:")) return "digest";
  const last = image.slice(image.lastIndexOf("/") + 1);
  const colon = last.indexOf(":");
  return colon < 0 ? undefined : last.slice(colon + 1);
}

/** An image whose tag moves gives two tasks of one service different code, and a rollback the code it should undo. */
export function imageFaults(key: string, image: string, durable: boolean): Fault[] {
  const tag = imageTag(image);
  if (!durable || (tag !== undefined && tag !== "latest")) return [];
  const what = tag === undefined ? "has no tag in a durable environment" : "has the tag latest in a durable environment";
  return [{ key, what, got: image, right: "give a version as its tag, or a digest" }];
}

/** What ECS would refuse of a service with this many target groups, one for each port that a load balancer reaches. */
export function targetGroupFaults(key: string, count: number): Fault[] {
  const most = ECS_LIMITS.targetGroupsPerService.value;
  return count > most
    ? [{ key, what: "asks for more target groups than a service can have", got: count, right: `give at most ${most}` }]
    : [];
}

const image: Check = ({ key, descriptor: { run } }, { durable }) => {
  if ("image" in run) return imageFaults(`${key}: run.image`, run.image, durable);
  return "job" in run ? imageFaults(`${key}: run.job`, run.job, durable) : [];
};

const ports: Check = ({ key, descriptor: { run, reach }, target }) => {
  if (!ECS_TARGETS.includes(target) || !("image" in run)) return [];
  const listed = run.ports ?? [];
  const raw = listed.filter(({ protocol }) => protocol === "tcp");
  const right = "leave `place` to the advisor, or give `on: eks`";
  const reached = listed.filter(({ protocol }) => protocol === "http").length;
  return [
    ...(raw.length > 0 || reach?.tcp
      ? [{ key: `${key}: run.ports`, what: "speaks raw TCP, which ECS is awkward for", got: raw.map(({ name }) => name), right }]
      : []),
    ...(listed.length > 1
      ? [{ key: `${key}: run.ports`, what: "has several ports, which ECS is awkward for", got: listed.length, right }]
      : []),
    ...(reach?.from === "internet" ? targetGroupFaults(`${key}: run.ports`, reached) : []),
  ];
};

const size: Check = ({ key, target, size: wanted }, { instanceTypes }) => {
  if (!wanted) return [];
  if (target === "fargate" || target === "fargate-job") return fargateSizeFaults(`${key}: demand`, wanted);
  if (target !== "ecs") return [];
  if (instanceTypes.length === 0)
    return [
      {
        key: `${key}: place`,
        what: "is on EC2 in an environment without instances",
        right: "give `strata:compute.ec2`, or place it elsewhere",
      },
    ];
  const fits = instanceTypes.some((name) => {
    const type = ec2Type(name);
    return type !== undefined && wanted.cpu <= type.vcpu * CPU_UNITS && wanted.memory <= type.memory * (1 - RESERVED_MEMORY);
  });
  return fits
    ? []
    : [
        {
          key: `${key}: demand`,
          what: "fits none of the cluster's instance types",
          got: { cpu: wanted.cpu, memory: `${wanted.memory}MiB` },
          right: `add a larger type to ${instanceTypes.join(", ")}`,
        },
      ];
};

const job: Check = ({ key, descriptor, target }) => {
  const { run, reach, triggers = [], needs = [] } = descriptor;
  if (target !== "fargate-job")
    return "job" in run && target !== "lambda" && ECS_TARGETS.includes(target)
      ? [
          {
            key: `${key}: place`,
            what: `puts a job on ${target}, where only services run`,
            right: "give `on: fargate-job`, or leave it out",
          },
        ]
      : [];
  if (!("job" in run))
    return [{ key: `${key}: place`, what: "puts a service on fargate-job, where only jobs run", right: "give `job` instead of `image`" }];
  const queues = triggers.flatMap((trigger) => ("queue" in trigger ? [trigger.queue] : []));
  const counted = (name: string) => needs.some((need) => "queue" in need && need.queue === name && (need.broker ?? "sqs") === "sqs");
  return [
    ...(reach
      ? [
          {
            key: `${key}: reach`,
            what: "is given for a job, which nothing can call",
            got: reach,
            right: "leave it out, or give `image` instead of `job`",
          },
        ]
      : []),
    ...(triggers.length === 0
      ? [{ key: `${key}: triggers`, what: "is missing for a job: nothing starts it", right: "give a schedule, an upload or a queue" }]
      : []),
    ...triggers.flatMap((trigger, index) =>
      "schedule" in trigger ? scheduleFaults(`${key}: triggers[${index}].schedule`, trigger.schedule) : [],
    ),
    ...triggers.flatMap((trigger, index) =>
      "topic" in trigger
        ? [
            {
              key: `${key}: triggers[${index}]`,
              what: "starts a job by a topic, which nothing counts",
              got: trigger.topic,
              right: "give a queue, or `handler` instead of `job`",
            },
          ]
        : [],
    ),
    ...queues
      .filter((name) => !counted(name))
      .map((name) => ({
        key: `${key}: triggers`,
        what: "starts a job by a queue that is not SQS",
        got: name,
        right: "give the queue `broker: sqs`",
      })),
    ...(queues.length > 0 && triggers.length > 1
      ? [
          {
            key: `${key}: triggers`,
            what: "mixes a queue with something else",
            got: triggers.length,
            right: "give the queue alone; what else starts it is another job",
          },
        ]
      : []),
  ];
};

const scaling: Check = ({ key, descriptor: { run, triggers = [] }, target }, { countsTasks }) =>
  !countsTasks && "image" in run && (target === "fargate" || target === "ecs") && triggers.some((trigger) => "queue" in trigger)
    ? [
        {
          key: `${key}: triggers`,
          what: "scales by a queue in an environment that does not count running tasks",
          right: "give `strata:visibility.containerInsights` enabled or enhanced",
        },
      ]
    : [];

const CHECKS: readonly Check[] = [image, ports, size, job, scaling];

/** Everything that is wrong with services on ECS, given where an environment puts them; other targets are only checked for their images. */
export function containerFaults(placed: readonly PlacedContainer[], environment: ContainerEnvironment): Fault[] {
  return placed.flatMap((one) => CHECKS.flatMap((check) => check(one, environment)));
}
