/** What every component of an environment is told about where it is. Plain values: they decide which resources exist. */
export interface PlatformContext {
  /** Name of the environment: `dev`, `prod`. */
  readonly environment: string;
  readonly accountId: string;
  readonly region: string;
  /** True where losing data or a zone must not stop the business. */
  readonly durable: boolean;
  /** True while the environment is taken down: nothing is protected from deletion any more, all else stays as it is. Default: false. */
  readonly decommissioning?: boolean | undefined;
}

/** How long what an environment has shall last. */
export type Lasting = Pick<PlatformContext, "durable" | "decommissioning">;

/** Whether AWS and the engine shall refuse to delete what the environment has. */
export function isProtected({ durable, decommissioning = false }: Lasting): boolean {
  return durable && !decommissioning;
}

/** Options of what must not be lost as long as nobody decommissions the environment. */
export function kept(context: Lasting): { readonly protect: boolean; readonly retainOnDelete: boolean } {
  return { protect: isProtected(context), retainOnDelete: isProtected(context) };
}

/**
 * Options of what stays in AWS even then: snapshots and backups that outlive the environment can't be read without their key, and what has no last
 * snapshot, such as a bucket, is not thrown away with the rest.
 */
export function outliving(context: Lasting): { readonly protect: boolean; readonly retainOnDelete: boolean } {
  return { protect: isProtected(context), retainOnDelete: context.durable };
}
