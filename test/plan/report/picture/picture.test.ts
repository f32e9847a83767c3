import assert from "node:assert/strict";
import { XMLParser } from "fast-xml-parser";
import { type PlanDocument } from "../../../../plan/plan-schema";
import { layOut, MOST_CARDS } from "../../../../plan/report/picture/layout";
import { type Box, type Picture, type PictureNode, type Sketch } from "../../../../plan/report/picture/picture";
import { sketchOf } from "../../../../plan/report/picture/sketch";
import { pictureSvg } from "../../../../plan/report/svg/svg";
import { plannedReport } from "../planned";

function overlap(left: Box, right: Box): boolean {
  return (
    left.x < right.x + right.width && right.x < left.x + left.width && left.y < right.y + right.height && right.y < left.y + left.height
  );
}

function holds(outer: Box, inner: Box): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

/** Nodes do not overlap, and everything is within what it belongs to. */
function assertTidy({ nodes, groups, width, height }: Picture): void {
  const byId = new Map(groups.map((group) => [group.id, group]));
  for (const [index, node] of nodes.entries()) {
    for (const other of nodes.slice(index + 1)) assert.ok(!overlap(node, other), `${node.id} and ${other.id} overlap`);
    assert.ok(holds({ x: 0, y: 0, width, height }, node), node.id);
    const group = node.group === undefined ? undefined : byId.get(node.group);
    if (group) assert.ok(holds(group, node), `${node.id} in ${group.id}`);
  }
  for (const group of groups) {
    const parent = group.parent === undefined ? undefined : byId.get(group.parent);
    if (parent) assert.ok(holds(parent, group), `${group.id} in ${parent.id}`);
    for (const other of groups)
      if (other.id < group.id && other.parent === group.parent) assert.ok(!overlap(group, other), `${group.id} and ${other.id} overlap`);
  }
}

describe("the picture of prod", function () {
  this.timeout(120_000);
  let sketch: Sketch;
  let picture: Picture;
  let plan: PlanDocument;

  before(async () => {
    plan = (await plannedReport()).document;
    sketch = sketchOf(plan);
    picture = await layOut(sketch);
  });

  const find = (id: string): PictureNode => {
    const node = sketch.nodes.find((one) => one.id === id);
    assert.ok(node, id);
    return node;
  };

  it("has every service once, where it runs", () => {
    const services = sketch.nodes.filter(({ kind }) => kind === "service");
    assert.deepEqual(services.map(({ name }) => name).sort(), plan.services.map(({ name }) => name).sort());
    assert.equal(find("orders").group, "network/private/Fargate");
    assert.equal(find("chat-gateway").group, "network/private/EKS");
    assert.equal(find("thumbnails").group, "region/Lambda");
    assert.deepEqual(find("thumbnails").zones, []);
    assert.deepEqual(find("orders").zones, ["us-east-1a", "us-east-1b", "us-east-1c"]);
  });

  it("puts stores into the tier that their routes make, and what has no VPC beside it", () => {
    assert.equal(find("orders-db").group, "network/isolated/Databases");
    assert.equal(find("orders-db").what, "Aurora PostgreSQL");
    assert.equal(find("public").group, "network/public/Entry");
    assert.equal(find("table/sessions").group, "region/Storage, tables and queues");
    assert.equal(find("activemq").zones.length, 2);
  });

  it("has the subnets of every zone and tier, and marks those with a NAT gateway", () => {
    assert.equal(sketch.subnets.length, 9);
    assert.deepEqual([...new Set(sketch.subnets.filter(({ nat }) => nat).map(({ tier }) => tier))], ["network/public"]);
    const rows = new Map(picture.subnets.map(({ zone, y }) => [zone, y]));
    for (const { zone, y } of picture.subnets) assert.equal(y, rows.get(zone), "subnets of a zone are in one row");
  });

  it("has a line for who reaches whom by the network, with its ports", () => {
    const drawn = new Set(sketch.nodes.map(({ id }) => id));
    const lines = new Map(sketch.edges.map((edge) => [`${edge.from} ${edge.to}`, edge]));
    for (const { from, to, port } of plan.reachability) {
      const line = lines.get(`${from} ${to}`);
      if (line) assert.ok(to === "public" || line.ports.includes(port), `${from} ${to} ${port}`);
      else assert.ok(!drawn.has(from) || !drawn.has(to) || to === "internet" || to === "public" || from === to, `${from} ${to}`);
    }
    for (const { from, to, ports } of sketch.edges)
      for (const port of ports)
        assert.ok(
          plan.reachability.some((pair) => pair.from === from && pair.to === to && pair.port === port),
          `${from} ${to} ${port}`,
        );
  });

  it("has a line for what a service is granted, and one from the HTTP API", () => {
    const access = (from: string, to: string) => sketch.edges.find((edge) => edge.from === from && edge.to === to)?.access;
    assert.deepEqual(access("orders", "orders-db"), ["write"]);
    assert.deepEqual(access("orders", "kafka"), ["publish"]);
    assert.deepEqual(access("thumbnails", "bucket/uploads"), ["read"]);
    assert.deepEqual(access("notifications", "kafka"), ["consume"]);
    assert.deepEqual(access("api/api", "payments-webhook"), ["invoke"]);
  });

  it("says what it leaves out", () => {
    assert.deepEqual(sketch.left.map(({ what }) => what).sort(), [
      "clusters of hosts",
      "functions of the platform",
      "interface endpoints of AWS services",
    ]);
  });

  it("is tidy: nothing overlaps, and lines end at what they join", () => {
    assert.equal(picture.dense, false);
    assertTidy(picture);
    const boxes = new Map(picture.nodes.map((node) => [node.id, node]));
    const drawn = picture.edges.filter(({ path }) => path);
    assert.equal(drawn.length, sketch.edges.filter(({ telemetry }) => !telemetry).length);
    for (const { from, to, path = [] } of drawn)
      for (const [id, point] of [
        [from, path[0]],
        [to, path.at(-1)],
      ] as const) {
        const box = boxes.get(id);
        assert.ok(
          box &&
            point &&
            overlap(
              { ...box, x: box.x - 2, y: box.y - 2, width: box.width + 4, height: box.height + 4 },
              { x: point[0], y: point[1], width: 1, height: 1 },
            ),
          id,
        );
      }
  });

  it("is laid out the same way every time", async () => {
    assert.deepEqual(await layOut(sketch), picture);
  });

  it("is an SVG file of its own, with everything named in it, that loads nothing", () => {
    const svg = pictureSvg(picture, "What <prod> is made of");
    const { svg: root } = new XMLParser({ ignoreAttributes: false }).parse(svg, true) as { svg: Record<string, string> };
    assert.equal(root["@_role"], "img");
    for (const { name } of picture.nodes) assert.ok(svg.includes(`>${name}`), name);
    assert.doesNotMatch(svg.replace('xmlns="http://www.w3.org/2000/svg"', ""), /<script|https?:|var\(--|<prod>/);
    assert.match(svg, /prefers-color-scheme: dark/);
  });
});

/** Services of which each has a store, more than cards are made for. */
function crowd(count: number): Sketch {
  const zones = ["a", "b"];
  const common = { zones, ports: [8080], outbound: [] };
  const services = Array.from({ length: count }, (_, index) => `service-${index}`);
  return {
    zones,
    groups: [
      { id: "region", kind: "region", label: "us-east-1" },
      { id: "vpc", parent: "region", kind: "vpc", label: "VPC" },
      { id: "private", parent: "vpc", kind: "tier", label: "Private subnets" },
      { id: "fargate", parent: "private", kind: "place", label: "Fargate" },
      { id: "tables", parent: "region", kind: "place", label: "Tables" },
    ],
    nodes: services.flatMap((name): PictureNode[] => [
      { ...common, id: name, name, kind: "service", what: "Fargate", group: "fargate" },
      { ...common, id: `table/${name}`, name: `${name}-table`, kind: "table", what: "DynamoDB table", group: "tables", zones: [] },
    ]),
    edges: services.map((name) => ({ from: name, to: `table/${name}`, ports: [], access: ["write"], telemetry: false })),
    subnets: zones.map((zone) => ({ name: zone, zone, tier: "private", cidr: "10.0.0.0/24", nat: false })),
    left: [],
  };
}

describe("the picture of a thousand services", () => {
  it("has every one of them in a grid, drawn without lines until one is chosen", async () => {
    const picture = await layOut(crowd(1_000));
    assert.equal(picture.dense, true);
    assert.equal(picture.nodes.length, 2_000);
    assert.ok(picture.edges.every(({ path }) => path === undefined));
    assert.equal(picture.groups.find(({ id }) => id === "fargate")?.nodes, 1_000);
    assertTidy(picture);
  });

  it("has cards as long as they can be read", async () => {
    assert.equal((await layOut(crowd(MOST_CARDS / 2))).dense, false);
    assert.equal((await layOut(crowd(MOST_CARDS / 2 + 1))).dense, true);
  });

  it("stands with nothing in it too", async () => {
    const picture = await layOut({ zones: [], groups: [], nodes: [], edges: [], subnets: [], left: [] });
    assert.deepEqual([picture.nodes, picture.edges, picture.dense], [[], [], false]);
  });
});
