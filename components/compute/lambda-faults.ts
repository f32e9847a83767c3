import { LAMBDA_LIMITS } from "../../facts/limits-lambda";
import { LAMBDA_PACKAGE_LIMITS, LAMBDA_RESERVED_VARIABLES } from "../../facts/limits-lambda-package";
import { LAMBDA_RUNTIMES } from "../../facts/lambda-runtimes";
import { type Fault } from "../faults";
import { type Descriptor } from "../service/descriptor";
import { type Bundle, bundleHandler, type BundleRuntime } from "./bundle";
import { scheduleFaults } from "./schedule-expression";
import { filtersOverlap } from "./triggers/upload-pattern";

/** A descriptor with the file it is from, such as `services/orders/service.yaml`. */
export interface FunctionEntry {
  readonly file: string;
  readonly descriptor: Descriptor;
}

/** A service's function as an environment wants it. */
export interface FunctionSize {
  /** Where the size is from: a key of the stack file, or the descriptor's demand. */
  readonly key: string;
  /** MiB. */
  readonly memory: number;
  readonly reservedConcurrency: number;
}

const DEFAULT_RUNTIME: BundleRuntime = "nodejs22.x";
const BYTES_PER_MIB = 1_048_576;
const MS_PER_SECOND = 1_000;

/**
 * Bundles the handler of every service that has one.
 * @param root folder of the project.
 * @returns the bundles by service, and everything that is wrong with handlers, wherever the services will run.
 */
export function bundleServices(
  root: string,
  entries: readonly FunctionEntry[],
): { readonly bundles: ReadonlyMap<string, Bundle>; readonly faults: readonly Fault[] } {
  const bundles = new Map<string, Bundle>();
  const faults: Fault[] = [];
  for (const { file, descriptor } of entries) {
    const { run, name } = descriptor;
    if (!("handler" in run)) continue;
    const folder = file.slice(0, file.lastIndexOf("/"));
    const result = bundleHandler(root, `${folder}/${run.handler}`, run.runtime ?? DEFAULT_RUNTIME, `${file}: run.handler`);
    if ("bundle" in result) bundles.set(name, result.bundle);
    faults.push(...result.faults);
  }
  return { bundles, faults };
}

type Check = (entry: FunctionEntry) => Fault[];

const runtimeIsOpen: Check = ({ file, descriptor: { run } }) => {
  const runtime = ("handler" in run && run.runtime) || DEFAULT_RUNTIME;
  const { creatable, deprecated } = LAMBDA_RUNTIMES[runtime];
  if (creatable) return [];
  const open = Object.entries(LAMBDA_RUNTIMES).flatMap(([name, row]) => ("esbuildTarget" in row && row.creatable ? [name] : []));
  return [
    {
      key: `${file}: run.runtime`,
      what: `lost its support on ${deprecated}; Lambda refuses new functions with it`,
      got: runtime,
      right: `give ${open.join(" or ")}`,
    },
  ];
};

/** Needs with a memory that no function has, and calls that take longer than any function may, as the descriptor itself says. */
const demandFits: Check = ({ file, descriptor: { demand, reach } }) => {
  const { memoryMax, timeout, apiTimeout, init } = LAMBDA_LIMITS;
  const longest = reach?.http === undefined ? timeout : apiTimeout;
  const faults: Fault[] = [];
  if (demand.memory > memoryMax.value)
    faults.push({
      key: `${file}: demand.memory`,
      what: "is more than a function can have",
      got: `${demand.memory}MiB`,
      right: `give at most ${memoryMax.value}MiB, or an image`,
    });
  if (demand.duration > longest.value)
    faults.push({
      key: `${file}: demand.duration`,
      what: reach?.http === undefined ? "is longer than a function may run" : "is longer than the HTTP API waits",
      got: `${demand.duration / MS_PER_SECOND}s`,
      right: `give at most ${longest.value / MS_PER_SECOND}s, or an image`,
    });
  if (demand.start > init.value)
    faults.push({
      key: `${file}: demand.start`,
      what: "is longer than the init phase of a function",
      got: `${demand.start / MS_PER_SECOND}s`,
      right: `give at most ${init.value / MS_PER_SECOND}s, or an image that loads once`,
    });
  return faults;
};

const variablesAreOwn: Check = ({ file, descriptor: { run } }) => {
  const variables = Object.entries(run.variables ?? {});
  const bytes = variables.reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value), 0);
  const limit = LAMBDA_PACKAGE_LIMITS.environment.value * BYTES_PER_MIB;
  return [
    ...variables
      .filter(([name]) => LAMBDA_RESERVED_VARIABLES.names.has(name))
      .map(([name]) => ({
        key: `${file}: run.variables.${name}`,
        what: "is a variable that Lambda sets by itself",
        got: name,
        right: "choose another name",
      })),
    ...(bytes > limit
      ? [{ key: `${file}: run.variables`, what: "are more than Lambda takes", got: `${bytes} bytes`, right: `stay under ${limit} bytes` }]
      : []),
  ];
};

const reachIsPublic: Check = ({ file, descriptor: { reach } }) =>
  reach?.from === "services"
    ? [
        {
          key: `${file}: reach.from`,
          what: "asks for a function that only services can call, but the HTTP API is open to the internet",
          got: reach.from,
          right: "give `image`, or start the function by a queue or topic",
        },
      ]
    : [];

const schedulesParse: Check = ({ file, descriptor: { triggers } }) =>
  (triggers ?? []).flatMap((trigger, index) =>
    "schedule" in trigger ? scheduleFaults(`${file}: triggers[${index}].schedule`, trigger.schedule) : [],
  );

/** One object must start a service once. */
const uploadsOnce: Check = ({ file, descriptor: { triggers } }) => {
  const uploads = (triggers ?? []).flatMap((trigger, index) => ("upload" in trigger ? [{ ...trigger, index }] : []));
  return uploads.flatMap((trigger) =>
    uploads
      .filter((other) => other.index < trigger.index && other.upload === trigger.upload && filtersOverlap(trigger, other))
      .map((other) => ({
        key: `${file}: triggers[${trigger.index}]`,
        what: `would start the service a second time for objects that triggers[${other.index}] starts it for`,
        got: { upload: trigger.upload, prefix: trigger.prefix, suffix: trigger.suffix },
        right: "give prefixes or suffixes of which only one can match",
      })),
  );
};

/** A function that writes where its uploads come from starts itself until somebody sees the bill. */
const uploadsEnd: Check = ({ file, descriptor: { triggers, needs } }) =>
  (triggers ?? []).flatMap((trigger, index) =>
    "upload" in trigger && (needs ?? []).some((need) => "bucket" in need && need.bucket === trigger.upload && need.access === "write")
      ? [
          {
            key: `${file}: triggers[${index}].upload`,
            what: "names a bucket that the service writes to: what it writes would start it again",
            got: trigger.upload,
            right: "write to another bucket, and need this one for read only",
          },
        ]
      : [],
  );

const CHECKS: readonly Check[] = [runtimeIsOpen, demandFits, variablesAreOwn, reachIsPublic, schedulesParse, uploadsOnce, uploadsEnd];

/** What keeps services that are placed on Lambda from running there. Give it those only: elsewhere most of it is no fault. */
export function lambdaFaults(entries: readonly FunctionEntry[]): Fault[] {
  return entries.filter(({ descriptor }) => "handler" in descriptor.run).flatMap((entry) => CHECKS.flatMap((check) => check(entry)));
}

/**
 * What is wrong with the sizes of an environment's functions, each and together.
 * @param sizes by service.
 * @param accountConcurrency functions that may run at once in the account and region.
 */
export function functionSizeFaults(sizes: ReadonlyMap<string, FunctionSize>, accountConcurrency: number): Fault[] {
  const { memoryMin, memoryMax, unreserved } = LAMBDA_LIMITS;
  const faults: Fault[] = [];
  for (const { key, memory } of sizes.values())
    if (!Number.isInteger(memory) || memory < memoryMin.value || memory > memoryMax.value)
      faults.push({
        key,
        what: "is a memory that no function can have",
        got: `${memory}MiB`,
        right: `give whole MiB from ${memoryMin.value} to ${memoryMax.value}`,
      });
  const reserved = [...sizes.values()].reduce((sum, size) => sum + size.reservedConcurrency, 0);
  const most = accountConcurrency - unreserved.value;
  if (reserved > most)
    faults.push({
      key: [...sizes.keys()].join(", "),
      what: `reserve more concurrency than the account has, of which ${unreserved.value} cannot be reserved`,
      got: reserved,
      right: `stay at or under ${most}, or ask AWS for more`,
    });
  return faults;
}
