import { SERVICE_COMPONENT } from "../../../policy/lib/declared-service";
import { BALANCERS, NAT_GATEWAY, VPC_ENDPOINT } from "../../../policy/lib/price/network";
import { read, text } from "../../../policy/lib/resource";
import { type PlannedResource } from "../../graph";
import { type ServiceUse } from "../services";
import { zonesOf } from "./hosts";
import { logGbOf } from "./logs";
import { type Assume, charge, KB_PER_GB, MILLION, sumOf, type UsageCharge, type UsageContext, type UsagePricer } from "./usage";

const EGRESS_RULE = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const ANYWHERE = "0.0.0.0/0";
/** Reasons for which the platform lets something out, besides those that a service declares. */
const PLATFORM_REASON = /in a public registry|^no (interface )?endpoint for/;
const CONNECTIONS_PER_LCU = 25;
const FLOWS_PER_NLCU = 800;
const GB_PER_LCU_HOUR = 1;
const SECONDS_PER_HOUR = 3_600;
/** Data goes to another zone and its answer comes back: each direction is charged on both sides. Source: EC2 pricing, data transfer (2026-11). */
const CHARGED_TWICE = 2;
const NETWORK_KINDS_LEFT_OUT = ["table", "bucket", "sqs", "secret"];

/** GB that the internet, or another service, sends a service and gets from it. */
export function exchangedGb({ requests }: ServiceUse, assume: Assume): number {
  assume("demand.share");
  return (requests * (assume("http.request-kb") + assume("http.response-kb"))) / KB_PER_GB;
}

/** Why each service is let out to the internet. */
function outwardReasons(context: UsageContext): ReadonlyMap<string, readonly string[]> {
  const result = new Map<string, readonly string[]>();
  for (const rule of context.graph.ofType(EGRESS_RULE)) {
    const service = context.owner(rule);
    if (service === undefined || text(read(rule, "cidrIpv4")) !== ANYWHERE) continue;
    const reasons = (text(read(rule, "description")) ?? "").replace(/^HTTPS out: /, "").split("; ");
    result.set(service.name, reasons);
  }
  return result;
}

/** GB that a service sends through the NAT gateways: its calls to third parties, and the layers of images in public registries. */
function natGbOf(service: ServiceUse, reasons: readonly string[], assume: Assume): number {
  const talks = reasons.some((reason) => !PLATFORM_REASON.test(reason));
  const pulls = reasons.some((reason) => reason.includes("public registry"));
  assume("demand.share");
  return (
    (talks ? (service.requests * assume("internet.kb-per-request")) / KB_PER_GB : 0) +
    (pulls ? assume("image.pulled-gb") * assume("hours.used") : 0)
  );
}

/** GB of all NAT gateways: of services, and of logs where no endpoint carries them. */
export function natGb(context: UsageContext, assume: Assume): number {
  const reasons = context.once(outwardReasons);
  const own = sumOf(context.services, (service) => natGbOf(service, reasons.get(service.name) ?? [], assume));
  const carried = context.graph.ofType(VPC_ENDPOINT).some((endpoint) => /\.logs$/.test(text(read(endpoint, "serviceName")) ?? ""));
  return own + (carried ? 0 : logGbOf(context, assume));
}

function nat(_: PlannedResource, context: UsageContext): UsageCharge[] {
  const gateways = context.graph.ofType(NAT_GATEWAY).length;
  return charge(context, "traffic", "nat.gb", (assume) => natGb(context, assume) / gateways);
}

/** Only the endpoint of CloudWatch Logs carries much: what other services of AWS are told is small, and images come through S3. */
function endpoint(resource: PlannedResource, context: UsageContext): UsageCharge[] {
  const service = text(read(resource, "serviceName")) ?? "";
  if (!service.endsWith(".logs")) return [];
  return charge(context, "traffic", "endpoint.gb", (assume) => logGbOf(context, assume));
}

/** The services that a load balancer brings requests to: the one it is made for, else all that the internet reaches in containers over HTTP. */
export function behindBalancer(balancer: PlannedResource, context: UsageContext): readonly ServiceUse[] {
  const owner = context.owner(balancer);
  if (owner !== undefined) return [owner];
  if (read(balancer, "internal").state === "known" && balancer.inputs["internal"] === true) return [];
  return context.services.filter(({ target, fromInternet, resource }) => fromInternet && target !== "lambda" && speaksHttp(resource));
}

function speaksHttp({ inputs }: PlannedResource): boolean {
  const ports = inputs["ports"];
  return (
    Array.isArray(ports) && ports.some((port) => text(read({ urn: "", type: "", name: "", inputs: { port } }, "port.protocol")) === "http")
  );
}

/** Capacity units of the dimension that takes most: new connections or traffic. */
function balancer(resource: PlannedResource, context: UsageContext): UsageCharge[] {
  const network = text(read(resource, "loadBalancerType")) === "network";
  const services = behindBalancer(resource, context);
  if (services.length === 0) {
    return charge(context, "capacity units", "nlb.lcu", (assume) => logGbOf(context, assume) / GB_PER_LCU_HOUR);
  }
  return charge(context, "capacity units", network ? "nlb.lcu" : "alb.lcu", (assume) => {
    const gb = sumOf(services, (service) => exchangedGb(service, assume));
    const requests = sumOf(services, (service) => service.requests);
    const connections = requests / (network ? 1 : assume("alb.requests-per-connection"));
    const perLcu = (network ? FLOWS_PER_NLCU : CONNECTIONS_PER_LCU) * SECONDS_PER_HOUR;
    return Math.max(connections / perLcu, gb / GB_PER_LCU_HOUR);
  });
}

function flowLog(resource: PlannedResource, context: UsageContext): UsageCharge[] {
  if (text(read(resource, "logDestinationType")) !== "s3") return [];
  return charge(context, "flow logs", "logs.vended.s3", (assume) => flowLogGb(context, assume));
}

/** GB of flow logs: a part of everything that goes over the network. */
export function flowLogGb(context: UsageContext, assume: Assume): number {
  return sumOf(context.services, (service) => exchangedGb(service, assume)) * assume("flow-log.share");
}

/** What a service itself sends: its answers to the internet, and its calls to what stands in another zone. */
function service(resource: PlannedResource, context: UsageContext): UsageCharge[] {
  const use = context.owner(resource);
  if (use === undefined) return [];
  const zones = zonesOf(context);
  const calls = use.bindings.filter(({ kind }) => kind === "service").length;
  const asks = use.bindings.filter(({ kind }) => kind !== "service" && !NETWORK_KINDS_LEFT_OUT.includes(kind)).length;
  return [
    ...(use.fromInternet
      ? charge(context, "data out to the internet", "internet.out", (assume) => {
          assume("demand.share");
          return (use.requests * assume("http.response-kb")) / KB_PER_GB;
        })
      : []),
    ...charge(context, "data to other zones", "zone.gb", (assume) => {
      if (calls + asks === 0) return 0;
      assume("demand.share");
      const kb = calls * (assume("http.request-kb") + assume("http.response-kb")) + asks * assume("store.kb-per-call");
      const gb = (use.requests * assume("calls-per-request") * kb) / KB_PER_GB;
      return (gb * CHARGED_TWICE * (zones - 1)) / zones;
    }),
  ];
}

/** Requests to an HTTP API, each service's own. */
function api(_: PlannedResource, context: UsageContext): UsageCharge[] {
  return context.services
    .filter(({ target, fromInternet }) => target === "lambda" && fromInternet)
    .flatMap((use) =>
      charge(
        context,
        "requests",
        "api.http",
        (assume) => {
          assume("demand.share");
          return use.requests / MILLION;
        },
        use.name,
      ),
    );
}

/** Gateways, endpoints, load balancers, APIs, and what services send. */
export const NETWORK_USAGE: readonly UsagePricer[] = [
  { types: [NAT_GATEWAY], charges: nat },
  { types: [VPC_ENDPOINT], charges: endpoint },
  { types: BALANCERS, charges: balancer },
  { types: ["aws:ec2/flowLog:FlowLog"], charges: flowLog },
  { types: [SERVICE_COMPONENT], charges: service },
  { types: ["aws:apigatewayv2/api:Api"], charges: api },
];
