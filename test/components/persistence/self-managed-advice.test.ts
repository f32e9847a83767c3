import assert from "node:assert/strict";
import fc from "fast-check";
import {
  adviseSelfManaged,
  type AdvisedSize,
  ASSUMED_HOURS,
  ASSUMED_USD_PER_HOUR,
} from "../../../components/persistence/self-managed-advice";

const KAFKA: AdvisedSize = { system: "kafka", brokerType: "kafka.m7g.large", brokers: 3, storageGb: 100 };
const CACHE: AdvisedSize = { system: "cache", nodeType: "cache.m7g.large", nodes: 1, task: { vcpu: 1, gb: 8 } };
const ACTIVEMQ: AdvisedSize = { system: "activemq", instanceType: "mq.m5.large", brokers: 2, storageGb: 20 };
const NO_WORK = { hoursPerMonth: 0, usdPerHour: 80 };

describe("Advice whether to run a message bus oneself", () => {
  it("counts brokers and storage of MSK, and brokers, controllers and volumes of one's own", () => {
    const { managed, selfManaged } = adviseSelfManaged(KAFKA, "us-east-1", NO_WORK);
    assert.equal(managed.total.toFixed(2), (3 * 0.204 * 730 + 300 * 0.1).toFixed(2));
    assert.equal(selfManaged.total.toFixed(2), (3 * 0.0816 * 730 + 3 * 0.0336 * 730 + 300 * 0.08).toFixed(2));
  });

  it("finds instances cheaper than the service, and turns round with the work that comes with them", () => {
    assert.equal(adviseSelfManaged(KAFKA, "us-east-1", NO_WORK).cheaper, "self-managed");
    const { cheaper, because } = adviseSelfManaged(KAFKA, "us-east-1");
    assert.equal(cheaper, "managed");
    assert.match(
      because,
      /^managed 477 USD a month; self-managed 1556 USD a month \(276 USD and 1280 USD of work\); assumed 16 h a month of 80 USD each/,
    );
  });

  it("takes Redis as the easiest to run, as the guide does", () => {
    assert.ok(ASSUMED_HOURS.cache < ASSUMED_HOURS.activemq && ASSUMED_HOURS.activemq < ASSUMED_HOURS.kafka);
    const { selfManaged, operating } = adviseSelfManaged(CACHE, "us-east-1");
    assert.deepEqual([selfManaged.work, operating.hoursPerMonth], [ASSUMED_HOURS.cache * ASSUMED_USD_PER_HOUR, ASSUMED_HOURS.cache]);
  });

  it("prices a pair of ActiveMQ brokers as the pair it is sold as", () => {
    assert.equal(adviseSelfManaged(ACTIVEMQ, "us-east-1").managed.total.toFixed(2), (0.576 * 730).toFixed(2));
  });

  it("says what is unpriced, counts it as nothing, and then knows no winner that it could change", () => {
    const small: AdvisedSize = { ...ACTIVEMQ, instanceType: "mq.m5.xlarge", brokers: 1 };
    const { managed, cheaper, because } = adviseSelfManaged(small, "us-east-1");
    assert.deepEqual([managed.unpriced, managed.infrastructure, cheaper], [["1 × mq.m5.xlarge"], 0, "unknown"]);
    assert.match(because, /managed 0 USD a month, without 1 × mq\.m5\.xlarge, unpriced/);
    assert.equal(adviseSelfManaged(KAFKA, "eu-west-1").cheaper, "unknown");
  });

  it("never gets cheaper with more work, and never names the dearer one", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 200 }), (hoursPerMonth, usdPerHour) => {
        const advice = adviseSelfManaged(KAFKA, "us-east-1", { hoursPerMonth, usdPerHour });
        assert.equal(advice.selfManaged.total, advice.selfManaged.infrastructure + hoursPerMonth * usdPerHour);
        assert.equal(advice.cheaper, advice.managed.total <= advice.selfManaged.total ? "managed" : "self-managed");
      }),
    );
  });
});
