import assert from "node:assert/strict";
import { exclusions, PLACEMENT_RULES } from "../../../../components/compute/placement/rules";
import { LARGE_CONTEXT_MIB, SLOW_START_MS } from "../../../../components/compute/placement/rules/function-limits";
import { TARGETS } from "../../../../components/service/descriptor";
import { caseOf } from "./cases";

type Change = Parameters<typeof caseOf>[0];

const JOB = { job: true, http: undefined, ports: 0 };
const LEGACY = { volumes: 51_200, handler: false };

/** For each rule: what breaks it, what just doesn't, and what it then says. */
const EXAMPLES: Readonly<Record<string, { readonly breaks: Change; readonly keeps: Change; readonly says: RegExp }>> = {
  "needs-handler": { breaks: { shape: { handler: false } }, keeps: {}, says: /no handler/ },
  "needs-image": { breaks: { shape: { image: false } }, keeps: {}, says: /no container image/ },
  "job-ends": { breaks: { shape: JOB }, keeps: {}, says: /is a job/ },
  "service-stays": { breaks: {}, keeps: { shape: JOB }, says: /no job/ },
  "events-start-nothing-running": {
    breaks: { shape: { triggers: ["upload"] } },
    keeps: { shape: { triggers: ["topic", "queue"] } },
    says: /an upload starts it/,
  },
  "state-is-legacy": { breaks: { shape: LEGACY }, keeps: {}, says: /persistent volume/ },
  "no-state-in-containers": { breaks: {}, keeps: { shape: LEGACY }, says: /no state/ },
  "tcp-wants-kubernetes": { breaks: { shape: { rawPort: true } }, keeps: {}, says: /raw TCP/ },
  "ports-want-kubernetes": { breaks: { shape: { ports: 2 } }, keeps: { shape: { ports: 1 } }, says: /2 ports/ },
  "shared-host-wants-kubernetes": { breaks: { shape: { together: ["orders"] } }, keeps: {}, says: /share a host with orders/ },
  "hybrid-wants-kubernetes": { breaks: { shape: { hybrid: true } }, keeps: {}, says: /outside AWS/ },
  "function-time": {
    breaks: { shape: { http: undefined }, demand: { duration: 900_001 } },
    keeps: { shape: { http: undefined }, demand: { duration: 900_000 } },
    says: /limit is 900 s/,
  },
  "api-time": {
    breaks: { demand: { duration: 30_001 } },
    keeps: { demand: { duration: 30_001 }, shape: { http: undefined } },
    says: /API waits 30 s/,
  },
  "function-memory": {
    breaks: { demand: { memory: 10_241, start: 1 } },
    keeps: { demand: { memory: 10_240, start: 1 } },
    says: /limit is 10240/,
  },
  "function-init": { breaks: { demand: { start: 10_001 } }, keeps: { demand: { start: 10_000 } }, says: /cut off after 10 s/ },
  "large-context": {
    breaks: { demand: { memory: LARGE_CONTEXT_MIB, start: SLOW_START_MS } },
    keeps: { demand: { memory: LARGE_CONTEXT_MIB, start: SLOW_START_MS - 1 } },
    says: /loads 4 GiB in 5 s/,
  },
  "function-payload": { breaks: { demand: { payload: 6.1 } }, keeps: { demand: { payload: 6 } }, says: /limit is 6/ },
  "function-concurrency": {
    breaks: { demand: { peak: 9_001, duration: 100 } },
    keeps: { demand: { peak: 9_000, duration: 100 } },
    says: /901 requests .* 900 can be/,
  },
  "task-size": { breaks: { demand: { memory: 122_881 } }, keeps: { demand: { memory: 122_880 } }, says: /no task size/ },
  "instance-size": { breaks: { demand: { memory: 120_000 } }, keeps: { demand: { memory: 110_000 } }, says: /no instance type/ },
  "one-copy": {
    breaks: { shape: LEGACY, demand: { peak: 10_000 } },
    keeps: { shape: LEGACY, demand: { peak: 50 } },
    says: /one copy can't carry/,
  },
  "nobody-runs-instances": { breaks: { environment: { runsInstances: false } }, keeps: {}, says: /nobody looks after instances/ },
};

describe("the placement rules", () => {
  it("have one id each, and each an example here", () => {
    const ids = PLACEMENT_RULES.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    assert.deepEqual(ids.sort(), Object.keys(EXAMPLES).sort());
  });

  for (const rule of PLACEMENT_RULES) {
    it(`${rule.id}: ${rule.says}`, () => {
      const example = EXAMPLES[rule.id];
      assert.ok(example);
      assert.equal(rule.excludes(caseOf(example.keeps)), undefined);
      assert.match(rule.excludes(caseOf(example.breaks)) ?? "", example.says);
      for (const target of TARGETS) {
        const excluded = exclusions(target, caseOf(example.breaks)).some((exclusion) => exclusion.rule === rule);
        assert.equal(excluded, rule.targets.includes(target), target);
      }
    });
  }

  it("let a plain HTTP service run on functions, tasks, instances and Kubernetes, and nowhere else", () => {
    const feasible = TARGETS.filter((target) => exclusions(target, caseOf()).length === 0);
    assert.deepEqual(feasible, ["lambda", "fargate", "ecs", "eks"]);
  });

  it("let a service keep its own copies apart anywhere", () => {
    assert.deepEqual(exclusions("ecs", caseOf({ shape: { apart: [] } })), []);
    assert.equal(exclusions("ecs", caseOf({ shape: { apart: ["orders"] } })).length, 1);
  });
});
