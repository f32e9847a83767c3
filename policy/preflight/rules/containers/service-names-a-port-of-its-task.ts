import { type Container, containerName } from "../../../lib/containers";
import { ECS_SERVICE } from "../../../lib/copies";
import { taskOf } from "../../../lib/ecs/services";
import { inContainers, numberIn } from "../../../lib/ecs/tasks";
import { notKnown } from "../../../lib/expect";
import { type Finding, judge } from "../../../lib/finding";
import type { StackGraph } from "../../../lib/graph";
import { elements, isObject, type Json, number, read, readPath, type StackResource, text } from "../../../lib/resource";
import { stackRule, type Verdict } from "../../../lib/rule";

const CONNECT = "serviceConnectConfiguration.services";

/** Looks at services that a load balancer or Service Connect leads to, with a task definition of the stack. */
export const serviceNamesAPortOfItsTask = stackRule({
  id: "service-names-a-port-of-its-task",
  title: "A service names containers and ports that its task definition has",
  severity: "high",
  why: "AWS refuses a service whose load balancer or Service Connect names a container or a port that the task does not map, when the load balancer is already there.",
  fix: "Set loadBalancers[].containerName and containerPort to a container and one of its portMappings, and portName of Service Connect to the name of a port mapping.",
  links: ["https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LoadBalancer.html"],
  frameworks: [],
  check: (stack) => stack.ofType(ECS_SERVICE).flatMap((service) => verdicts(service, stack)),
});

function verdicts(service: StackResource, graph: StackGraph): Verdict[] {
  const asked = [...elements(read(service, "loadBalancers")), ...elements(read(service, CONNECT))];
  const task = taskOf(service, graph);
  if (asked.length === 0 || task === undefined) return [];
  const findings =
    task.state === "known"
      ? inContainers(task.task, (containers) => [...balancedFindings(service, containers), ...connectFindings(service, containers)])
      : [notKnown("taskDefinition")];
  return [judge(service, `AWS refuses ${service.name}`, findings)];
}

function balancedFindings(service: StackResource, containers: readonly Container[]): Finding[] {
  const property = "loadBalancers";
  return elements(read(service, property)).flatMap((target): Finding[] => {
    if (target.state !== "known") return [notKnown(property)];
    const [name, port] = [readPath(target.value, "containerName"), readPath(target.value, "containerPort")];
    const container = containers.find((one, index) => containerName(one, index) === text(name));
    if (name.state === "unknown") return [notKnown(property)];
    if (container === undefined) return [{ what: `its task has no container ${text(name) ?? "without a name"}`, property }];
    if (port.state === "unknown") return [notKnown(property)];
    const wanted = number(port);
    const found = mappings(container).some((mapping) => wanted !== undefined && maps(mapping, wanted));
    return found ? [] : [{ what: `container ${text(name) ?? ""} does not map port ${wanted ?? "without a number"}`, property }];
  });
}

function connectFindings(service: StackResource, containers: readonly Container[]): Finding[] {
  const property = "serviceConnectConfiguration";
  const names = new Set(containers.flatMap(mappings).flatMap(({ name }) => (typeof name === "string" ? [name] : [])));
  return elements(read(service, CONNECT)).flatMap((offered): Finding[] => {
    const name = offered.state === "known" ? readPath(offered.value, "portName") : offered;
    if (name.state === "unknown") return [notKnown(property)];
    const wanted = text(name);
    return wanted !== undefined && names.has(wanted)
      ? []
      : [{ what: `its task has no port mapping called ${wanted ?? "nothing"}`, property }];
  });
}

type Mapping = { readonly [key: string]: Json };

function mappings({ portMappings }: Container): Mapping[] {
  return Array.isArray(portMappings) ? portMappings.filter(isObject) : [];
}

/** A mapping is of one port, or of a range such as `8000-8010`. */
function maps({ containerPort, containerPortRange: range }: Mapping, port: number): boolean {
  if (numberIn(containerPort) === port) return true;
  const [, from, to] = (typeof range === "string" && /^(\d+)-(\d+)$/.exec(range)) || [];
  return from !== undefined && to !== undefined && Number(from) <= port && port <= Number(to);
}
