import { type Fact } from "./row";

/** A runtime that AWS Lambda manages. */
export interface LambdaRuntime extends Fact {
  /** What esbuild compiles for; absent for runtimes that do not run JavaScript. */
  readonly esbuildTarget?: string;
  /** True when a published version can start from a snapshot of an environment that is past its init (SnapStart). */
  readonly snapStart: boolean;
  /** False once AWS refuses to create functions with it. */
  readonly creatable: boolean;
  /** Day AWS ends its support, as it says in advance. */
  readonly deprecated: string;
}

const RUNTIMES_PAGE = { source: "https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html", date: "2026-11" } as const;

/**
 * The runtimes this platform knows, by the identifier Lambda gives them.
 * Which have SnapStart: Lambda developer guide, "Improving startup performance with Lambda SnapStart" (2026-11): Java 11, Python 3.12
 * and .NET 8 and later; not Node.js.
 */
export const LAMBDA_RUNTIMES = {
  "nodejs20.x": { esbuildTarget: "node20", snapStart: false, creatable: false, deprecated: "2026-04-30", ...RUNTIMES_PAGE },
  "nodejs22.x": { esbuildTarget: "node22", snapStart: false, creatable: true, deprecated: "2027-04-30", ...RUNTIMES_PAGE },
  "nodejs24.x": { esbuildTarget: "node24", snapStart: false, creatable: true, deprecated: "2028-04-30", ...RUNTIMES_PAGE },
  "python3.13": { snapStart: true, creatable: true, deprecated: "2029-06-30", ...RUNTIMES_PAGE },
  "python3.14": { snapStart: true, creatable: true, deprecated: "2029-06-30", ...RUNTIMES_PAGE },
  java25: { snapStart: true, creatable: true, deprecated: "2029-06-30", ...RUNTIMES_PAGE },
  dotnet10: { snapStart: true, creatable: true, deprecated: "2028-11-14", ...RUNTIMES_PAGE },
} as const satisfies Readonly<Record<string, LambdaRuntime>>;

/** Identifier of a runtime of the table. */
export type LambdaRuntimeName = keyof typeof LAMBDA_RUNTIMES;
