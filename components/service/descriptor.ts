import { z } from "zod";
import { quantity } from "../quantity";
import { Need } from "./needs";

/** What a person would write a service's name as: a DNS label, short enough for every AWS name made from it. */
export const serviceName = z.string().regex(/^[a-z]([a-z0-9-]{0,18}[a-z0-9])$/, {
  error: "is not a service name; use a-z, 0-9 and -, starting with a letter and ending with none of -, 2 to 20 characters",
});

const port = z
  .int({ error: "is not a port number" })
  .min(1, "is out of range; a port is 1 to 65535")
  .max(65_535, "is out of range; a port is 1 to 65535");

const environmentVariables = z.record(z.string().regex(/^[A-Z][A-Z0-9_]*$/, "is not a variable name; use A-Z, 0-9 and _"), z.string());

const language = z
  .enum(["nodejs", "java", "python"])
  .optional()
  .describe("Language of the program in the image: an agent then traces it without a change. Default: none; it traces itself, if it does.");

const container = z
  .strictObject({
    image: z.string().min(1).describe("Container image with a tag or digest."),
    port: port.optional().describe("Port the container listens on. Give `port` or `ports`; a worker that only consumes gives neither."),
    ports: z
      .array(
        z.strictObject({
          name: z
            .string()
            .regex(/^[a-z][a-z0-9-]{0,14}$/)
            .describe("Name of the port, unique in the service."),
          port: port.describe("Port the container listens on."),
          protocol: z.enum(["tcp", "http"]).describe("What the port speaks."),
        }),
      )
      .min(1)
      .optional()
      .describe("Several ports, or a port that does not speak HTTP."),
    health: z
      .string()
      .startsWith("/", "is not a path; start it with /")
      .optional()
      .describe("Path that answers 200 when the container can serve."),
    command: z.array(z.string()).optional().describe("Command that replaces the image's own."),
    language,
    variables: environmentVariables.optional().describe("Plain environment variables; never secrets."),
    writable: z.array(z.string().startsWith("/")).optional().describe("Scratch directories; the root file system is read-only."),
  })
  .describe("A long-running container.");

const handler = z
  .strictObject({
    handler: z.string().min(1).describe("File in the service's folder whose export `handler` is called."),
    runtime: z.enum(["nodejs20.x", "nodejs22.x", "nodejs24.x"]).optional().describe("Lambda runtime. Default: nodejs22.x."),
    variables: environmentVariables.optional().describe("Plain environment variables; never secrets."),
  })
  .describe("A function, called per request or event.");

const job = z
  .strictObject({
    job: z.string().min(1).describe("Container image of a job: it runs to its end."),
    command: z.array(z.string()).optional().describe("Command that replaces the image's own."),
    language,
    variables: environmentVariables.optional().describe("Plain environment variables; never secrets."),
    interruptible: z
      .boolean()
      .optional()
      .describe("True when a run may be stopped and started again, so that it can use Spot. Default: false."),
    writable: z.array(z.string().startsWith("/")).optional().describe("Scratch directories; the root file system is read-only."),
  })
  .describe("A container that runs to its end.");

/** What runs; told apart by `image`, `handler` or `job`. */
export const RUN_VARIANTS = { image: container, handler, job } as const;

const demand = z
  .strictObject({
    average: quantity("rate", "40/s").describe("Requests, messages or runs over a month, such as 40/s or 1/day."),
    peak: quantity("rate", "300/s").describe("The most in any minute."),
    shape: z
      .enum(["steady", "spiky", "periodic", "bursty", "rare"])
      .describe("steady: always some. spiky: unpredictable. periodic: at known times. bursty: in batches. rare: mostly nothing."),
    duration: quantity("duration", "80ms").describe("Time to serve one, without waiting for others."),
    memory: quantity("memory", "512MiB").describe("Memory of one running copy."),
    cpu: z.number().min(0.01).max(192).optional().describe("vCPU that one request keeps busy while it is served. Default: 0.1."),
    start: quantity("duration", "3s").describe("Time from start to first answer."),
    concurrency: z
      .int()
      .min(1)
      .max(10_000)
      .optional()
      .describe("Requests one copy serves at a time. Default: 20 for containers; a function always serves one."),
    payload: quantity("memory", "1MiB").optional().describe("Largest request or response body. Default: 1MiB."),
  })
  .describe("How much it is used; what placement, size and cost are computed from.");

const reach = z
  .strictObject({
    http: z
      .string()
      .regex(/^\/[a-z0-9/_-]*$/, { error: "is not a path; start it with / and use a-z, 0-9, / _ -" })
      .optional()
      .describe("Path under which it is reached."),
    tcp: z.array(z.string()).min(1).optional().describe("Names of `run.ports` that are reached over TCP."),
    from: z.enum(["internet", "services"]).describe("internet: everybody. services: only services that need it."),
  })
  .describe("How it is reached; absent when nothing calls it.");

const TRIGGER_VARIANTS = {
  upload: z.strictObject({
    upload: z.string().describe("Name of the bucket of a `needs` entry whose new objects start it."),
    prefix: z.string().optional().describe("Only keys that start with this."),
    suffix: z.string().optional().describe("Only keys that end with this."),
  }),
  schedule: z.strictObject({ schedule: z.string().describe("`cron(…)` or `rate(…)` as EventBridge Scheduler spells it; UTC.") }),
  topic: z.strictObject({ topic: z.string().describe("Topic of a `needs` entry whose records start it.") }),
  queue: z.strictObject({ queue: z.string().describe("Queue of a `needs` entry whose messages start it.") }),
} as const;
const trigger = z.union([TRIGGER_VARIANTS.upload, TRIGGER_VARIANTS.schedule, TRIGGER_VARIANTS.topic, TRIGGER_VARIANTS.queue]);

/** Where a service can run. */
export const TARGETS = ["lambda", "fargate", "fargate-job", "ecs", "eks", "eks-stateful"] as const;
export type Target = (typeof TARGETS)[number];

const place = z
  .union([
    z.literal("auto"),
    z.strictObject({
      on: z.enum(TARGETS).describe("Where it runs instead of where the advisor would put it."),
      cluster: z
        .string()
        .regex(/^[a-z][a-z0-9-]*$/, { error: "is not the name of a cluster; use a-z, 0-9 and -" })
        .optional()
        .describe("With eks: an adopted cluster of `strata:kubernetes`, in another datacentre or cloud. Default: the environment's own."),
      because: z
        .string({ error: "is missing; say why the advisor is overruled" })
        .min(10, "is too short to be a reason; say why in a sentence")
        .describe("Why the advisor is overruled."),
    }),
  ])
  .describe("auto, or a target with its reason.");

const slo = z
  .strictObject({
    availability: z.number().min(50).max(99.999).describe("Percent of requests that do not fail, such as 99.9."),
    latency: z
      .strictObject({
        under: quantity("duration", "300ms").describe("Time within which a request is answered."),
        share: z.number().min(50).max(99.999).describe("Percent of requests that are, such as 99."),
      })
      .optional()
      .describe("How quick it is; not for a service that only services call. Default: not promised."),
    window: quantity("duration", "30d").prefault("30d").describe("Time over which both are promised, 1d to 90d. Default: 30d."),
  })
  .describe("What it promises, in every durable environment. Default: nothing; alarms watch single minutes then.");

const legacy = z
  .strictObject({
    because: z.string().min(10).describe("Why it keeps state in its container."),
    volumes: z
      .array(
        z.strictObject({
          path: z.string().startsWith("/").describe("Directory it is mounted at."),
          size: quantity("memory", "50GiB").describe("Size of the volume; it can grow, never shrink."),
        }),
      )
      .min(1)
      .describe("Persistent volumes."),
  })
  .describe("The only way to a persistent volume: for workloads that cannot be made stateless yet.");

/** `service.yaml`: what a service is and what it needs, the same in every environment. */
export const Descriptor = z
  .strictObject({
    name: serviceName.describe("Name of the service, unique in the catalogue; also the name of its folder."),
    summary: z.string().min(5).max(200).describe("What it does, in one sentence."),
    owner: z.string().min(2).optional().describe("Team that is called when it breaks. Default: the environment's owner."),
    critical: z
      .boolean()
      .optional()
      .describe("True when its failure stops the business; it then never has a single point of failure. Default: false."),
    run: z.union([container, handler, job]).describe("What runs."),
    demand,
    reach: reach.optional(),
    triggers: z.array(trigger).optional().describe("Events that start it."),
    needs: z.array(Need).optional().describe("Stores, topics and services it uses; nothing else is reachable."),
    together: z.array(serviceName).optional().describe("Services whose copies must share a host with this one's."),
    apart: z
      .array(serviceName)
      .optional()
      .describe("Services whose copies must not share a host with this one's; its own name spreads its copies."),
    legacy: legacy.optional(),
    slo: slo.optional(),
    place: place.default("auto"),
  })
  .meta({ title: "Strata service", description: "What a service is and what it needs, the same in every environment." });

export type Descriptor = z.infer<typeof Descriptor>;
export type Demand = Descriptor["demand"];
