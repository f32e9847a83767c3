import type * as pulumi from "@pulumi/pulumi";
import { type Target } from "../../service/descriptor";
import { type MadeAlarm } from "./metric-alarm";
import { type ObservedFunction } from "./services/function";
import { type ObservedTargetGroup } from "./services/http";
import { type ObservedTasks } from "./services/tasks";

/** Where the requests of a service are counted, with how many failed and how long they took. */
export type RequestSource =
  | (ObservedTargetGroup & { readonly counted: "load balancer" })
  | { readonly counted: "function"; readonly functionName: pulumi.Output<string> }
  /** By the Service Connect proxies of those that call it. */
  | { readonly counted: "service connect"; readonly discoveryName: string };

/** Where a service runs, as CloudWatch knows it. */
export type ObservedRuntime =
  | (ObservedFunction & { readonly on: "function" })
  | (ObservedTasks & { readonly on: "tasks" })
  /** Runs that start and end; CloudWatch counts none of them, but those that failed lie in the queue of dead letters. */
  | { readonly on: "runs"; readonly deadLettersName: pulumi.Output<string> }
  | {
      readonly on: "pods";
      /** Name of the EKS cluster; absent for a cluster elsewhere, of which CloudWatch knows nothing. */
      readonly clusterName: pulumi.Output<string> | undefined;
      readonly namespace: pulumi.Output<string>;
      /** Its ports behind a Network Load Balancer. */
      readonly tcp: readonly (ObservedTargetGroup & { readonly port: string })[];
    };

/** A service that runs: what CloudWatch knows it by, and the alarms that its workload brought with it. */
export interface ObservedService {
  readonly name: string;
  readonly target: Target;
  readonly runtime: ObservedRuntime;
  /** Absent when nobody counts its requests, or nobody sends it any. */
  readonly requests: RequestSource | undefined;
  readonly alarms: readonly MadeAlarm[];
}
