import fc from "fast-check";
import { placementEnvironment } from "../../../../components/compute/placement/environment";
import { PLACEMENT_FACTS } from "../../../../components/compute/placement/placement-facts";
import { type Case, type PlacementEnvironment, type Shape } from "../../../../components/compute/placement/types";
import { type Demand } from "../../../../components/service/descriptor";

/** A service that anything but a job's or a legacy workload's place can run. */
export const PLAIN: Shape = {
  handler: true,
  image: true,
  job: false,
  interruptible: false,
  triggers: [],
  http: "internet",
  ports: 1,
  rawPort: false,
  together: [],
  apart: [],
  volumes: 0,
  thirdParty: false,
  hybrid: false,
};

/** 512 MB for 100 ms, 40 times a second. */
export const STEADY: Demand = { average: 40, peak: 80, shape: "steady", duration: 100, memory: 512, start: 1_000 };

/** A durable environment whose team runs instances. */
export const PROD = placementEnvironment({ region: "us-east-1", durable: true, runsInstances: true, clusters: { ec2: true } });

/** A case with some parts of it changed. */
export function caseOf(
  change: { demand?: Partial<Demand>; shape?: Partial<Shape>; environment?: Partial<PlacementEnvironment> } = {},
): Case {
  return {
    demand: { ...STEADY, ...change.demand },
    shape: { ...PLAIN, ...change.shape },
    environment: { ...PROD, ...change.environment },
    facts: PLACEMENT_FACTS,
  };
}

/** Numbers spread evenly over their orders of magnitude. */
const spread = (low: number, high: number) =>
  fc.double({ min: Math.log(low), max: Math.log(high), noNaN: true }).map((exponent) => Math.exp(exponent));

export const anyDemand: fc.Arbitrary<Demand> = fc
  .record({
    average: spread(1e-4, 1e3),
    burst: spread(1, 100),
    shape: fc.constantFrom<Demand["shape"]>("steady", "spiky", "periodic", "bursty", "rare"),
    duration: fc.oneof({ weight: 4, arbitrary: spread(1, 20_000) }, { weight: 1, arbitrary: spread(1, 2e6) }),
    memory: fc.oneof({ weight: 4, arbitrary: spread(32, 8_192) }, { weight: 1, arbitrary: spread(32, 200_000) }).map(Math.round),
    cpu: fc.option(fc.oneof({ weight: 4, arbitrary: spread(0.01, 2) }, { weight: 1, arbitrary: spread(0.01, 24) }), { nil: undefined }),
    start: fc.oneof({ weight: 4, arbitrary: spread(10, 10_000) }, { weight: 1, arbitrary: spread(10, 200_000) }),
    concurrency: fc.option(fc.integer({ min: 1, max: 2_000 }), { nil: undefined }),
    payload: fc.option(spread(0.01, 20), { nil: undefined }),
  })
  .map(({ burst, ...demand }) => ({ ...demand, peak: demand.average * burst }));

const others = fc.constantFrom<string[]>([], [], [], ["orders"]);

/** Services with nothing special, so that several targets are feasible. */
export const plainShape: fc.Arbitrary<Shape> = fc
  .record({ handler: fc.boolean(), http: fc.constantFrom<Shape["http"]>(undefined, "internet", "services"), thirdParty: fc.boolean() })
  .map((change) => ({ ...PLAIN, ...change }));

const oddShape: fc.Arbitrary<Shape> = fc.record({
  handler: fc.boolean(),
  image: fc.boolean(),
  job: fc.boolean(),
  interruptible: fc.boolean(),
  triggers: fc.constantFrom<Shape["triggers"]>([], [], ["upload"], ["schedule"], ["topic"], ["queue"]),
  http: fc.constantFrom<Shape["http"]>(undefined, "internet", "services"),
  tcp: fc.constantFrom<Shape["tcp"]>(undefined, undefined, undefined, "internet"),
  ports: fc.constantFrom(0, 1, 1, 2),
  rawPort: fc.constantFrom(false, false, false, true),
  together: others,
  apart: others,
  volumes: fc.constantFrom(0, 0, 0, 51_200),
  thirdParty: fc.boolean(),
  hybrid: fc.constantFrom(false, false, false, true),
});

/** Every kind of service; those with nothing special as often as all the others. */
export const anyShape: fc.Arbitrary<Shape> = fc.oneof(plainShape, oddShape);

export const anyEnvironment: fc.Arbitrary<PlacementEnvironment> = fc.record({
  region: fc.constantFrom("us-east-1", "eu-west-1"),
  durable: fc.boolean(),
  architecture: fc.constantFrom("arm64" as const, "x86_64" as const),
  runsInstances: fc.boolean(),
  ec2Packing: fc.double({ min: 0.3, max: 1, noNaN: true }),
  spotShare: fc.double({ min: 0, max: 1, noNaN: true }),
  spotDiscount: fc.double({ min: 0.5, max: 0.7, noNaN: true }),
  savings: fc.record({
    lambda: fc.double({ min: 0, max: 0.17, noNaN: true }),
    fargate: fc.double({ min: 0, max: 0.5, noNaN: true }),
    ec2: fc.double({ min: 0, max: 0.5, noNaN: true }),
  }),
  clusters: fc.record({ ec2: fc.boolean(), eks: fc.boolean() }),
  loadBalancerSharedBy: fc.integer({ min: 1, max: 20 }),
  functionConcurrency: fc.constantFrom(1_000, 10_000),
});
