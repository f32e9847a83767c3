import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import assert from "node:assert/strict";
import { type AlarmSpec, isMath } from "../../../../components/visibility/alarms/alarm-spec";
import { type RequestSource } from "../../../../components/visibility/alarms/observed-service";
import { type BurnSpec, burnSpecs } from "../../../../components/visibility/alarms/slo/burn-rate";
import {
  BURN_WINDOWS,
  burnRate,
  objectiveFaults,
  type ServiceLevelObjective,
  type SloSubject,
} from "../../../../components/visibility/alarms/slo/objective";
import { CLOUDWATCH_LIMITS } from "../../../../facts/limits-cloudwatch";
import { evaluate } from "./metric-math";

const DAY = 86_400_000;
const MINUTE = 60;
const MONTH: ServiceLevelObjective = { availability: 99.9, latency: { under: 300, share: 99 }, window: 30 * DAY };
const BALANCER: RequestSource = { counted: "load balancer", loadBalancer: "app/public/1", targetGroup: "targetgroup/orders/1" };
const FUNCTION: RequestSource = { counted: "function", functionName: pulumi.output("f") };
const INSIDE: RequestSource = { counted: "service connect", discoveryName: "billing" };

/** One minute of a service. */
interface Minute {
  readonly requests: number;
  readonly bad: number;
}

/** What the alarm's metrics are over the last minutes of a stream, by the alarm's own period: as CloudWatch would add them up. */
function samples({ measure, period }: AlarmSpec, stream: readonly Minute[]): Record<string, number | undefined> {
  assert.ok(isMath(measure));
  const window = stream.slice(-period / MINUTE);
  const total = window.reduce((sum, { requests }) => sum + requests, 0);
  const bad = window.reduce((sum, minute) => sum + minute.bad, 0);
  return Object.fromEntries(
    Object.entries(measure.metrics).map(([id, { metricName, stat }]) => {
      if (stat.startsWith("PR(")) return [id, total === 0 ? undefined : (100 * (total - bad)) / total];
      if (metricName === "Throttles") return [id, undefined];
      // CloudWatch has no value of a count of which there was none.
      const value = /5XX|Errors/.test(metricName) ? bad : total;
      return [id, value === 0 ? undefined : value];
    }),
  );
}

function sideFires(side: AlarmSpec, stream: readonly Minute[]): boolean {
  assert.ok(isMath(side.measure));
  const value = evaluate(side.measure.expression, samples(side, stream));
  return value !== undefined && value > side.threshold;
}

/** Whether the joined alarm fires at the end of a stream. */
function fires({ long, short }: BurnSpec, stream: readonly Minute[]): boolean {
  return sideFires(long, stream) && sideFires(short, stream);
}

function steady(minutes: number, requests: number, share: number): Minute[] {
  return Array.from({ length: minutes }, () => ({ requests, bad: requests * share }));
}

const SOURCES = { "a load balancer": BALANCER, "a function": FUNCTION, "Service Connect": INSIDE } as const;
const promised = fc.double({ min: 95, max: 99.99, noNaN: true });
const traffic = fc.integer({ min: 500, max: 100_000 });

describe("burn rates", () => {
  it("are 14.4 and 6 over 30 days, as in the workbook, and spend 2 and 5 percent of the budget of any window", () => {
    assert.deepEqual(
      BURN_WINDOWS.map((burn) => Number(burnRate(burn, MONTH.window).toFixed(6))),
      [14.4, 6],
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 90 }), (days) => {
        for (const burn of BURN_WINDOWS) {
          const spent = (burnRate(burn, days * DAY) * burn.long * 1000) / (days * DAY);
          assert.ok(Math.abs(spent - burn.budget) < 1e-9);
        }
      }),
    );
  });

  for (const [name, source] of Object.entries(SOURCES)) {
    it(`fires where requests are counted by ${name} as soon as the budget burns that fast, and not when it burns slower`, () => {
      fc.assert(
        fc.property(promised, traffic, fc.double({ min: 1.05, max: 3, noNaN: true }), (availability, requests, factor) => {
          for (const spec of burnSpecs({ availability, window: 30 * DAY }, source)) {
            const rate = spec.long.threshold;
            fc.pre(rate * factor < 1);
            assert.ok(fires(spec, steady(360, requests, rate * factor)), `${spec.suffix} at ${rate * factor}`);
            assert.ok(!fires(spec, steady(360, requests, rate / factor)), `${spec.suffix} at ${rate / factor}`);
          }
        }),
      );
    });
  }

  it("do not fire for a blip: a minute in which every request fails is too little of an hour's budget, and of six hours'", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 95, max: 99.8, noNaN: true }),
        traffic,
        fc.integer({ min: 0, max: 4 }),
        (availability, requests, after) => {
          const stream = [...steady(360, requests, 0), { requests, bad: requests }, ...steady(after, requests, 0)];
          // One minute of an hour is 1.67 percent of its requests, above what 99.9 lets pass.
          for (const spec of burnSpecs({ availability, window: 30 * DAY }, BALANCER)) assert.ok(!fires(spec, stream), spec.suffix);
        },
      ),
    );
  });

  it("stop within the short window after the errors stop, although the long one still sees them", () => {
    for (const spec of burnSpecs(MONTH, BALANCER)) {
      const outage = steady(spec.long.period / MINUTE, 1_000, 0.5);
      assert.ok(fires(spec, outage));
      const after = [...outage, ...steady(spec.short.period / MINUTE, 1_000, 0)];
      assert.ok(sideFires(spec.long, after) && !fires(spec, after), spec.suffix);
    }
  });

  it("take no share of one bad request, and none of a night without any", () => {
    for (const source of Object.values(SOURCES))
      for (const spec of burnSpecs({ availability: 99.9, window: MONTH.window }, source)) {
        assert.ok(!fires(spec, [...steady(359, 0, 0), { requests: 1, bad: 1 }]));
        assert.ok(!fires(spec, steady(360, 0, 0)));
        assert.ok(fires(spec, [...steady(359, 0, 0), { requests: 2, bad: 2 }]));
      }
  });

  it("count a refused call of a function as a bad one", () => {
    const [{ long } = assert.fail()] = burnSpecs({ availability: 99.9, window: MONTH.window }, FUNCTION);
    assert.ok(isMath(long.measure));
    assert.equal(evaluate(long.measure.expression, { calls: 90, errors: undefined, refused: 10 }), 0.1);
  });

  it("keep to what CloudWatch evaluates: period, periods and number of metrics", () => {
    for (const spec of [...burnSpecs(MONTH, BALANCER), ...burnSpecs(MONTH, FUNCTION)])
      for (const { period, periods, measure } of [spec.long, spec.short]) {
        assert.ok(period % 60 === 0);
        const most = period < 3_600 ? CLOUDWATCH_LIMITS.shortEvaluation.value : CLOUDWATCH_LIMITS.longEvaluation.value;
        assert.ok(period * periods * 1000 <= most);
        assert.ok(isMath(measure) && Object.keys(measure.metrics).length <= CLOUDWATCH_LIMITS.metricsPerAlarm.value);
      }
  });
});

describe("an objective", () => {
  const INTERNET: SloSubject = { target: "fargate", http: true, from: "internet", port: true };
  const key = "services/orders/service.yaml: slo";

  it("is fine where requests are counted", () => {
    assert.deepEqual(objectiveFaults(key, MONTH, INTERNET), []);
    assert.deepEqual(objectiveFaults(key, MONTH, { target: "lambda", http: false, from: undefined, port: false }), []);
    assert.deepEqual(objectiveFaults(key, { availability: 99, window: MONTH.window }, { ...INTERNET, from: "services" }), []);
  });

  it("is refused where nobody counts them", () => {
    const inside: SloSubject = { target: "eks", http: true, from: "services", port: true };
    assert.match(objectiveFaults(key, MONTH, inside)[0]?.what ?? "", /cannot be measured on eks/);
    assert.match(objectiveFaults(key, MONTH, { ...inside, target: "fargate-job" })[0]?.what ?? "", /cannot be measured on fargate-job/);
  });

  it("promises no latency where only the average is known", () => {
    assert.deepEqual(
      objectiveFaults(key, MONTH, { ...INTERNET, from: "services" }).map((fault) => fault.key),
      [`${key}.latency`],
    );
  });

  it("is refused when its alarm could not fire if every request failed, and the limit that is named is accepted", () => {
    const [fault] = objectiveFaults(key, { availability: 92, window: MONTH.window }, INTERNET);
    assert.equal(fault?.key, `${key}.availability`);
    assert.match(fault?.right ?? "", /give more than 93\.056/);
    assert.deepEqual(objectiveFaults(key, { availability: 93.06, window: MONTH.window }, INTERNET), []);
  });

  it("is refused over less than a day or more than 90", () => {
    for (const window of [DAY / 2, 91 * DAY]) assert.equal(objectiveFaults(key, { ...MONTH, window }, INTERNET)[0]?.key, `${key}.window`);
  });
});
