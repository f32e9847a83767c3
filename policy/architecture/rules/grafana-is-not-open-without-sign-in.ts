import { containersOf, TASK_DEFINITION } from "../../lib/containers";
import { ECS_SERVICE } from "../../lib/copies";
import { type Finding, judge } from "../../lib/finding";
import type { StackGraph } from "../../lib/graph";
import {
  elements,
  not,
  read,
  readAll,
  readFlag,
  type Reading,
  readPath,
  some,
  type StackResource,
  text,
  type Tri,
} from "../../lib/resource";
import { pass, stackRule, type Verdict } from "../../lib/rule";

const TARGET_GROUPS = ["aws:lb/targetGroup:TargetGroup", "aws:alb/targetGroup:TargetGroup"];
const LISTENERS = ["aws:lb/listener:Listener", "aws:alb/listener:Listener"];
const RULES = ["aws:lb/listenerRule:ListenerRule", "aws:alb/listenerRule:ListenerRule"];
const BALANCERS = ["aws:lb/loadBalancer:LoadBalancer", "aws:alb/loadBalancer:LoadBalancer"];
const SERVICE = "kubernetes:core/v1:Service";
const INGRESS = "kubernetes:networking.k8s.io/v1:Ingress";
const GRAFANA = /grafana/i;
const SIGN_INS = ["authenticate-oidc", "authenticate-cognito"];

/** Annotations by which a balancer that a controller makes is internal, or has people sign in. */
const SCHEMES = ["service.beta.kubernetes.io/aws-load-balancer-scheme", "alb.ingress.kubernetes.io/scheme"];
const INTERNAL = "service.beta.kubernetes.io/aws-load-balancer-internal";
const AUTHENTICATION = "alb.ingress.kubernetes.io/auth-type";

/**
 * What is Grafana is told by its name: of the target group or a component around it, of the Service or Ingress, or by the image of the container
 * that stands behind the target group. Looked at are listeners and their rules that forward to it from a balancer that is not internal, Services of
 * type LoadBalancer, and Ingresses. Grafana's own form is no sign-in here: it has no second factor, and every flaw of it is open to the world.
 */
export const grafanaIsNotOpenWithoutSignIn = stackRule({
  id: "grafana-is-not-open-without-sign-in",
  title: "Nobody reaches Grafana from the internet without having signed in",
  severity: "critical",
  why: "Dashboards and logs show names, addresses and load of everything; Grafana's own login form is guessed at from the day it is reachable, and its faults are used within hours.",
  fix: "Put an action authenticate-oidc or authenticate-cognito before the one that forwards to it, or let an internal load balancer serve it.",
  links: ["https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html"],
  frameworks: [],
  check: (stack) => {
    const groups = new Set(stack.ofType(...TARGET_GROUPS).filter((group) => isGrafana(group, stack)));
    return [
      ...(groups.size === 0
        ? []
        : stack.ofType(...LISTENERS).flatMap((listener) => actionVerdicts(listener, listener, "defaultActions", groups, stack))),
      ...(groups.size === 0 ? [] : stack.ofType(...RULES).flatMap((rule) => ruleVerdicts(rule, groups, stack))),
      ...stack.ofType(SERVICE, INGRESS).flatMap((object) => objectVerdicts(object)),
    ];
  },
});

/** True for a target group that serves Grafana. */
function isGrafana(group: StackResource, stack: StackGraph): boolean {
  if ([group, ...stack.ancestors(group)].some(({ name, type }) => GRAFANA.test(name) || /:Grafana$/.test(type))) return true;
  return stack
    .ofType(ECS_SERVICE)
    .filter((service) => pointsAt(service, "loadBalancers[*].targetGroupArn", group, stack))
    .some((service) => {
      const task = stack.reference(service, "taskDefinition", [TASK_DEFINITION]);
      const containers = task?.kind === "resource" ? containersOf(task.resource) : undefined;
      return containers?.state === "known" && containers.value.some(({ image }) => typeof image === "string" && GRAFANA.test(image));
    });
}

function pointsAt(resource: StackResource, path: string, target: StackResource, stack: StackGraph): boolean {
  return stack.references(resource, path, TARGET_GROUPS).some((found) => found.kind === "resource" && found.resource === target);
}

function ruleVerdicts(rule: StackResource, groups: ReadonlySet<StackResource>, stack: StackGraph): Verdict[] {
  const listener = stack.reference(rule, "listenerArn", LISTENERS);
  return actionVerdicts(rule, listener?.kind === "resource" ? listener.resource : undefined, "actions", groups, stack);
}

/** The verdict on what forwards to Grafana; none on what does not. */
function actionVerdicts(
  resource: StackResource,
  listener: StackResource | undefined,
  property: string,
  groups: ReadonlySet<StackResource>,
  stack: StackGraph,
): Verdict[] {
  if (!forwards(resource, property, groups, stack)) return [];
  const actions = elements(read(resource, property));
  const signsIn = some(actions.map((action) => (action.state === "known" ? isSignIn(readPath(action.value, "type")) : undefined)));
  const isPublic = listener === undefined ? undefined : isOpen(listener, stack);
  if (isPublic === false || signsIn === true) return [pass(resource.urn)];
  return [judge(resource, `${resource.name} leads to Grafana`, findings(signsIn, isPublic, property))];
}

function forwards(resource: StackResource, property: string, groups: ReadonlySet<StackResource>, stack: StackGraph): boolean {
  const paths = [`${property}[*].targetGroupArn`, `${property}[*].forward.targetGroups[*].arn`];
  return paths.some((path) =>
    stack
      .references(resource, path, TARGET_GROUPS)
      .some((found) =>
        found.kind === "resource"
          ? groups.has(found.resource)
          : found.kind === "unknown" && found.candidates.some((one) => groups.has(one)),
      ),
  );
}

function findings(signsIn: Tri, isPublic: Tri, property: string): Finding[] {
  if (signsIn === undefined) return [{ what: "whether people sign in before is not known yet", property, unknown: true }];
  if (isPublic === undefined)
    return [{ what: "whether its load balancer is internal is not known yet", property: "internal", unknown: true }];
  return [{ what: "from the internet, without an action that has people sign in", property }];
}

function isSignIn(type: Reading): Tri {
  return type.state === "unknown" ? undefined : SIGN_INS.includes(text(type) ?? "");
}

/** Whether the balancer of a listener takes connections from the internet. */
function isOpen(listener: StackResource, stack: StackGraph): Tri {
  const balancer = stack.reference(listener, "loadBalancerArn", BALANCERS);
  return balancer?.kind === "resource" ? not(readFlag(balancer.resource, "internal", false)) : undefined;
}

/** A Service or an Ingress that a controller makes a balancer for. */
function objectVerdicts(object: StackResource): Verdict[] {
  if (!isGrafanaObject(object)) return [];
  if (object.type === SERVICE) {
    const kind = read(object, "spec.type");
    if (kind.state === "absent" || (kind.state === "known" && kind.value !== "LoadBalancer")) return [];
    if (kind.state === "unknown")
      return [
        judge(object, object.name, [{ what: "whether it has a load balancer is not known yet", property: "spec.type", unknown: true }]),
      ];
  }
  const annotations = read(object, "metadata.annotations");
  const of = (name: string): string | undefined =>
    annotations.state === "known" ? text(readPath(annotations.value, `["${name}"]`)) : undefined;
  const isInternal = SCHEMES.some((scheme) => of(scheme) === "internal") || of(INTERNAL) === "true";
  const signsIn = ["oidc", "cognito"].includes(of(AUTHENTICATION) ?? "");
  if (isInternal || signsIn) return [pass(object.urn)];
  const property = "metadata.annotations";
  return [
    judge(object, `${object.name} leads to Grafana`, [
      annotations.state === "unknown"
        ? { what: "its annotations are not known yet", property, unknown: true }
        : { what: "through a load balancer that is not marked as internal and has nobody sign in", property },
    ]),
  ];
}

function isGrafanaObject(object: StackResource): boolean {
  const named = [object.name, text(read(object, "metadata.name")), text(read(object, 'spec.selector["app.kubernetes.io/name"]'))];
  const backends = readAll(object, "spec.rules[*].http.paths[*].backend.service.name").map(text);
  return [...named, ...backends].some((name) => name !== undefined && GRAFANA.test(name));
}
