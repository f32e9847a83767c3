import assert from "node:assert/strict";
import { costCurve, crossoverSentence, inEveryForm, nextCrossovers } from "../../../../components/compute/placement/crossover";
import { placementEnvironment } from "../../../../components/compute/placement/environment";
import { SECONDS_PER_MONTH } from "../../../../components/compute/placement/load";
import { monthlyCosts } from "../../../../components/compute/placement/place";
import { type PlacementEnvironment } from "../../../../components/compute/placement/types";
import { caseOf } from "./cases";

function near(actual: number | undefined, expected: number, tolerance = 0.02): void {
  assert.ok(
    actual !== undefined && Math.abs(actual / expected - 1) <= tolerance,
    `${actual} is not within ${tolerance * 100} % of ${expected}`,
  );
}

describe("the known crossovers", () => {
  for (const architecture of ["arm64", "x86_64"] as const) {
    it(`Lambda is cheaper below about 48 % busy when one request is served at a time (${architecture})`, () => {
      // One vCPU: 1,769 MB of Lambda against one Fargate task of 1 vCPU and 2 GB; no API, no load balancer, no durable minimum;
      // requests of a minute, so that the fee for each counts for nothing.
      const duration = 60_000;
      const environment = placementEnvironment({ region: "us-east-1", durable: false, architecture });
      const { up } = nextCrossovers({
        ...caseOf({
          shape: { http: undefined },
          demand: { average: 0.0001, peak: 0.0001, duration, cpu: 1, memory: 1_769, concurrency: 1 },
        }),
        environment,
      });
      assert.equal(up?.below, "lambda");
      assert.equal(up.above, "fargate");
      near((up.average * duration) / 1_000, 0.48);
    });

    it(`512 MB for 100 ms behind an HTTP API meet two tasks of 0.25 vCPU and a load balancer at about 19.7 million a month (${architecture})`, () => {
      // A whole load balancer with one capacity unit; two tasks because the environment is durable; nobody runs instances.
      const environment = placementEnvironment({ region: "us-east-1", durable: true, architecture });
      const { up } = nextCrossovers({ ...caseOf({ demand: { average: 1, peak: 2 } }), environment });
      assert.equal(up?.above, "fargate");
      near(up.average * SECONDS_PER_MONTH, 19_700_000);
      assert.match(crossoverSentence(up, "up"), /^Fargate becomes cheaper above 7\.\d+ requests\/s$/);
    });
  }

  /** Packing above which instances beat tasks for copies of this size, by halving. */
  function breakEvenPacking(memory: number): number {
    const costs = (ec2Packing: number) => {
      const environment: PlacementEnvironment = {
        ...placementEnvironment({ region: "us-east-1", durable: true, clusters: { ec2: true } }),
        runsInstances: true,
        ec2Packing,
      };
      return monthlyCosts({
        ...caseOf({ shape: { http: "services" }, demand: { average: 6, peak: 6, duration: 1_000, cpu: 2, concurrency: 1, memory } }),
        environment,
      });
    };
    let [low, high] = [0.1, 1];
    while (high - low > 1e-9) {
      const middle = (low + high) / 2;
      const { ecs, fargate } = costs(middle);
      assert.ok(ecs !== undefined && fargate !== undefined);
      if (ecs < fargate) high = middle;
      else low = middle;
    }
    return high;
  }

  it("EC2 beats Fargate on arm, on demand, only above about 88 to 92 % packing", () => {
    // Copies that are in proportion to m7g (1 vCPU to 4 GB) and to c7g (1 to 2), so that packing is all that differs.
    near(breakEvenPacking(8_192), 0.88);
    near(breakEvenPacking(4_096), 0.92);
  });
});

describe("nextCrossovers", () => {
  it("finds the same place from below and from above", () => {
    const environment = placementEnvironment({ region: "us-east-1", durable: true });
    const up = nextCrossovers({ ...caseOf({ demand: { average: 0.01, peak: 0.02 } }), environment }).up;
    const down = nextCrossovers({ ...caseOf({ demand: { average: 50, peak: 100 } }), environment }).down;
    assert.ok(up && down);
    near(up.average, down.average, 1e-5);
    assert.equal(crossoverSentence(down, "down").replace("below", "above").replace("Lambda", "Fargate"), crossoverSentence(up, "up"));
  });

  it("finds the next one, not a later one", () => {
    const { up } = nextCrossovers(caseOf({ demand: { average: 0.01, peak: 0.02 }, environment: { ec2Packing: 0.95 } }));
    assert.equal(up?.below, "lambda");
    assert.notEqual(up.above, "lambda");
  });

  it("has none for a service that only one target can run, until it is built in every form", () => {
    const subject = caseOf({ shape: { image: false } });
    assert.equal(nextCrossovers(subject).up?.above, undefined);
    const both = nextCrossovers({ ...subject, shape: inEveryForm(subject.shape) });
    assert.equal(both.down?.below, "lambda");
  });

  it("says where a limit leaves nothing that can run it", () => {
    const { up } = nextCrossovers(caseOf({ shape: { image: false } }));
    assert.ok(up);
    // 900 at once, at most, at a peak of twice the average and 100 ms each.
    near(up.average, 4_500, 1e-5);
    assert.match(crossoverSentence(up, "up"), /^nothing can run it above 4500 requests\/s: 901 requests .* 900 can be$/);
  });

  it("tells a limit from a price", () => {
    const { up } = nextCrossovers(
      caseOf({ demand: { average: 10, peak: 1_000, shape: "spiky", duration: 20, concurrency: 1, memory: 128, cpu: 0.01 } }),
    );
    assert.ok(up);
    assert.match(crossoverSentence(up, "up"), /^[\w ]+ takes over above 450 requests\/s: 901 requests/);
  });

  it("has none without demand", () => {
    assert.deepEqual(nextCrossovers(caseOf({ demand: { average: 0, peak: 0 } })), {});
  });

  it("names slow rates by the hour or the day", () => {
    assert.equal(crossoverSentence({ average: 0.002, above: "fargate" }, "up"), "Fargate becomes cheaper above 7.2 requests/h");
    assert.equal(crossoverSentence({ average: 1 / 86_400, below: "lambda" }, "down"), "Lambda becomes cheaper below 1 requests/day");
  });
});

describe("costCurve", () => {
  it("goes from one end to the other in equal factors, with every target's cost and the choice", () => {
    const curve = costCurve(caseOf(), 0.1, 1_000, 5);
    assert.deepEqual(
      curve.map(({ average }) => Number(average.toPrecision(6))),
      [0.1, 1, 10, 100, 1_000],
    );
    assert.equal(curve[0]?.choice, "lambda");
    assert.equal(curve[4]?.choice, "fargate");
    for (const { costs } of curve) assert.deepEqual(Object.keys(costs).sort(), ["ecs", "eks", "fargate", "lambda"]);
  });
});
