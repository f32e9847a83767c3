import { type Fact, type Limit } from "./row";

const QUOTAS = { source: "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html", date: "2026-11" } as const;

/** What AWS Lambda allows in a function's package and environment. */
export const LAMBDA_PACKAGE_LIMITS = {
  /** A .zip file that is sent with the request rather than from S3. */
  zipped: { value: 50, unit: "MiB", adjustable: false, ...QUOTAS },
  /** The same, unpacked, with all layers. */
  unzipped: { value: 250, unit: "MiB", adjustable: false, ...QUOTAS },
  /** Names and values of all environment variables together: 4 KiB. */
  environment: { value: 4 / 1_024, unit: "MiB", adjustable: false, ...QUOTAS },
} as const satisfies Readonly<Record<string, Limit>>;

/** Environment variables that Lambda sets by itself; a function that sets one of them is refused. */
export const LAMBDA_RESERVED_VARIABLES: Fact & { readonly names: ReadonlySet<string> } = {
  names: new Set([
    "_HANDLER",
    "_X_AMZN_TRACE_ID",
    "AWS_DEFAULT_REGION",
    "AWS_REGION",
    "AWS_EXECUTION_ENV",
    "AWS_LAMBDA_FUNCTION_NAME",
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
    "AWS_LAMBDA_FUNCTION_VERSION",
    "AWS_LAMBDA_INITIALIZATION_TYPE",
    "AWS_LAMBDA_LOG_GROUP_NAME",
    "AWS_LAMBDA_LOG_STREAM_NAME",
    "AWS_ACCESS_KEY",
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_LAMBDA_RUNTIME_API",
    "LAMBDA_TASK_ROOT",
    "LAMBDA_RUNTIME_DIR",
  ]),
  source: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html",
  date: "2026-11",
};
