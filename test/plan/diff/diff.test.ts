import assert from "node:assert/strict";
import * as fc from "fast-check";
import { diffOf, DiffDocument, type Side } from "../../../plan/diff/diff";
import { diffMarkdown } from "../../../plan/diff/diff-markdown";
import { deltas } from "../../../plan/diff/diff-words";
import { diffText } from "../../../plan/diff/diff-text";
import { type PlannedResource, type Properties } from "../../../plan/graph";

const COLOR_CODES = /\u001b\[\d+m/g;

const TABLE = "aws:dynamodb/table:Table";
const SERVICE = "aws:ecs/service:Service";

function resource(environment: string, type: string, name: string, inputs: Properties, aliases: readonly string[] = []): PlannedResource {
  const urn = `urn:pulumi:${environment}::strata::${type}::${name}`;
  const own = { urn, type, name, custom: true, remote: false, dependencies: [], propertyDependencies: {}, protect: false };
  return { ...own, ...(aliases.length > 0 && { aliases }), inputs, outputs: {} };
}

function side(environment: string, resources: readonly PlannedResource[], about: Partial<Side> = {}): Side {
  return { environment, stack: `strata/${environment}`, source: "planned", resources, ...about };
}

const sides = fc
  .uniqueArray(fc.tuple(fc.constantFrom(TABLE, SERVICE), fc.constantFrom("orders", "billing", "cart", "search"), fc.nat(3)), {
    selector: ([type, name]) => `${type} ${name}`,
  })
  .chain((all) => fc.record({ all: fc.constant(all), environment: fc.constantFrom("dev", "prod") }))
  .map(({ all, environment }) =>
    side(
      environment,
      all.map(([type, name, size]) => resource(environment, type, name, { size })),
    ),
  );

const MIRRORED = { added: "removed", removed: "added", changed: "changed", renamed: "renamed" } as const;

describe("a difference", () => {
  it("of a side with itself is empty", () => fc.assert(fc.property(sides, (one) => assert.deepEqual(diffOf(one, one).changes, []))));

  it("is mirrored the other way round", () =>
    fc.assert(
      fc.property(sides, sides, (one, other) => {
        const key = (kind: string, type: string, name: string, rest: unknown) => JSON.stringify([kind, type, name, rest]);
        const there = diffOf(one, other).changes.map(({ kind, type, name, properties }) =>
          key(
            kind,
            type,
            name,
            properties.map(({ path, from, to }) => [path, from, to]),
          ),
        );
        const back = diffOf(other, one).changes.map(({ kind, type, name, properties }) =>
          key(
            MIRRORED[kind],
            type,
            name,
            properties.map(({ path, from, to }) => [path, to, from]),
          ),
        );
        assert.deepEqual(there.sort(), back.sort());
      }),
    ));

  it("counts every resource of both sides once", () =>
    fc.assert(
      fc.property(sides, sides, (one, other) => {
        const { added, removed, changed, renamed, same } = diffOf(one, other).counts;
        assert.equal(removed + changed + renamed + same, one.resources.length);
        assert.equal(added + changed + renamed + same, other.resources.length);
      }),
    ));

  it("leaves out what follows from the environment's name, ids and accounts, and shows sizes and copies", () => {
    const inputs = (environment: string, account: string, count: number): Properties => ({
      role: `arn:aws:iam::${account}:role/${environment}-orders-${account.slice(0, 7)}`,
      subnets: [`subnet-0${account}abcd`],
      desiredCount: count,
    });
    const dev = side("dev", [resource("dev", SERVICE, "orders", inputs("dev", "111122223333", 1))]);
    const prod = side("prod", [resource("prod", SERVICE, "orders", inputs("prod", "444455556666", 3))]);
    assert.deepEqual(diffOf(dev, prod).changes[0]?.properties, [{ path: "desiredCount", from: 1, to: 3 }]);
  });

  it("takes a resource with an alias for renamed, both ways", () => {
    const before = resource("prod", TABLE, "carts", { size: 1 });
    const after = resource("prod", TABLE, "baskets", { size: 1 }, [before.urn]);
    const [there] = diffOf(side("prod", [before]), side("prod", [after])).changes;
    const [back] = diffOf(side("prod", [after]), side("prod", [before])).changes;
    assert.deepEqual([there?.kind, there?.was, there?.name], ["renamed", "carts", "baskets"]);
    assert.deepEqual([back?.kind, back?.was, back?.name], ["renamed", "baskets", "carts"]);
  });

  it("puts what loses data first", () => {
    const before = [
      resource("prod", SERVICE, "api", { size: 1 }),
      resource("prod", TABLE, "carts", { hashKey: "id" }),
      resource("prod", TABLE, "old", {}),
    ];
    const after = [resource("prod", SERVICE, "api", { size: 2 }), resource("prod", TABLE, "carts", { hashKey: "user" })];
    const document = diffOf(side("prod", before), side("prod", after));
    assert.deepEqual(
      document.changes.map(({ name }) => name),
      ["carts", "old", "api"],
    );
    const text = diffText(document, { width: 100 }).replace(COLOR_CODES, "");
    assert.match(text, /Loses data\n +carts \(dynamodb\.Table\) is replaced by hashKey\n +old \(dynamodb\.Table\) is deleted/);
    assert.match(diffMarkdown(document), /❌ \*\*Loses data\*\*/);
  });

  it("says what it adds to cost and time where both sides say theirs, in a document that keeps to its schema", () => {
    const document = diffOf(side("dev", [], { monthlyUsd: 200, minutes: 24 }), side("prod", [], { monthlyUsd: 1434, minutes: 27 }));
    DiffDocument.parse(document);
    assert.deepEqual(document.monthlyUsd, { from: 200, to: 1434, delta: 1234 });
    assert.match(diffText(document, { width: 100 }), /\+1,234 \$ a month \(200 → 1,434\)\n\+3 min to create/);
    assert.equal(diffOf(side("dev", []), side("prod", [], { minutes: 1 })).minutes, undefined);
  });

  it("keeps to a hundred columns", () => {
    const many = Array.from({ length: 30 }, (_, index) =>
      resource("prod", SERVICE, `a-service-with-a-long-name-${index}`, { value: "x".repeat(200) }),
    );
    for (const line of diffText(diffOf(side("prod", []), side("prod", many)), { width: 200 })
      .replace(COLOR_CODES, "")
      .split("\n"))
      assert.ok(line.length <= 100, line);
  });

  it("looks into lists and into texts that are JSON, and tells a label of Kubernetes from the name of an environment", () => {
    const task = (environment: string, memory: number, base: number) =>
      side(environment, [
        resource(environment, "aws:ecs/taskDefinition:TaskDefinition", "orders", {
          containerDefinitions: JSON.stringify([{ name: "app", memory, labels: { "strata.dev/environment": environment } }]),
          strategies: [{ base, path: `strata.${environment}.hosts` }],
          zones: environment === "dev" ? ["a"] : ["a", "b"],
        }),
      ]);
    const [change] = diffOf(task("dev", 512, 1), task("prod", 1024, 3)).changes;
    assert.deepEqual(change?.properties, [
      { path: "containerDefinitions[app].memory", from: 512, to: 1024 },
      { path: "strategies[0].base", from: 1, to: 3 },
      { path: "zones", from: ["a"], to: ["a", "b"] },
    ]);
  });

  it("finds an element of a list by its name, and takes the list as a whole where names do not tell", () => {
    const pods = (names: readonly string[]) =>
      side("dev", [resource("dev", "kubernetes:core/v1:Pod", "p", { env: names.map((name) => ({ name, value: "1" })) })]);
    const changes = (from: readonly string[], to: readonly string[]) =>
      diffOf(pods(from), pods(to)).changes.flatMap(({ properties }) => properties.map(({ path }) => path));
    assert.deepEqual(changes(["A", "B"], ["A", "NEW", "B"]), ["env[NEW]"]);
    assert.deepEqual(changes(["A", "GONE", "B"], ["A", "B"]), ["env[GONE]"]);
    assert.deepEqual(changes(["A", "Z"], ["A", "B", "C"]), ["env[B]", "env[C]", "env[Z]"]);
    assert.deepEqual(changes(["A", "B", "C"], ["A", "Z"]), ["env[B]", "env[C]", "env[Z]"]);
    assert.deepEqual(changes(["A", "B"], ["B", "A", "NEW"]), ["env"]);
    assert.deepEqual(changes(["A", "A"], ["A"]), ["env"]);
  });

  it("leaves out the part of a host name that AWS makes up", () => {
    const hosts = (part: string) =>
      side("dev", [
        resource("dev", "aws:ssm/parameter:Parameter", "hosts", { value: `b-1.kafka.${part}.c2.kafka.us-east-1.amazonaws.com:9098` }),
      ]);
    assert.deepEqual(diffOf(hosts("8bf3b1"), hosts("c52703")).changes, []);
    assert.equal(diffOf(hosts("8bf3b1"), hosts("8bf3b1.other")).changes.length, 1);
  });

  it("says what is the same as such, and cents where it is about cents", () => {
    const [one, other] = [side("dev", [], { monthlyUsd: 10, minutes: 4 }), side("dev", [], { monthlyUsd: 10.25, minutes: 4 })];
    assert.deepEqual(deltas(diffOf(one, other)), ["+0.25 $ a month (10 → 10)", "the same time to create, 4 min"]);
    assert.deepEqual(deltas(diffOf(one, one)), ["the same cost, 10 $ a month", "the same time to create, 4 min"]);
  });
});
