import { nameOf, typeOf } from "../../plan/urn";
import { type Change } from "./changes";
import { allowing } from "./data";
import { type OutageFinding } from "./finding";
import { replacingProperties } from "./properties";
import { type World } from "./world";

/** What others stand on: whatever runs there is stopped, moved or cut off with it, in whatever order it is replaced. */
const FOUNDATIONS = ["aws:ec2/vpc:Vpc", "aws:ec2/subnet:Subnet", "aws:ecs/cluster:Cluster", "aws:eks/cluster:Cluster"];

/** What runs. */
const RUNNING = [
  "aws:autoscaling/group:Group",
  "aws:ec2/instance:Instance",
  "aws:ecs/service:Service",
  "aws:eks/nodeGroup:NodeGroup",
  "aws:lambda/function:Function",
  "kubernetes:apps/v1:DaemonSet",
  "kubernetes:apps/v1:Deployment",
  "kubernetes:apps/v1:StatefulSet",
];

/** What answers requests, or lets them through, by itself. */
const SERVING = [
  ...RUNNING,
  "aws:apigatewayv2/api:Api",
  "aws:apigatewayv2/apiMapping:ApiMapping",
  "aws:apigatewayv2/domainName:DomainName",
  "aws:apigatewayv2/stage:Stage",
  "aws:ec2/internetGateway:InternetGateway",
  "aws:ec2/natGateway:NatGateway",
  "aws:ec2/route:Route",
  "aws:lb/listener:Listener",
  "aws:lb/listenerRule:ListenerRule",
  "aws:lb/loadBalancer:LoadBalancer",
  "aws:route53/record:Record",
  "kubernetes:core/v1:Service",
];

/** What serves only by those that use it. */
const USED = [
  "aws:ec2/routeTable:RouteTable",
  "aws:ec2/securityGroup:SecurityGroup",
  "aws:ec2/vpcEndpoint:VpcEndpoint",
  "aws:iam/role:Role",
  "aws:lb/targetGroup:TargetGroup",
];

const TARGET_GROUP = "aws:lb/targetGroup:TargetGroup";
const FORWARDING = ["aws:lb/listener:Listener", "aws:lb/listenerRule:ListenerRule"];
const LOAD_BALANCER = "aws:lb/loadBalancer:LoadBalancer";
const ECS_SERVICE = "aws:ecs/service:Service";

/** Types that any rule is about. */
const WATCHED: ReadonlySet<string> = new Set([...FOUNDATIONS, ...SERVING, ...USED]);

const MOST_NAMES = 4;

type Rule = OutageFinding["rule"];

/** Replacements during which services are away. Of the rules that hold for a resource the first one is said. */
export function outageFindings(world: World): OutageFinding[] {
  return world.changes.flatMap((change) => {
    if (change.kind === "leftover" || !WATCHED.has(change.type)) return [];
    const affected = affectedBy(change, world);
    const rule = ruleOf(change, affected);
    return rule === undefined ? [] : [finding(change, rule, affected, world)];
  });
}

/** What waits for a resource, is there before the update, and is not meant to go. */
function affectedBy({ urn }: Change, { dependentsOf, existing, changed }: World): string[] {
  return [...dependentsOf(urn)].filter((one) => existing.has(one) && changed.get(one)?.kind !== "delete").sort();
}

function ruleOf(change: Change, affected: readonly string[]): Rule | undefined {
  const { type, kind, deletedFirst } = change;
  const uses = (types: readonly string[]): boolean => affected.some((urn) => types.includes(typeOf(urn)));
  if (FOUNDATIONS.includes(type) && uses(RUNNING)) return "foundation";
  if (kind === "delete") return undefined;
  if (deletedFirst && SERVING.includes(type)) return "deleted-first";
  if (deletedFirst && USED.includes(type) && uses(SERVING)) return "deleted-first";
  if (type === TARGET_GROUP && uses(FORWARDING)) return "empty-target-group";
  if (type === LOAD_BALANCER) return "other-address";
  if (type === ECS_SERVICE && change.after?.inputs["waitForSteadyState"] !== true) return "not-waited-for";
  return undefined;
}

const WHY: Readonly<Record<Rule, string>> = {
  foundation: "what runs there is stopped or cut off, and is made anew in the new one",
  "deleted-first": "the old one is deleted before the new one is made, and nothing answers in between",
  "empty-target-group": "listeners turn to the new group before a single target is healthy in it, and answer 503 until then",
  "other-address":
    "the new one has another DNS name and other addresses; whoever has the old ones, outside of the stack too, finds nothing",
  "not-waited-for": "the old service is deleted as soon as AWS has accepted the new one, before its tasks are healthy",
};

const INSTEAD: Readonly<Record<Rule, string>> = {
  foundation: "make the new one beside the old one, move the services one by one, then let the old one go",
  "deleted-first": "let the provider name it (leave its name out) and take deleteBeforeReplace off: then the new one is made first",
  "empty-target-group": "add a second target group, let the services register in both, turn the listener, then let the first one go",
  "other-address": "make the new one beside the old one, move the DNS records, and let the old one go a day later",
  "not-waited-for": "set waitForSteadyState: true, so that the old one stays until the new one's tasks are healthy",
};

function finding(change: Change, rule: Rule, affected: readonly string[], world: World): OutageFinding {
  const { urn, type, kind } = change;
  const properties = kind === "replace" ? replacingProperties(change) : [];
  const follows = world.causeOf(
    change,
    properties.map(({ path }) => path),
  );
  const hit = affected.filter((one) => SERVING.includes(typeOf(one)));
  const allowed = world.allowed.has(urn);
  const happens = `would be ${kind === "delete" ? "deleted" : "replaced"}`;
  return {
    kind: "outage",
    rule,
    urn,
    type,
    properties,
    ...(follows !== undefined && { follows }),
    allowed,
    affects: hit,
    stops: !allowed,
    what: `${type} ${nameOf(urn)} ${happens}${hit.length > 0 ? ` under ${named(hit)}` : ", and services are away meanwhile"}`,
    why: WHY[rule],
    todo: [
      follows === undefined ? "change the property back" : `keep ${typeOf(follows)} ${nameOf(follows)}, which takes it along`,
      INSTEAD[rule],
      ...(allowed ? [] : [allowing(urn)]),
    ],
  };
}

function named(urns: readonly string[]): string {
  const names = [...new Set(urns.map(nameOf))];
  const rest = names.length - MOST_NAMES;
  return `${names.slice(0, MOST_NAMES).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}
