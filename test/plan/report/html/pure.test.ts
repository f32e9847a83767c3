import assert from "node:assert/strict";
import fc from "fast-check";
import { embeddedJson, escapedText } from "../../../../plan/report/html/embed";
import { dollars, FORMATS, pathText, valueAt } from "../../../../plan/report/html/format";
import { scalesOf } from "../../../../plan/report/html/page/curve";
import { neighboursOf, nextNode, searched } from "../../../../plan/report/html/page/neighbours";
import { cellsOf } from "../../../../plan/report/html/page/reach-section";
import { areasOf, fitting, placedAreas } from "../../../../plan/report/html/page/tree-map";
import { type ReportCost } from "../../../../plan/report/html/report-data";
import { bow, rounded } from "../../../../plan/report/svg/drawing";
import { type Picture } from "../../../../plan/report/picture/picture";

const NODE = { kind: "service", what: "Fargate", zones: [], ports: [], outbound: [], width: 10, height: 10 } as const;

function node(name: string, x: number, y: number): Picture["nodes"][number] {
  return { ...NODE, id: name, name, x, y };
}

describe("JSON in a page", () => {
  it("is the same value, and holds nothing that could end its script, whatever the plan says", () => {
    const nasty = fc.constantFrom("</script>", "<!--", "<script", "]]>", "\u2028", "\u2029", "&lt;", "'\"");
    fc.assert(
      fc.property(fc.jsonValue(), nasty, fc.string(), (value, evil, text) => {
        const whole = { value, evil, [`${text}${evil}`]: `${evil}${text}` };
        const embedded = embeddedJson(whole);
        assert.deepEqual(JSON.parse(embedded), JSON.parse(JSON.stringify(whole)));
        assert.doesNotMatch(embedded, /[<>&\u2028\u2029]/);
      }),
    );
  });

  it("stands beside text that can end no element or attribute", () => {
    assert.equal(escapedText(`a"b'<c>&`), "a&#34;b&#39;&#60;c&#62;&#38;");
  });
});

describe("values of a page", () => {
  it("are found by their path, and are nothing where there is none", () => {
    const data = { services: [{ cost: { monthlyUsd: 3 } }] };
    assert.equal(valueAt(data, ["services", 0, "cost", "monthlyUsd"]), 3);
    assert.equal(valueAt(data, ["services", "length"]), 1);
    assert.equal(valueAt(data, ["services", 4, "cost", "monthlyUsd"]), undefined);
    assert.equal(pathText(["services", 0, "cost"]), "services/0/cost");
  });

  it("are written as people read them", () => {
    assert.equal(dollars(0.005), "$0.01");
    assert.equal(dollars(999.994), "$999.99");
    assert.equal(dollars(12_345.6), "$12,346");
    assert.equal(FORMATS.minutes(22.46), "22.5 min");
    assert.equal(FORMATS.minutes(0.02), "1.2 s");
    assert.equal(FORMATS.minutes(0), "0 min");
    assert.equal(FORMATS.input([1, 2]), "[1,2]");
    assert.equal(FORMATS.input(undefined), "none");
    assert.equal(FORMATS.input("x".repeat(99)).length, 61);
    assert.equal(FORMATS.ports([80, 443]), "80, 443");
    assert.equal(FORMATS.ports(9098), "9098");
    assert.equal(FORMATS.rate(0.1234), "0.123/s");
    assert.equal(FORMATS.price(0.0000166667), "$0.0000166667");
    assert.equal(FORMATS.quantity(1_234_567.5), "1,234,570");
  });
});

describe("finding one's way in a picture", () => {
  const nodes = [node("orders", 0, 0), node("billing", 100, 0), node("orders-db", 100, 100), node("reorder", 0, 100)];

  it("leads by arrows to what lies that way, and nowhere where nothing does", () => {
    assert.equal(nextNode(nodes, "orders", [1, 0]), "billing");
    assert.equal(nextNode(nodes, "orders", [0, 1]), "reorder");
    assert.equal(nextNode(nodes, "orders", [-1, 0]), undefined);
    assert.equal(nextNode([], undefined, [1, 0]), undefined);
  });

  it("comes back by the opposite arrow in a row", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 100 }), { minLength: 2, maxLength: 8 }), (places) => {
        const row = places.map((place, index) => node(`n${index}`, place * 20, 0));
        for (const { id } of row) {
          const right = nextNode(row, id, [1, 0]);
          if (right !== undefined) assert.equal(nextNode(row, right, [-1, 0]), id);
        }
      }),
    );
  });

  it("finds by all words, what begins with the first before the rest", () => {
    assert.deepEqual(
      searched(nodes, "order").map(({ name }) => name),
      ["orders", "orders-db", "reorder"],
    );
    assert.deepEqual(
      searched(nodes, "orders").map(({ name }) => name),
      ["orders", "orders-db"],
    );
    assert.deepEqual(
      searched(nodes, "fargate bill").map(({ name }) => name),
      ["billing"],
    );
    assert.deepEqual(searched(nodes, "  "), []);
  });

  it("knows neighbours both ways", () => {
    const edges = [
      { from: "orders", to: "orders-db", ports: [5432], telemetry: false },
      { from: "billing", to: "orders", ports: [8080], telemetry: false },
    ];
    const { to, from, ids } = neighboursOf(edges, "orders");
    assert.deepEqual(
      [to.map(({ id, index }) => [id, index]), from.map(({ id, index }) => [id, index])],
      [[["orders-db", 0]], [["billing", 1]]],
    );
    assert.deepEqual(ids, new Set(["orders-db", "billing"]));
    assert.equal(neighboursOf(edges, undefined).ids.size, 0);
  });
});

describe("lines of a picture", () => {
  it("begin and end where they should, with rounded corners between", () => {
    assert.equal(
      rounded([
        [0, 0],
        [100, 0],
      ]),
      "M0 0L100 0",
    );
    assert.equal(
      rounded([
        [0, 0],
        [100, 0],
        [100, 50],
      ]),
      "M0 0L94 0Q100 0 100 6L100 50",
    );
    assert.equal(
      rounded([
        [0, 0],
        [4, 0],
        [4, 50],
      ]),
      "M0 0L2 0Q4 0 4 6L4 50",
    );
  });

  it("leave on the side of what they lead to", () => {
    const [left, right] = [node("a", 0, 0), node("b", 100, 40)];
    assert.match(bow(left, right), /^M10 5C.* 100 45$/);
    assert.match(bow(right, left), /^M100 45C.* 10 5$/);
  });
});

describe("areas of a bill", () => {
  const cost = {
    totals: {
      monthlyUsd: 100,
      byLayer: [
        { layer: "network", monthlyUsd: 60 },
        { layer: "service", monthlyUsd: 30 },
      ],
      byService: [{ service: "orders", ownUsd: 30, sharedUsd: 12, monthlyUsd: 42 }],
      unattributedUsd: 58,
    },
    lines: [
      { name: "nat", what: "hours", layer: "network", monthlyUsd: 60 },
      { name: "orders", what: "tasks", layer: "service", monthlyUsd: 30 },
    ],
    rest: { count: 7, monthlyUsd: 10 },
  } as unknown as ReportCost;

  for (const by of ["layer", "service"] as const)
    it(`are as large as what they stand for, by ${by}, and together all of it`, () => {
      const root = placedAreas(areasOf(cost, by));
      assert.equal(root.value, 100);
      for (const leaf of root.leaves()) {
        assert.equal(leaf.value, valueAt({ cost }, leaf.data.from ?? []));
        assert.ok(leaf.x1 >= leaf.x0 && leaf.y1 >= leaf.y0);
      }
    });

  it("have as much of a name as fits", () => {
    assert.equal(fitting("orders", 200), "orders");
    assert.equal(fitting("analytics-warehouse", 72), "analytics…");
    assert.equal(fitting("analytics-warehouse", 20), "");
  });
});

describe("charts and matrix", () => {
  it("put demand and cost where the scales say, the dearest on top", () => {
    const { x, y } = scalesOf({
      average: 10,
      averages: [1, 10, 100],
      places: [{ target: "lambda", monthlyUsd: [1, 10, 100] }],
      excluded: [],
    });
    assert.ok(x(1) < x(10) && Math.abs(x(10) - (x(1) + x(100)) / 2) < 1e-9);
    assert.ok(y(100) < y(10) && y(10) < y(1));
    assert.equal(Math.round(y.invert(y(10))), 10);
  });

  it("hold all ports of a pair in one cell", () => {
    const pairs = [
      [{ from: "a", to: "b", port: 80 }, 0],
      [{ from: "a", to: "b", port: 443 }, 1],
      [{ from: "b", to: "a", port: 80 }, 2],
    ] as const;
    assert.deepEqual(cellsOf(pairs).get("a")?.get("b"), [0, 1]);
    assert.deepEqual(cellsOf(pairs).get("b")?.get("a"), [2]);
  });
});
