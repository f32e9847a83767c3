import { z } from "zod";
import { type Container, containerName, containersOf, TASK_DEFINITION } from "../../lib/containers";
import { ECS_SERVICE, runsOnEachHost } from "../../lib/copies";
import { declaredServiceOf, SERVICE_COMPONENT } from "../../lib/declared-service";
import { type Finding, judge } from "../../lib/finding";
import type { StackGraph } from "../../lib/graph";
import { hasReason, isOverruled, REASON_CONFIG } from "../../lib/reason";
import { isObject, number, read, readAll, readPath, type Resource, type StackResource, text } from "../../lib/resource";
import { stackRule, type Verdict } from "../../lib/rule";

/** What a service declares when it runs on ECS. */
const ECS_TARGETS: ReadonlySet<unknown> = new Set(["fargate", "fargate-job", "ecs"]);
const TARGET_GROUPS = ["aws:lb/targetGroup:TargetGroup", "aws:alb/targetGroup:TargetGroup"];
/** What a load balancer speaks with tasks that serve HTTP. */
const HTTP: ReadonlySet<string> = new Set(["HTTP", "HTTPS"]);

/**
 * A service that declares its ports is judged by them; another ECS service by its load balancers and the port mappings of its containers.
 * A daemon service is part of its host, not something that others call, so there is nothing to say about it.
 */
export const ecsServesHttpOnOnePort = stackRule({
  id: "ecs-serves-http-on-one-port",
  title: "No service on ECS speaks raw TCP or listens on several ports, unless it says why",
  severity: "medium",
  why: "ECS is good for HTTP; each further port takes a target group or a Service Connect name of its own, and raw TCP loses routes, retries and request metrics.",
  fix: "Run the service on EKS, split it by port, or give the reason: place.because in its descriptor, or the tag strata:because on an ECS service without one.",
  links: ["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-load-balancing.html"],
  frameworks: [],
  config: z.strictObject({ reasonTag: REASON_CONFIG.reasonTag }),
  check: (stack, { reasonTag }) => [
    ...stack.ofType(SERVICE_COMPONENT).flatMap((service) => declaredVerdict(service, stack)),
    ...stack
      .ofType(ECS_SERVICE)
      .filter((service) => declaredServiceOf(service, stack) === undefined && !runsOnEachHost(service))
      .map((service) => judge(service, faultOf(service), built(service, stack), reason(hasReason(service, { reasonTag }), "tags"))),
  ],
});

const faultOf = ({ name }: Resource): string => `${name} runs on ECS`;
const reason = (given: boolean | undefined, property: string) => ({ given, what: "whether it gives a reason", property });

function declaredVerdict(service: StackResource, stack: StackGraph): Verdict[] {
  const target = read(service, "target");
  if (target.state === "absent" || (target.state === "known" && !ECS_TARGETS.has(target.value))) return [];
  const findings = declared(service);
  // What is not known of the tasks is no doubt: they are made from what is declared.
  const tasks = stack
    .descendants(service, [ECS_SERVICE])
    .flatMap((made) => portFindings(made, stack).filter(({ unknown }) => unknown !== true));
  const where: Finding[] =
    target.state === "unknown" && findings.length > 0
      ? [{ what: "where it runs is not known yet", property: "target", unknown: true }]
      : [];
  return [judge(service, faultOf(service), where.length > 0 ? where : [...findings, ...tasks], reason(isOverruled(service), "overruled"))];
}

/** What is wrong with the ports that a service declares. */
function declared(service: Resource): Finding[] {
  const property = "ports";
  const ports = readAll(service, "ports[*]");
  if (ports.some(({ state }) => state === "unknown")) return [{ what: "its ports are not known yet", property, unknown: true }];
  const findings: Finding[] = ports.length > 1 ? [{ what: `it listens on ${ports.length} ports`, property }] : [];
  for (const port of ports) {
    const protocol = port.state === "known" ? readPath(port.value, "protocol") : port;
    if (protocol.state === "unknown") findings.push({ what: "what its port speaks is not known yet", property, unknown: true });
    else if (text(protocol) !== "http") findings.push({ what: `it speaks ${text(protocol) ?? "an undeclared protocol"}`, property });
  }
  return findings;
}

/** What is wrong with an ECS service of which nothing is declared. */
function built(service: StackResource, stack: StackGraph): Finding[] {
  return [...portFindings(service, stack), ...protocolFindings(service, stack)];
}

function portFindings(service: StackResource, stack: StackGraph): Finding[] {
  const property = "loadBalancers";
  const findings: Finding[] = [];
  const balanced = readAll(service, "loadBalancers[*].containerPort");
  const ports = new Set(balanced.flatMap((port) => number(port) ?? []));
  if (ports.size > 1) findings.push({ what: `load balancers send to its ports ${[...ports].join(", ")}`, property });
  else if (balanced.some(({ state }) => state === "unknown"))
    findings.push({ what: "the ports its load balancers send to are not known yet", property, unknown: true });
  return [...findings, ...mappingFindings(service, stack)];
}

function mappingFindings(service: StackResource, stack: StackGraph): Finding[] {
  const property = "taskDefinition";
  const task = stack.reference(service, property, [TASK_DEFINITION]);
  // A deployment controller other than ECS gives a service its task definition later.
  if (task === undefined) return [];
  const containers = task.kind === "resource" ? containersOf(task.resource) : undefined;
  if (containers?.state !== "known") return [{ what: "the ports of its containers are not known", property, unknown: true }];
  return containers.value.flatMap((container, index) => containerFindings(container, `container ${containerName(container, index)}`));
}

function containerFindings({ portMappings }: Container, who: string): Finding[] {
  const property = "taskDefinition";
  const mappings = Array.isArray(portMappings) ? portMappings.filter(isObject) : [];
  const ports = new Set(mappings.flatMap((mapping) => number(readPath(mapping, "containerPort")) ?? []));
  const ranges = mappings.flatMap((mapping) => text(readPath(mapping, "containerPortRange")) ?? []);
  return [
    ...(ports.size > 1 || ranges.length > 0 ? [{ what: `${who} maps ports ${[...ports, ...ranges].join(", ")}`, property }] : []),
    ...(mappings.some(({ protocol }) => protocol === "udp") ? [{ what: `${who} speaks UDP`, property }] : []),
  ];
}

/** A target group that speaks anything but HTTP with its targets. */
function protocolFindings(service: StackResource, stack: StackGraph): Finding[] {
  const property = "loadBalancers";
  return stack.references(service, "loadBalancers[*].targetGroupArn", TARGET_GROUPS).flatMap((group): Finding[] => {
    if (group.kind !== "resource") return [{ what: "what its load balancers speak is not known", property, unknown: true }];
    const protocol = read(group.resource, "protocol");
    if (protocol.state === "unknown") return [{ what: "what its load balancers speak is not known yet", property, unknown: true }];
    const name = text(protocol);
    return name === undefined || HTTP.has(name) ? [] : [{ what: `its load balancer speaks ${name} with it`, property }];
  });
}
