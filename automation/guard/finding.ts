import { type PlanDocument } from "../../plan/plan-schema";
import { type ReplacingChange } from "./properties";
import { type StepState } from "./step";

interface Found {
  /** True when nothing may be deployed because of it; false when somebody agreed to it by name, or it is only told. */
  readonly stops: boolean;
  /** What would happen, in one line without the URN. */
  readonly what: string;
  /** Why that is bad, or what is lost. */
  readonly why: string;
  /** What to do about it; one of them is enough. */
  readonly todo: readonly string[];
}

interface Going extends Found {
  readonly urn: string;
  readonly type: string;
  /** What replaces it; none of a deletion. */
  readonly properties: readonly ReplacingChange[];
  /** URN of the resource whose going makes this one go. */
  readonly follows?: string;
  /** True when `--allow-replace` names it. */
  readonly allowed: boolean;
}

/** Something that keeps data, or may keep some, would be replaced or deleted. */
export interface DataFinding extends Going {
  readonly kind: "replaces" | "deletes";
  /** `perhaps`: the type is in none of the tables. */
  readonly keepsData: "yes" | "perhaps";
  /** The engine refuses it whoever allows it. */
  readonly protect: boolean;
  /** The old one stays in AWS. */
  readonly retained: boolean;
}

/** Services would be away for a while. */
export interface OutageFinding extends Going {
  readonly kind: "outage";
  readonly rule: "foundation" | "deleted-first" | "empty-target-group" | "other-address" | "not-waited-for";
  /** URNs of what runs and is hit by it. */
  readonly affects: readonly string[];
}

/** A mandatory rule is broken, an exception is expired, or a rule failed itself. */
export interface PolicyFinding extends Found {
  readonly kind: "policy";
  readonly rule: string;
  readonly urn?: string;
  readonly property?: string;
}

/** The environment would cost more than it may. */
export interface BudgetFinding extends Found {
  readonly kind: "budget";
  readonly monthlyUsd: number;
  readonly budgetUsd: number;
}

/** A resource that keeps data, when its environment is destroyed. */
export interface Kept {
  readonly urn: string;
  /** `stays` in AWS in no state, `goes` with its data, or is `refused` by the engine because it is protected. */
  readonly then: "stays" | "goes" | "refused";
}

/** A durable environment would be destroyed. */
export interface DestroyFinding extends Found {
  readonly kind: "destroy";
  readonly environment: string;
  readonly keeps: readonly Kept[];
}

/** A word of the person who runs it names nothing. */
export interface AllowFinding extends Found {
  readonly kind: "allow";
  /** As it was given. */
  readonly given: string;
  readonly nearest?: string;
}

/** Something that the guard found. */
export type GuardFinding = DataFinding | OutageFinding | PolicyFinding | BudgetFinding | DestroyFinding | AllowFinding;

/** What a plan says of cost, as far as the guard reads it. */
export interface PlannedCost {
  readonly totals: { readonly monthlyUsd: number };
  readonly budget?: { readonly monthlyUsd: number; readonly over: boolean } | undefined;
  readonly whatIf?: readonly { readonly change: string; readonly savesUsd: number; readonly loses: string }[];
}

/** A resource and what it depends on, as a state or a plan has it. */
export interface KnownResource {
  readonly urn: string;
  readonly dependencies: readonly string[];
  readonly propertyDependencies?: StepState["propertyDependencies"] | undefined;
  readonly deletedWith?: string | undefined;
  readonly deleteBeforeReplace?: boolean | undefined;
}

/** What the guard is told besides the steps. */
export interface GuardAbout {
  readonly operation: "up" | "destroy";
  /** Name of the environment. */
  readonly environment: string;
  /** `strata:environment.durable`. */
  readonly durable: boolean;
  /** `strata:environment.decommissioning`. Default: false. */
  readonly decommissioning?: boolean;
  /** URNs of `--allow-replace`, as they were given. */
  readonly allowReplace: readonly string[];
  /** Environment that `--destroy-durable` names; absent when it was not given. */
  readonly destroyDurable?: string;
  /** What the environment will be. Without it no policy and no budget is looked at. */
  readonly plan?: Pick<PlanDocument, "policy" | "resources"> & { readonly cost?: PlannedCost | undefined };
  /** The state as it is: what depends on what, which engine events leave out. */
  readonly state?: readonly KnownResource[];
}
