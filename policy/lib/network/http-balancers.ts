import type { Finding } from "../finding";
import { type Resource, type Tri } from "../resource";
import { ifAsked } from "../asked";
import { balancerType } from "./balancers";

/** The load balancers of before 2016, which read HTTP too. */
export const CLASSIC_BALANCERS = ["aws:elb/loadBalancer:LoadBalancer"];

/** Whether it reads HTTP, as Application Load Balancers and classic ones do. */
export function readsHttp(balancer: Resource): Tri {
  if (CLASSIC_BALANCERS.includes(balancer.type)) return true;
  const type = balancerType(balancer);
  return type === undefined ? undefined : type === "application";
}

/** What is found in a load balancer that reads HTTP; nothing for certain while it is not known whether it does. */
export function ifReadsHttp(balancer: Resource, findings: readonly Finding[]): readonly Finding[] {
  const doubt = { what: "whether it is an Application Load Balancer is not known yet", property: "loadBalancerType" };
  return ifAsked(readsHttp(balancer), findings, doubt);
}
