import { AWSLOGS_OPTIONS } from "../../../../facts/limits-ecs";
import { type Container, containerName, TASK_DEFINITION } from "../../../lib/containers";
import { containersVerdict, runsOnFargate } from "../../../lib/ecs/tasks";
import type { Finding } from "../../../lib/finding";
import { isObject, type Json, type Resource } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";

/** Other log drivers, and containers without one, are not looked at. */
export const awslogsOptionsAreAccepted = resourceRule({
  id: "awslogs-options-are-accepted",
  title: "A container that logs to CloudWatch names its group, its region and, on Fargate, a stream prefix, as ECS takes them",
  severity: "high",
  why: "AWS refuses a task definition without group and region, one for Fargate without a stream prefix, and awslogs-create-group with anything but true: the service behind it is not made.",
  fix: "Set awslogs-group, awslogs-region and awslogs-stream-prefix in logConfiguration.options of the container, and leave awslogs-create-group out where it is not to be true.",
  links: [AWSLOGS_OPTIONS.source],
  frameworks: [],
  types: [TASK_DEFINITION],
  check: (task) =>
    containersVerdict(task, `${task.name} can't log`, (containers) =>
      containers.flatMap((container, index) => optionFindings(container, containerName(container, index), task)),
    ),
});

function optionFindings({ logConfiguration: log }: Container, name: string, task: Resource): Finding[] {
  if (!isObject(log) || log["logDriver"] !== "awslogs") return [];
  const options = isObject(log["options"]) ? log["options"] : {};
  const missing = (needed: readonly string[]): string[] => needed.filter((option) => isEmpty(options[option]));
  const always = missing(AWSLOGS_OPTIONS.always);
  const onFargate = missing(AWSLOGS_OPTIONS.fargate);
  const fargate = runsOnFargate(task);
  const certain = fargate === true ? [...always, ...onFargate] : always;
  const property = "containerDefinitions";
  const creates = options["awslogs-create-group"];
  const refused = creates !== undefined && creates !== "true" && creates !== true;
  const findings: Finding[] = [
    ...(certain.length > 0 ? [{ what: `container ${name} has no ${certain.join(", ")}`, property }] : []),
    ...(refused ? [{ what: `container ${name} has the awslogs-create-group ${JSON.stringify(creates)}`, property }] : []),
  ];
  if (findings.length > 0) return findings;
  if (fargate === undefined && onFargate.length > 0)
    return [{ what: `whether container ${name} needs ${onFargate.join(", ")} is not known yet`, property, unknown: true }];
  return [];
}

function isEmpty(value: Json | undefined): boolean {
  return value === undefined || value === null || value === "";
}
