import { type Container, containerName, containersOf, TASK_DEFINITION } from "../../lib/containers";
import type { StackGraph } from "../../lib/graph";
import { isObject, isUnknown, read, readPath, type StackResource, text } from "../../lib/resource";
import { fail, notEvaluated, pass, stackRule, type Verdict } from "../../lib/rule";

const FUNCTION = "aws:lambda/function:Function";
const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";

/** Looks at what runs code: the containers of ECS task definitions, and Lambda functions. */
export const serviceHasLogs = stackRule({
  id: "service-has-logs",
  title: "No service runs without logs",
  severity: "high",
  why: "What a service wrote before it died is gone with it, and a group that Lambda makes for itself keeps everything for ever and belongs to no stack.",
  fix: "Give each container a logConfiguration with a driver (awslogs with awslogs-group, awsfirelens, …), and each function a log group of the stack.",
  links: [
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html",
    "https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-loggroups.html",
  ],
  frameworks: [
    { name: "FSBP", id: "ECS.9" },
    { name: "AwsSolutions", id: "ECS7" },
  ],
  check: (stack) => {
    const groups = new LogGroups(stack);
    return [
      ...stack.ofType(TASK_DEFINITION).map(taskVerdict),
      ...stack.ofType(FUNCTION).map((lambda) => functionVerdict(lambda, stack, groups)),
    ];
  },
});

function taskVerdict(task: StackResource): Verdict {
  const containers = containersOf(task);
  const property = "containerDefinitions";
  if (containers.state === "unknown") return notEvaluated(task.urn, "its containers are not known yet", property);
  if (containers.state === "invalid") return notEvaluated(task.urn, `containerDefinitions can't be read: ${containers.why}`, property);
  if (containers.state === "absent") return notEvaluated(task.urn, "it has no containerDefinitions", property);
  const faults = containers.value.flatMap((container, index) => fault(container, index) ?? []);
  return faults.length > 0 ? fail(task.urn, faults.join("; "), property) : pass(task.urn);
}

/** What is wrong with the logs of a container. */
function fault(container: Container, index: number): string | undefined {
  const name = containerName(container, index);
  const driver = text(readPath(container, "logConfiguration.logDriver"));
  if (driver === undefined || driver === "none") return `container ${name} sends its logs nowhere`;
  if (driver === "awslogs" && text(readPath(container, 'logConfiguration.options["awslogs-group"]')) === undefined) {
    return `container ${name} uses awslogs without awslogs-group`;
  }
  return undefined;
}

function functionVerdict(lambda: StackResource, stack: StackGraph, groups: LogGroups): Verdict {
  const property = "loggingConfig.logGroup";
  const named = read(lambda, property);
  if (named.state === "known") return pass(lambda.urn);
  if (named.state === "unknown") {
    const [group] = stack.references(lambda, property, [LOG_GROUP]);
    return group?.kind === "resource" ? pass(lambda.urn) : notEvaluated(lambda.urn, "its log group is not known yet", property);
  }
  const name = nameOf(lambda);
  if (groups.named(name === undefined ? undefined : `/aws/lambda/${name}`, lambda.urn)) return pass(lambda.urn);
  if (groups.opaque || name === undefined)
    return notEvaluated(lambda.urn, "the names of the function and of the log groups are not known yet", property);
  return fail(lambda.urn, `function ${lambda.name} has no log group in the stack`, property);
}

/** The log groups of a stack by name; one of which the name is not known, by the resources the name comes from. */
class LogGroups {
  private readonly names = new Set<string>();
  private readonly sources = new Set<string>();
  /** There is a group of which nothing tells the name. */
  readonly opaque: boolean;

  constructor(stack: StackGraph) {
    let opaque = false;
    for (const group of stack.ofType(LOG_GROUP)) {
      const name = nameOf(group);
      const from = group.propertyDependencies["name"] ?? [];
      if (name !== undefined) this.names.add(name);
      else if (read(group, "name").state === "unknown") {
        if (from.length === 0) opaque = true;
        for (const urn of from) this.sources.add(urn);
      }
    }
    this.opaque = opaque;
  }

  named(name: string | undefined, source: string): boolean {
    return (name !== undefined && this.names.has(name)) || this.sources.has(source);
  }
}

/** The physical name: as it is set, else as the provider made it. */
function nameOf({ inputs, outputs }: StackResource): string | undefined {
  for (const bag of [inputs, outputs]) {
    const name = isObject(bag) ? bag["name"] : undefined;
    if (typeof name === "string" && !isUnknown(name)) return name;
  }
  return undefined;
}
