import { type Architecture } from "../../../facts/ec2-types";
import { type Demand, type Target } from "../../service/descriptor";
import { type PlacementFacts } from "./placement-facts";

/** What starts a service that nothing calls. */
export type TriggerKind = "upload" | "schedule" | "topic" | "queue";

/** Who may call a service. */
export type Callers = "internet" | "services";

/** What a service is, apart from how much it is used. `shapeOf` reads it from a descriptor. */
export interface Shape {
  /** It has code that is called per request or event. */
  readonly handler: boolean;
  /** It has a container image. */
  readonly image: boolean;
  /** It runs to its end, rather than serving until it is stopped. */
  readonly job: boolean;
  /** A run may be stopped and started again. */
  readonly interruptible: boolean;
  readonly triggers: readonly TriggerKind[];
  /** Who calls it over HTTP; absent when nobody does. */
  readonly http?: Callers;
  /** Who calls it over raw TCP; absent when nobody does. */
  readonly tcp?: Callers;
  /** Ports it listens on. */
  readonly ports: number;
  /** One of its ports speaks something else than HTTP. */
  readonly rawPort: boolean;
  /** Other services whose copies must share a host with its own, either way round. */
  readonly together: readonly string[];
  /** Other services whose copies must not share a host with its own, either way round. */
  readonly apart: readonly string[];
  /** Persistent volumes in MiB; 0 for a service that keeps no state in its container. */
  readonly volumes: number;
  /** It waits for a third party. */
  readonly thirdParty: boolean;
  /** It must run in a cluster outside AWS as well: another datacentre or cloud. */
  readonly hybrid: boolean;
}

/** What placement must know of the environment. `placementEnvironment` fills in the defaults. */
export interface PlacementEnvironment {
  /** Such as `us-east-1`; decides prices. */
  readonly region: string;
  /** True where the loss of one copy must not stop a service: it then has at least two. */
  readonly durable: boolean;
  readonly architecture: Architecture;
  /** True when a team looks after EC2 instances. */
  readonly runsInstances: boolean;
  /** Share of the instances' vCPU and memory that is sold to copies, 0 to 1, on the scarcer of the two. */
  readonly ec2Packing: number;
  /** Share of a service's copies above its first that run on Spot, 0 to 1. */
  readonly spotShare: number;
  /** Discount on Spot, 0 to 1. */
  readonly spotDiscount: number;
  /** What a savings plan takes off, 0 to 1 each. */
  readonly savings: { readonly lambda: number; readonly fargate: number; readonly ec2: number };
  /** Clusters that are there whether this service joins or not, so that it pays for its share of the instances only. */
  readonly clusters: { readonly ec2: boolean; readonly eks: boolean };
  /** Services that divide the hourly price of the load balancer among them, at least 1. */
  readonly loadBalancerSharedBy: number;
  /** Functions that may run at once in the account and region. */
  readonly functionConcurrency: number;
}

/** Everything a placement is computed from. */
export interface Case {
  readonly demand: Demand;
  readonly shape: Shape;
  readonly facts: PlacementFacts;
  readonly environment: PlacementEnvironment;
}

/** A part of a month's cost. */
export interface CostLine {
  readonly what: string;
  /** US dollars a month; absent when a price is not known. */
  readonly usd?: number;
}

/** Functions: one environment a request. */
export interface FunctionSize {
  readonly kind: "function";
  /** MiB. */
  readonly memory: number;
  /** Environments at the peak. */
  readonly concurrency: number;
  /** Concurrency to reserve: the peak with headroom. */
  readonly reserved: number;
}

/** Containers that serve until they are stopped. */
export interface CopiesSize {
  readonly kind: "copies";
  /** vCPU of one copy. */
  readonly cpu: number;
  /** MiB of one copy. */
  readonly memory: number;
  /** Copies paid for, averaged over a month; not whole, because copies come and go. */
  readonly average: number;
  readonly minimum: number;
  readonly maximum: number;
  /** Share of the copies above the first on Spot. */
  readonly spotShare: number;
  /** Instance type the copies are packed on, where there are instances. */
  readonly instanceType?: string;
  /** Copies that fit one instance. */
  readonly perInstance?: number;
  /** Persistent volume of each copy, MiB. */
  readonly volumes?: number;
}

/** Containers that run to their end. */
export interface RunsSize {
  readonly kind: "runs";
  /** vCPU of one run. */
  readonly cpu: number;
  /** MiB of one run. */
  readonly memory: number;
  /** Runs at the same time at the peak. */
  readonly atOnce: number;
  readonly spot: boolean;
}

export type Size = FunctionSize | CopiesSize | RunsSize;

/** How big a service is on one target, and what that costs. */
export interface Estimate {
  readonly size: Size;
  /** The size in words. */
  readonly summary: string;
  readonly costs: readonly CostLine[];
  /** Sum of `costs`, US dollars a month; absent when one of them is unpriced. */
  readonly monthlyUsd?: number;
  readonly assumptions: readonly string[];
}

/** A target that was not chosen. */
export interface Alternative {
  readonly target: Target;
  /** False when a rule excludes it. */
  readonly feasible: boolean;
  /** US dollars a month; also for an excluded target where it can be sized, so that one sees what the rule costs. Absent when unpriced. */
  readonly monthlyUsd?: number;
  /** Why it was not chosen. */
  readonly because: string;
  /** Ids of the rules that exclude it. */
  readonly rules: readonly string[];
  readonly size?: Size;
}

/** Where a service runs, and why. */
export interface Placement {
  /** Absent when a rule excludes every target. */
  readonly target?: Target;
  /** US dollars a month; absent when nothing is feasible or a price is not known. */
  readonly monthlyUsd?: number;
  /** `cost` when it was the cheapest of several, else the ids of the rules that left only it. */
  readonly decidedBy: readonly string[];
  /** Sentences, the deciding one first. */
  readonly reasons: readonly string[];
  /** Every other target: the feasible ones from cheap to dear, then the excluded ones. */
  readonly alternatives: readonly Alternative[];
  readonly assumptions: readonly string[];
  readonly size?: Size;
  readonly costs: readonly CostLine[];
}
