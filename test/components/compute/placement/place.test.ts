import assert from "node:assert/strict";
import fc from "fast-check";
import { atAverage } from "../../../../components/compute/placement/crossover";
import { monthlyCosts, place } from "../../../../components/compute/placement/place";
import { PLACEMENT_FACTS } from "../../../../components/compute/placement/placement-facts";
import { exclusions } from "../../../../components/compute/placement/rules";
import { type Demand, TARGETS, type Target } from "../../../../components/service/descriptor";
import { type PlacementEnvironment, type Shape } from "../../../../components/compute/placement/types";
import { anyDemand, anyEnvironment, anyShape, caseOf, PLAIN, plainShape } from "./cases";

const RUNS = { numRuns: 10_000 };

describe("place", () => {
  it("picks the cheapest target that no rule excludes, by its own numbers", () => {
    fc.assert(
      fc.property(anyDemand, anyShape, anyEnvironment, (demand, shape, environment) => {
        const subject = { demand, shape, environment, facts: PLACEMENT_FACTS };
        const { target, monthlyUsd } = place(demand, shape, PLACEMENT_FACTS, environment);
        const costs = monthlyCosts(subject);
        let best: Target | undefined;
        for (const candidate of TARGETS) {
          if (exclusions(candidate, subject).length > 0) continue;
          if (best === undefined || (costs[candidate] ?? Infinity) < (costs[best] ?? Infinity)) best = candidate;
        }
        assert.equal(target, best);
        assert.equal(monthlyUsd, best && costs[best]);
      }),
      RUNS,
    );
  });

  it("judges every target once, sizes what it picks, and never picks what a rule excludes", () => {
    fc.assert(
      fc.property(anyDemand, anyShape, anyEnvironment, (demand, shape, environment) => {
        const { target, size, alternatives, reasons, decidedBy } = place(demand, shape, PLACEMENT_FACTS, environment);
        assert.deepEqual(
          [...alternatives.map((alternative) => alternative.target), ...(target ? [target] : [])].sort(),
          [...TARGETS].sort(),
        );
        assert.ok(reasons.length > 0 && decidedBy.length > 0);
        for (const { feasible, rules, because } of alternatives) {
          assert.equal(feasible, rules.length === 0);
          assert.notEqual(because, "");
        }
        if (!target) return assert.ok(alternatives.every(({ feasible }) => !feasible));
        assert.equal(exclusions(target, { demand, shape, environment, facts: PLACEMENT_FACTS }).length, 0);
        assert.ok(size);
      }),
      RUNS,
    );
  });

  it("never moves towards Lambda when steady demand grows", () => {
    const growth = fc.double({ min: 0, max: Math.log(1_000), noNaN: true }).map(Math.exp);
    fc.assert(
      fc.property(
        anyDemand,
        fc.constantFrom<"internet" | "services" | undefined>("internet", "services", undefined),
        anyEnvironment,
        growth,
        (any, http, environment, factor) => {
          const demand = { ...any, shape: "steady" as const };
          const shape = { ...PLAIN, http };
          const before = place(demand, shape, PLACEMENT_FACTS, environment).target;
          const after = place(atAverage(demand, demand.average * factor), shape, PLACEMENT_FACTS, environment).target;
          if (before !== "lambda") assert.notEqual(after, "lambda");
        },
      ),
      RUNS,
    );
  });

  it("has left Lambda for good once steady demand has grown past it, step by step", () => {
    const LADDER = Array.from({ length: 80 }, (_, step) => 1e-3 * 1.15 ** step);
    fc.assert(
      fc.property(anyDemand, fc.integer({ min: 1, max: 4 }), anyEnvironment, (any, concurrency, environment) => {
        const demand: Demand = { ...any, shape: "steady", average: 1, peak: 1, start: 100, concurrency };
        const chosen = LADDER.map(
          (busy) =>
            place(atAverage(demand, busy / (demand.duration / 1_000)), { ...PLAIN, http: undefined }, PLACEMENT_FACTS, environment).target,
        );
        const left = chosen.findIndex((target) => target !== "lambda");
        assert.ok(left === -1 || !chosen.slice(left).includes("lambda"), chosen.join(" "));
      }),
      { numRuns: 300 },
    );
  });

  /** Fails when the choice changes between two demands 1 % apart that are neither at a crossover nor at a limit; true when it changes. */
  function changesOnlyAtCrossover(less: Demand, shape: Shape, environment: PlacementEnvironment): boolean {
    const more = atAverage(less, less.average * 1.01);
    const [before, after] = [less, more].map((demand) => place(demand, shape, PLACEMENT_FACTS, environment));
    assert.ok(before && after);
    if (before.target === after.target) return false;
    const open = (demand: Demand) =>
      TARGETS.filter((target) => exclusions(target, { demand, shape, environment, facts: PLACEMENT_FACTS }).length === 0);
    const limitBetween = open(less).join() !== open(more).join();
    const rival = before.alternatives.find(({ target }) => target === after.target)?.monthlyUsd;
    const crossover = before.monthlyUsd !== undefined && rival !== undefined && rival <= before.monthlyUsd * 1.0101;
    assert.ok(limitBetween || crossover, `${before.target} at ${before.monthlyUsd} and ${after.target} at ${rival} are no neighbours`);
    return true;
  }

  it("keeps its choice when demand changes by 1 %, unless a crossover or a limit lies between", () => {
    let changes = 0;
    fc.assert(
      fc.property(anyDemand, anyShape, anyEnvironment, (demand, shape, environment) => {
        if (changesOnlyAtCrossover(demand, shape, environment)) changes += 1;
      }),
      RUNS,
    );
    assert.ok(changes < RUNS.numRuns / 100, `${changes} of ${RUNS.numRuns} choices changed`);
  });

  it("changes its choice at crossovers and limits only, and a few times only, as demand grows in steps of 1 %", () => {
    const LADDER = Array.from({ length: 700 }, (_, step) => 1e-2 * 1.01 ** step);
    let changes = 0;
    fc.assert(
      fc.property(anyDemand, plainShape, anyEnvironment, (demand, shape, environment) => {
        const own = LADDER.filter((average) =>
          changesOnlyAtCrossover(atAverage(demand, average), { ...shape, handler: true }, environment),
        ).length;
        assert.ok(own <= TARGETS.length, `${own} changes`);
        changes += own;
      }),
      { numRuns: 25 },
    );
    assert.ok(changes > 0, "no choice changed: the property says nothing");
  });

  it("costs the same or more when demand grows, on every target", () => {
    fc.assert(
      fc.property(anyDemand, anyShape, anyEnvironment, (demand, shape, environment) => {
        const subject = { demand, shape, environment, facts: PLACEMENT_FACTS };
        const less = monthlyCosts(subject);
        const more = monthlyCosts({ ...subject, demand: atAverage(demand, demand.average * 2) });
        for (const target of TARGETS) {
          const [one, two] = [less[target], more[target]];
          if (one !== undefined && two !== undefined) assert.ok(two >= one * (1 - 1e-12), `${target}: ${one} then ${two}`);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it("takes the first named of two targets that cost the same", () => {
    const free = { ...PLACEMENT_FACTS, price: () => ({ usd: 0, unit: "h" as const, source: "nowhere", date: "2026-11" }) };
    const { demand, shape, environment } = caseOf();
    assert.equal(place(demand, shape, free, environment).target, "lambda");
  });

  it("prefers a target with a price to one without, and says what is unpriced", () => {
    const { demand, shape, environment, facts } = caseOf();
    const withoutFunctions = {
      ...facts,
      price: (item: Parameters<typeof facts.price>[0], region: string) =>
        item.startsWith("lambda.") ? undefined : facts.price(item, region),
    };
    const rare = { ...demand, average: 1e-4, peak: 1e-3 };
    assert.equal(place(rare, shape, facts, environment).target, "lambda");
    const { target, alternatives } = place(rare, shape, withoutFunctions, environment);
    assert.equal(target, "fargate");
    const rejected = alternatives.find((alternative) => alternative.target === "lambda");
    assert.equal(rejected?.feasible, true);
    assert.match(rejected?.because ?? "", /not known here: duration, requests/);
  });

  it("has no cost rather than a guess in a region without prices", () => {
    const { demand, shape, environment } = caseOf({ environment: { region: "ap-south-2" } });
    const { target, monthlyUsd } = place(demand, shape, PLACEMENT_FACTS, environment);
    assert.equal(target, "lambda");
    assert.equal(monthlyUsd, undefined);
  });

  it("says what cheaper targets a rule excludes", () => {
    const { demand, shape, environment } = caseOf({ demand: { average: 0.01, peak: 0.1, start: 20_000 } });
    const { target, reasons } = place(demand, shape, PLACEMENT_FACTS, environment);
    assert.equal(target, "fargate");
    assert.ok(
      reasons.some((reason) => /Lambda would cost \$0\.05, but .*function-init/.test(reason)),
      reasons.join("\n"),
    );
  });
});

describe("the size of a service", () => {
  it("follows Little's law with headroom: copies hold what is in service at 60 %", () => {
    // 100/s for 300 ms are 30 in service; 0.25 vCPU carry 2.5 of 0.1 vCPU, filled to 1.5.
    const { demand, shape, environment } = caseOf({ demand: { average: 100, peak: 200, duration: 300 } });
    const { target, size } = place(demand, shape, PLACEMENT_FACTS, environment);
    assert.equal(target, "fargate");
    assert.deepEqual(size, { kind: "copies", cpu: 0.25, memory: 512, average: 20, minimum: 2, maximum: 40, spotShare: 0 });
  });

  it("has two copies in a durable environment and one elsewhere, however little is asked", () => {
    for (const durable of [true, false]) {
      const { demand, shape, environment } = caseOf({
        shape: { handler: false },
        demand: { average: 0.001, peak: 0.01 },
        environment: { durable },
      });
      const { size } = place(demand, shape, PLACEMENT_FACTS, environment);
      assert.ok(size?.kind === "copies");
      assert.equal(size.minimum, durable ? 2 : 1);
    }
  });

  it("gives a function the memory its CPU comes with, and reserves its peak with headroom", () => {
    const { demand, shape, environment } = caseOf({
      shape: { image: false },
      demand: { average: 1, peak: 60, duration: 500, cpu: 2, memory: 512 },
    });
    assert.deepEqual(place(demand, shape, PLACEMENT_FACTS, environment).size, {
      kind: "function",
      memory: 3_538,
      concurrency: 30,
      reserved: 50,
    });
  });

  it("never reserves more than can be reserved", () => {
    const { demand, shape, environment } = caseOf({
      shape: { image: false, http: undefined },
      demand: { average: 1, peak: 800, duration: 1_000, cpu: 0.1 },
    });
    const { size } = place(demand, shape, PLACEMENT_FACTS, environment);
    assert.ok(size?.kind === "function");
    assert.equal(size.reserved, 900);
  });

  it("picks task sizes that Fargate accepts", () => {
    fc.assert(
      fc.property(anyDemand, anyEnvironment, (demand, environment) => {
        const shape = { ...PLAIN, handler: false };
        const { target, size } = place(demand, shape, PLACEMENT_FACTS, environment);
        if (target !== "fargate" || size?.kind !== "copies") return;
        assert.ok(PLACEMENT_FACTS.fargateSizes.some(({ cpu, memory }) => cpu === size.cpu * 1_024 && memory === size.memory));
        assert.ok(size.memory >= demand.memory);
      }),
      { numRuns: 2_000 },
    );
  });

  it("holds capacity for the peak of spikes, and for any peak but a steady one on instances", () => {
    const costs = (shape: "steady" | "periodic" | "spiky") => monthlyCosts(caseOf({ demand: { average: 40, peak: 400, shape } }));
    assert.ok((costs("spiky").fargate ?? 0) > 3 * (costs("periodic").fargate ?? Infinity));
    assert.equal(costs("periodic").fargate, costs("steady").fargate);
    assert.ok((costs("periodic").ecs ?? 0) > 3 * (costs("steady").ecs ?? Infinity));
  });

  it("runs an interruptible job on Spot and another one not", () => {
    const job = (interruptible: boolean) =>
      caseOf({
        shape: { handler: false, job: true, interruptible, http: undefined, ports: 0 },
        demand: { duration: 600_000, average: 0.01, peak: 1 },
      });
    const [spot, steady] = [true, false].map((interruptible) => {
      const { demand, shape, environment, facts } = job(interruptible);
      return place(demand, shape, facts, environment);
    });
    assert.ok(spot?.size?.kind === "runs" && spot.size.spot);
    assert.ok(steady?.size?.kind === "runs" && !steady.size.spot);
    assert.ok(Math.abs((spot.monthlyUsd ?? 0) / (steady.monthlyUsd ?? 1) - 0.3) < 1e-9);
    assert.equal(spot.size.atOnce, 600);
  });

  it("charges the cluster to a service that stands alone, and only a share of nodes where it is there anyway", () => {
    const onEks = (eks: boolean) =>
      monthlyCosts(caseOf({ environment: { clusters: { ec2: true, eks } }, demand: { average: 0.1, peak: 0.2 } })).eks ?? 0;
    assert.ok(onEks(false) - onEks(true) > 0.1 * 730);
  });

  it("says what it assumed of packing, Spot and savings plans", () => {
    const { demand, shape, environment, facts } = caseOf({
      shape: { handler: false },
      environment: { ec2Packing: 0.9, savings: { lambda: 0, fargate: 0, ec2: 0.3 } },
    });
    const { target, assumptions } = place(demand, shape, facts, environment);
    assert.equal(target, "ecs");
    assert.ok(assumptions.some((text) => text.startsWith("90 % of the instances is sold")));
    assert.ok(assumptions.some((text) => text === "a savings plan takes 30 % off instances"));
  });
});
