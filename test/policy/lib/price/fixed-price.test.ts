import assert from "node:assert/strict";
import { StackGraph } from "../../../../policy/lib/graph";
import { fixedPrice, usdPerMonth } from "../../../../policy/lib/price/fixed-price";
import { UNKNOWN } from "../../../../policy/lib/resource";
import { TestStack } from "../../stack";
import { dollars, priceIn, unknown, unpriced } from "./fixture";

const NAT = "aws:ec2/natGateway:NatGateway";

describe("the fixed price of a resource", () => {
  it("has a line with its quantity, its unit price, 730 hours and where the price is from", () => {
    const found = priceIn("us-east-1", (stack) => stack.add(NAT, "nat"));
    assert.deepEqual(found.lines, [
      {
        what: "hours",
        item: "nat.hour",
        quantity: 730,
        unit: "h",
        unitPrice: 0.045,
        usdPerMonth: 730 * 0.045,
        source: "https://aws.amazon.com/vpc/pricing/",
        date: "2026-11",
      },
    ]);
    assert.deepEqual(found.usage, ["traffic"]);
    assert.ok(Math.abs(usdPerMonth(found) - 32.85) < 1e-9);
  });

  it("is that of the region of its provider, or its own", () => {
    assert.deepEqual(dollars(priceIn("eu-west-1", (stack) => stack.add(NAT, "nat"))), { hours: 35.04 });
    assert.deepEqual(dollars(priceIn("us-east-1", (stack) => stack.add(NAT, "nat", { region: "eu-west-1" }))), { hours: 35.04 });
    const managed = priceIn("us-east-1", (stack) =>
      stack.addManaged(stack.add("pulumi:providers:aws", "other", { region: "eu-west-1" }), NAT, "nat"),
    );
    assert.deepEqual(dollars(managed), { hours: 35.04 });
  });

  it("is unpriced in a region without prices, and not known while the region is not", () => {
    const nat = (stack: TestStack) => stack.add(NAT, "nat");
    assert.deepEqual(unpriced(nat, "ap-south-1"), ["hours: the price of nat.hour in ap-south-1 is not among the facts"]);
    assert.deepEqual(unknown(nat, UNKNOWN), ["hours: region"]);
    assert.deepEqual(
      unknown((stack) => stack.add(NAT, "nat", { region: UNKNOWN })),
      ["hours: region"],
    );
    const stack = new TestStack();
    const found = fixedPrice(stack.add(NAT, "nat"), new StackGraph(stack.resources));
    assert.deepEqual(found?.unknown, [{ what: "hours", property: "region" }]);
  });

  it("says that it does not know a type that AWS may charge for, and nothing of what is free", () => {
    assert.deepEqual(
      unpriced((stack) => stack.add("aws:fsx/lustreFileSystem:LustreFileSystem", "files")),
      ["aws:fsx/lustreFileSystem:LustreFileSystem: its price is not among the facts"],
    );
    const stack = new TestStack();
    const free = [
      "aws:iam/role:Role",
      "aws:s3/bucketPolicy:BucketPolicy",
      "aws:ec2/securityGroup:SecurityGroup",
      "aws:ec2/internetGateway:InternetGateway",
      "aws:lb/targetGroup:TargetGroup",
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
      "aws:ecs/cluster:Cluster",
      "strata:stacks:Platform",
      "kubernetes:core/v1:ConfigMap",
      "random:index/randomPassword:RandomPassword",
    ].map((type) => stack.add(type, "free"));
    const graph = new StackGraph(stack.resources);
    for (const resource of free) assert.equal(fixedPrice(resource, graph), undefined, resource.type);
    for (const type of ["aws:ec2transitgateway/transitGateway:TransitGateway", "aws:elasticsearch/domain:Domain"])
      assert.notEqual(fixedPrice(stack.add(type, "charged"), graph), undefined, type);
  });

  it("is nothing fixed for what is paid by use", () => {
    const bucket = priceIn("us-east-1", (stack) => stack.add("aws:s3/bucket:Bucket", "files"));
    assert.deepEqual(bucket, { lines: [], unpriced: [], unknown: [], usage: ["storage and requests"] });
  });
});
