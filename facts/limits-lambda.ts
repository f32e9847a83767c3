import { type Limit } from "./row";

const QUOTAS = { source: "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html", date: "2026-11" } as const;
const MEMORY = { source: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html", date: "2026-11" } as const;

/** What AWS Lambda, and the HTTP API in front of it, allow. */
export const LAMBDA_LIMITS = {
  memoryMin: { value: 128, unit: "MiB", adjustable: false, ...QUOTAS },
  memoryMax: { value: 10_240, unit: "MiB", adjustable: false, ...QUOTAS },
  /** Memory that comes with one whole vCPU; the share of a vCPU grows and shrinks with the memory. */
  memoryPerVcpu: { value: 1_769, unit: "MiB", adjustable: false, ...MEMORY },
  /** Longest invocation. */
  timeout: { value: 900_000, unit: "ms", adjustable: false, ...QUOTAS },
  /** Longest init phase; past it the environment is started again inside the first invocation. */
  init: {
    value: 10_000,
    unit: "ms",
    adjustable: false,
    source: "https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html",
    date: "2026-11",
  },
  /** Largest request or response of a synchronous invocation. */
  payload: { value: 6, unit: "MiB", adjustable: false, ...QUOTAS },
  /** `/tmp`, at least and at most. */
  scratchMin: { value: 512, unit: "MiB", adjustable: false, ...QUOTAS },
  scratch: { value: 10_240, unit: "MiB", adjustable: false, ...QUOTAS },
  image: { value: 10_240, unit: "MiB", adjustable: false, ...QUOTAS },
  /** Environments that run at once in a region, over all functions of an account. */
  concurrency: { value: 1_000, unit: "count", adjustable: true, ...QUOTAS },
  /** Concurrency that can't be reserved: functions without a reservation share it. */
  unreserved: {
    value: 100,
    unit: "count",
    adjustable: false,
    source: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html",
    date: "2026-11",
  },
  /** Longest time a REST API, or one of WebSockets, waits for an answer. AWS raises it for regional REST APIs. */
  restTimeout: {
    value: 29_000,
    unit: "ms",
    adjustable: true,
    source: "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html",
    date: "2026-11",
  },
  /** Shortest time an API waits for an answer. */
  apiTimeoutMin: {
    value: 50,
    unit: "ms",
    adjustable: false,
    source: "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html",
    date: "2026-11",
  },
  /** Longest time an HTTP API waits for an answer. */
  apiTimeout: {
    value: 30_000,
    unit: "ms",
    adjustable: false,
    source: "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html",
    date: "2026-11",
  },
} as const satisfies Readonly<Record<string, Limit>>;
