import { requestsPerMonth } from "../load";
import { hourly, line, unitPrice } from "../money";
import { type Case, type CostLine } from "../types";

/** New connections a second that one load balancer capacity unit covers. */
const CONNECTIONS_PER_LCU = 25;
const NEW_TCP_CONNECTIONS_PER_NLCU = 800;
const MILLION = 1_000_000;

/** What the HTTP API costs that routes requests to a function. */
export function apiCosts(subject: Case): CostLine[] {
  if (subject.shape.http === undefined) return [];
  return [line("HTTP API requests", unitPrice(subject, "api.http"), requestsPerMonth(subject.demand) / MILLION)];
}

/** What the load balancer costs that brings the internet to containers; services reach each other without one. */
export function loadBalancerCosts(subject: Case): CostLine[] {
  const { shape, demand, environment } = subject;
  const share = 1 / environment.loadBalancerSharedBy;
  return [
    ...(shape.http === "internet"
      ? [
          hourly("Application Load Balancer", unitPrice(subject, "alb.hour"), share),
          hourly("its capacity units", unitPrice(subject, "alb.lcu"), Math.max(share, demand.average / CONNECTIONS_PER_LCU)),
        ]
      : []),
    ...(shape.tcp === "internet"
      ? [
          hourly("Network Load Balancer", unitPrice(subject, "nlb.hour"), 1),
          hourly("its capacity units", unitPrice(subject, "nlb.lcu"), Math.max(1, demand.average / NEW_TCP_CONNECTIONS_PER_NLCU)),
        ]
      : []),
  ];
}

/** What those costs assume. */
export function loadBalancerAssumptions({ shape, environment }: Case): string[] {
  return [
    ...(shape.http === "internet"
      ? [
          `${environment.loadBalancerSharedBy === 1 ? "the service pays a whole Application Load Balancer" : `${environment.loadBalancerSharedBy} services share one Application Load Balancer equally`}`,
          `every request comes on a new connection, ${CONNECTIONS_PER_LCU} a second to a capacity unit`,
        ]
      : []),
    ...(shape.tcp === "internet" ? ["the service pays a whole Network Load Balancer"] : []),
  ];
}
