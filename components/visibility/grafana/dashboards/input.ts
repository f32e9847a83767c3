import type * as pulumi from "@pulumi/pulumi";
import { type StoreInUse } from "../../alarms/observed";
import { type ObservedService } from "../../alarms/observed-service";
import { type LogStore } from "../../logs/log-store";

/** A service of an environment, as dashboards see it. */
export interface ServiceInView extends Pick<ObservedService, "name" | "target" | "runtime" | "requests"> {
  readonly critical: boolean;
  /** Services it calls. */
  readonly calls: readonly string[];
}

/** Everything that the dashboards of an environment are made from. */
export interface DashboardInput {
  readonly environment: string;
  readonly services: readonly ServiceInView[];
  readonly stores: readonly StoreInUse[];
  /** Id of the HTTP API and its stage, where there is one. */
  readonly api?: { readonly id: pulumi.Input<string>; readonly stage: pulumi.Input<string> };
  /** Where log lines are searched. Default: nowhere. */
  readonly logs?: LogStore["kind"];
  /** Where traces are. Default: nowhere that Grafana can look. */
  readonly traces?: "xray";
  /** What sends to Graphite, beside applications by StatsD. Default: there is no Graphite. */
  readonly graphite?: {
    /** Netdata runs on instances or nodes. */
    readonly hosts: boolean;
    /** Fargate tasks have a sidecar. */
    readonly tasks: boolean;
  };
}

/** The same with every value known. */
export type KnownInput = pulumi.Unwrap<DashboardInput>;
export type KnownService = KnownInput["services"][number];
export type KnownStore = KnownInput["stores"][number];
