import { MIB_PER_GIB, inService } from "../load";
import { functionMemory } from "../targets/lambda";
import { type PlacementRule } from "./rule";

const MS_PER_SECOND = 1_000;
const DEFAULT_PAYLOAD_MIB = 1;
/** From here on a memory context is large: it is loaded again in every environment that starts. */
export const LARGE_CONTEXT_MIB = 4_096;
/** From here on a start is slow: callers notice it. */
export const SLOW_START_MS = 5_000;

const seconds = (ms: number) => `${ms / MS_PER_SECOND} s`;

/** What a function can't do, and what it shouldn't. */
export const FUNCTION_RULES: readonly PlacementRule[] = [
  {
    id: "function-time",
    targets: ["lambda"],
    says: "An invocation ends after 15 minutes.",
    excludes: ({ demand, facts: { lambda } }) =>
      demand.duration > lambda.timeout.value
        ? `one request takes ${seconds(demand.duration)}, the limit is ${seconds(lambda.timeout.value)}`
        : undefined,
  },
  {
    id: "api-time",
    targets: ["lambda"],
    says: "An HTTP API waits 30 seconds for an answer.",
    excludes: ({ demand, shape, facts: { lambda } }) =>
      shape.http !== undefined && demand.duration > lambda.apiTimeout.value
        ? `one request takes ${seconds(demand.duration)}, the API waits ${seconds(lambda.apiTimeout.value)}`
        : undefined,
  },
  {
    id: "function-memory",
    targets: ["lambda"],
    says: "A function has at most 10,240 MB, and its CPU comes with its memory.",
    excludes: (subject) => {
      const most = subject.facts.lambda.memoryMax.value;
      const memory = functionMemory(subject);
      return memory > most ? `it needs ${memory} MiB for its memory and CPU, the limit is ${most}` : undefined;
    },
  },
  {
    id: "function-init",
    targets: ["lambda"],
    says: "Init is cut off after 10 seconds.",
    excludes: ({ demand, facts: { lambda } }) =>
      demand.start > lambda.init.value
        ? `it takes ${seconds(demand.start)} to start, init is cut off after ${seconds(lambda.init.value)}`
        : undefined,
  },
  {
    id: "large-context",
    targets: ["lambda"],
    says: "A large memory context with a slow start is loaded once, by a long-lived service.",
    excludes: ({ demand, shape }) =>
      !shape.job && demand.memory >= LARGE_CONTEXT_MIB && demand.start >= SLOW_START_MS
        ? `it loads ${demand.memory / MIB_PER_GIB} GiB in ${seconds(demand.start)}, which a long-lived service does once`
        : undefined,
  },
  {
    id: "function-payload",
    targets: ["lambda"],
    says: "A request or a response of a function has at most 6 MB.",
    excludes: ({ demand, shape, facts: { lambda } }) => {
      const carried = shape.http !== undefined || shape.triggers.includes("topic") || shape.triggers.includes("queue");
      const payload = demand.payload ?? DEFAULT_PAYLOAD_MIB;
      return carried && payload > lambda.payload.value
        ? `a body has up to ${payload} MiB, the limit is ${lambda.payload.value}`
        : undefined;
    },
  },
  {
    id: "function-concurrency",
    targets: ["lambda"],
    says: "Functions of an account share their concurrency in a region, of which some can't be reserved.",
    excludes: ({ demand, environment, facts: { lambda } }) => {
      const peak = Math.ceil(inService(demand, "peak"));
      const most = environment.functionConcurrency - lambda.unreserved.value;
      return peak > most ? `${peak} requests are in service at the peak, ${most} can be` : undefined;
    },
  },
];
