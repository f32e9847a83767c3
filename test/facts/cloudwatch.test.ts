import assert from "node:assert/strict";
import { METRIC_FAMILIES, metricFamily } from "../../facts/cloudwatch-metrics";
import { CLASS_CREDITS, CLASS_MEMORY, classMemory, CONNECTION_RULES, hourlyCredits, mostConnections } from "../../facts/database-capacity";
import { DATABASE_CLASSES } from "../../facts/database-classes";
import { CLOUDWATCH_LIMITS } from "../../facts/limits-cloudwatch";
import { type Fact } from "../../facts/row";

const TABLES: Readonly<Record<string, readonly Fact[]>> = {
  "cloudwatch-metrics": METRIC_FAMILIES,
  "limits-cloudwatch": Object.values(CLOUDWATCH_LIMITS),
  "database-capacity": [CLASS_MEMORY, ...Object.values(CLASS_CREDITS), ...Object.values(CONNECTION_RULES)],
};

describe("facts about CloudWatch and what it measures", () => {
  for (const [name, rows] of Object.entries(TABLES))
    it(`${name}: every row says where it is from and when it was read`, () => {
      assert.ok(rows.length > 0);
      for (const { source, date } of rows) {
        assert.match(source, /^https:\/\//);
        assert.match(date, /^20\d\d-(0[1-9]|1[0-2])$/);
      }
    });

  it("name each metric once for the same dimensions", () => {
    const names = METRIC_FAMILIES.flatMap(({ namespace, dimensions, metrics }) =>
      metrics.map((metric) => [namespace, metric, ...[...dimensions].sort()].join("/")),
    );
    assert.deepEqual(names, [...new Set(names)]);
  });

  it("know a metric only with all of its dimensions and none beside", () => {
    assert.ok(metricFamily("AWS/Kafka", "EstimatedMaxTimeLag", ["Topic", "Cluster Name", "Consumer Group"]));
    assert.equal(metricFamily("AWS/Kafka", "EstimatedMaxTimeLag", ["Topic", "Cluster Name"]), undefined);
    assert.equal(metricFamily("AWS/RDS", "FreeStorageSpace", ["DBClusterIdentifier"]), undefined);
    assert.equal(metricFamily("AWS/RDS", "FreeStorage", ["DBInstanceIdentifier"]), undefined);
  });
});

describe("the capacity of a database", () => {
  it("is known of every class that can be chosen, and doubles with the size", () => {
    for (const { classes } of Object.values(DATABASE_CLASSES))
      for (const instanceClass of classes) if (instanceClass !== "db.serverless") assert.ok(classMemory(instanceClass) >= 1, instanceClass);
    assert.deepEqual(["db.t4g.micro", "db.m7g.large", "db.m7g.xlarge", "db.r7g.16xlarge"].map(classMemory), [1, 8, 16, 512]);
    assert.throws(() => classMemory("db.z9.large"), /db\.z9\.large/);
  });

  it("counts credits of burstable classes alone", () => {
    assert.deepEqual(["db.t4g.micro", "cache.t4g.small", "db.m7g.large", "db.t3.2xlarge"].map(hourlyCredits), [12, 24, undefined, 192]);
  });

  it("is never said to be more connections than AWS documents for it", () => {
    // Aurora user guide, "Setting the capacity range": most ACU and the connections of PostgreSQL, of MySQL.
    for (const [acu, postgres, mysql] of [
      [1, 189, 90],
      [4, 823, 135],
      [8, 1_669, 1_000],
      [16, 3_360, 2_000],
      [32, 5_000, 3_000],
    ] as const) {
      assert.ok(mostConnections("aurora-postgres", acu * 2) <= postgres, `PostgreSQL at ${acu} ACU`);
      assert.ok(mostConnections("aurora-mysql", acu * 2) * 0.8 <= mysql, `MySQL at ${acu} ACU`);
    }
  });
});
