import assert from "node:assert/strict";
import { EC2_TYPES } from "../../facts/ec2-types";
import { EKS_VERSION_SUPPORT } from "../../facts/eks-version-support";
import { FARGATE_SIZES, isFargateSize, nearestFargateSizes } from "../../facts/fargate-sizes";
import { ACTIONS_AWS_WANTS_ON_ALL, ACTIONS_SOURCE } from "../../facts/iam-actions";
import { SERVICES_THAT_SAY_FOR_WHOM } from "../../facts/confused-deputy";
import { ECS_LIMITS } from "../../facts/limits-ecs";
import { EKS_LIMITS, podsByAddress, podsByPrefix } from "../../facts/limits-eks";
import { KUBERNETES } from "../../facts/kubernetes-versions";
import { LAMBDA_RUNTIME_SUPPORT } from "../../facts/lambda-runtime-support";
import { LAMBDA_RUNTIMES } from "../../facts/lambda-runtimes";
import { LAMBDA_PACKAGE_LIMITS } from "../../facts/limits-lambda-package";
import { LAMBDA_LIMITS } from "../../facts/limits-lambda";
import { EKS_AUTO_MODE_SURCHARGE, FARGATE_SPOT_DISCOUNT } from "../../facts/prices/discounts";
import { POLICIES_AWS_ASKS_FOR } from "../../facts/managed-policies";
import { CONDITIONS_SOURCE } from "../../facts/policy-conditions";
import { price, PRICED_REGIONS, PRICES } from "../../facts/prices/price";
import { type Fact } from "../../facts/row";

const TABLES: Readonly<Record<string, readonly Fact[]>> = {
  "limits-lambda": Object.values(LAMBDA_LIMITS),
  "limits-ecs": Object.values(ECS_LIMITS),
  "limits-eks": Object.values(EKS_LIMITS),
  "fargate-sizes": FARGATE_SIZES,
  "ec2-types": EC2_TYPES,
  "iam-actions": [ACTIONS_SOURCE, ...Object.values(ACTIONS_AWS_WANTS_ON_ALL)],
  "confused-deputy": Object.values(SERVICES_THAT_SAY_FOR_WHOM),
  "managed-policies": Object.values(POLICIES_AWS_ASKS_FOR),
  "policy-conditions": [CONDITIONS_SOURCE],
  prices: Object.values(PRICES),
  "lambda-runtimes": Object.values(LAMBDA_RUNTIMES),
  "lambda-runtime-support": Object.values(LAMBDA_RUNTIME_SUPPORT),
  "eks-version-support": Object.values(EKS_VERSION_SUPPORT),
  "limits-lambda-package": Object.values(LAMBDA_PACKAGE_LIMITS),
  discounts: [FARGATE_SPOT_DISCOUNT, EKS_AUTO_MODE_SURCHARGE],
};

describe("facts", () => {
  for (const [name, rows] of Object.entries(TABLES))
    it(`${name}: every row says where it is from and when it was read`, () => {
      assert.ok(rows.length > 0);
      for (const { source, date } of rows) {
        assert.match(source, /^https:\/\//);
        assert.match(date, /^20\d\d-(0[1-9]|1[0-2])$/);
      }
    });

  it("say one end of support for a runtime, and know that of the Kubernetes version clusters run", () => {
    const ends = Object.fromEntries(Object.keys(LAMBDA_RUNTIMES).map((name) => [name, LAMBDA_RUNTIME_SUPPORT[name]?.ends]));
    assert.deepEqual(ends, Object.fromEntries(Object.entries(LAMBDA_RUNTIMES).map(([name, { deprecated }]) => [name, deprecated])));
    assert.ok(Object.hasOwn(EKS_VERSION_SUPPORT, KUBERNETES.version));
    for (const { standardEnds, extendedEnds } of Object.values(EKS_VERSION_SUPPORT)) assert.ok(standardEnds < extendedEnds);
  });

  it("have a price above nothing in the regions they name, and only there", () => {
    for (const [item, row] of Object.entries(PRICES)) {
      for (const [region, usd] of Object.entries<number>(row.usd)) {
        assert.ok(usd > 0, `${item} in ${region}`);
        assert.ok(PRICED_REGIONS.some((known) => known === region));
      }
      assert.ok("us-east-1" in row.usd, item);
    }
  });

  it("answer a price with its unit and origin, and nothing for what is not known", () => {
    assert.deepEqual(price("eks.cluster", "us-east-1"), {
      usd: 0.1,
      unit: "h",
      source: "https://aws.amazon.com/eks/pricing/",
      date: "2026-11",
    });
    assert.equal(price("nat.hour", "eu-west-1")?.usd, 0.048);
    assert.equal(price("msk.storage", "eu-west-1"), undefined);
    assert.equal(price("ec2.u-24tb1.metal", "us-east-1"), undefined);
    assert.equal(price("eks.cluster", "ap-south-2"), undefined);
  });

  it("price every instance type in us-east-1, and every price has its type", () => {
    const priced = Object.keys(PRICES).filter((item) => item.startsWith("ec2."));
    assert.deepEqual(priced.sort(), EC2_TYPES.map(({ type }) => `ec2.${type}`).sort());
  });

  it("double the price with the size within a family of instances that don't burst", () => {
    for (const family of ["m7g", "c7g", "r7g", "m7i", "c7i", "r7i"]) {
      const hour = (size: string) => price(`ec2.${family}.${size}`, "us-east-1")?.usd ?? Number.NaN;
      assert.ok(Math.abs(hour("xlarge") / hour("large") - 2) < 0.01, family);
      assert.ok(Math.abs(hour("4xlarge") / hour("large") - 8) < 0.01, family);
    }
  });
});

describe("Fargate sizes", () => {
  it("are the pairs that the documentation names, each once", () => {
    const byCpu = new Map<number, number[]>();
    for (const { cpu, memory } of FARGATE_SIZES) byCpu.set(cpu, [...(byCpu.get(cpu) ?? []), memory]);
    const range = (first: number, last: number, step: number) =>
      Array.from({ length: (last - first) / step + 1 }, (_, index) => first + step * index);
    assert.deepEqual(
      [...byCpu],
      [
        [256, [512, 1_024, 2_048]],
        [512, range(1_024, 4_096, 1_024)],
        [1_024, range(2_048, 8_192, 1_024)],
        [2_048, range(4_096, 16_384, 1_024)],
        [4_096, range(8_192, 30_720, 1_024)],
        [8_192, range(16_384, 61_440, 4_096)],
        [16_384, range(32_768, 122_880, 8_192)],
      ],
    );
  });

  it("accept a pair that exists, and name the nearest of one that doesn't", () => {
    assert.equal(isFargateSize(256, 512), true);
    assert.equal(isFargateSize(256, 4_096), false);
    assert.equal(nearestFargateSizes(256, 4_096), "cpu 256 with 2048MiB");
    assert.equal(nearestFargateSizes(500, 1_500), "cpu 512 with 1024MiB or 2048MiB");
    assert.equal(nearestFargateSizes(1_024, 512), "cpu 1024 with 2048MiB");
  });
});

describe("pods of a node", () => {
  it("are 29 on m7g.large by address, and 110 by prefix", () => {
    const m7g = EC2_TYPES.find(({ type }) => type === "m7g.large");
    assert.ok(m7g);
    assert.equal(podsByAddress(m7g), 29);
    assert.equal(podsByPrefix(m7g), 110);
    assert.equal(podsByPrefix({ enis: 2, ipv4PerEni: 4 }), 98);
  });
});
