import { type Properties } from "../../plan/graph";

/** A resource on one side of a step. Secrets read `[secret]`, what is not known yet {@link UNKNOWN}. */
export interface StepState {
  readonly id?: string;
  /** True when a provider manages it; false for a component, which holds nothing itself. */
  readonly custom: boolean;
  readonly parent?: string;
  /** The provider resource that manages it, as `urn::id`. */
  readonly provider?: string;
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
  /** URN of the resource it is gone with. */
  readonly deletedWith?: string;
  /** URNs it waits for; empty where the engine does not tell: its events leave them out, `pulumi preview --json` has them. */
  readonly dependencies: readonly string[];
  /** For each input property, the URNs its value comes from; as above. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly inputs: Properties;
}

/** One step of a preview, with what the resource is now and what it will be. */
export interface GuardStep {
  /** The engine's word: `same`, `create`, `update`, `delete`, `replace`, `create-replacement`, `delete-replaced` … */
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  /** Properties that make it a replacement, or the engine's own words for one: `provider`, `deletedWith`, `id`. */
  readonly replaceKeys: readonly string[];
  /** For each path that differs, how: `update`, `update-replace` …; empty where the provider gives no detail. */
  readonly detail: Readonly<Record<string, string>>;
  readonly before?: StepState;
  readonly after?: StepState;
}
