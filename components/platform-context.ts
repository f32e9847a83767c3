/** What every component of an environment is told about where it is. Plain values: they decide which resources exist. */
export interface PlatformContext {
  /** Name of the environment: `dev`, `prod`. */
  readonly environment: string;
  readonly accountId: string;
  readonly region: string;
  /** True where losing data or a zone must not stop the business. */
  readonly durable: boolean;
}
