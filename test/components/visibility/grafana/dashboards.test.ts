import { type Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import fc from "fast-check";
import assert from "node:assert/strict";
import { metricFamily } from "../../../../facts/cloudwatch-metrics";
import { output } from "@pulumi/pulumi";
import { DATA_SOURCES } from "../../../../components/visibility/grafana/data-sources";
import { dashboards, dashboardUids } from "../../../../components/visibility/grafana/dashboards/dashboards";
import { type KnownInput } from "../../../../components/visibility/grafana/dashboards/input";
import { dashboardUid } from "../../../../components/visibility/grafana/dashboards/uids";
import { dashboardSchema, querySchema } from "./dashboard-schema";
import { panelsOf, targetsOf } from "./panels";
import { VIEW } from "./views";

/** As a file holds it. */
function written(dashboard: Dashboard): Dashboard {
  return JSON.parse(JSON.stringify(dashboard)) as Dashboard;
}

function valid(dashboard: unknown): boolean {
  return dashboardSchema()(dashboard);
}

/** Any part of a view: some services, some stores, with or without logs, traces and Graphite. */
const views: fc.Arbitrary<KnownInput> = fc
  .record({
    services: fc.subarray([...VIEW.services]),
    stores: fc.subarray([...VIEW.stores]),
    logs: fc.constantFrom("loki" as const, "opensearch" as const, undefined),
    traces: fc.constantFrom("xray" as const, undefined),
    graphite: fc.option(fc.record({ hosts: fc.boolean(), tasks: fc.boolean() }), { nil: undefined }),
    api: fc.constantFrom(VIEW.api, undefined),
  })
  .map((part) => ({ environment: "dev", ...part }));

describe("dashboards", function () {
  this.timeout(60_000);
  const all = dashboards(VIEW).map(written);

  it("are one for each layer, service and store, and one for the hosts", () => {
    assert.equal(all.length, 4 + 1 + VIEW.services.length + VIEW.stores.length);
  });

  it("keep to Grafana's own types", () => {
    for (const dashboard of all)
      assert.ok(valid(dashboard), `${dashboard.title}: ${JSON.stringify(dashboardSchema().errors?.slice(0, 3))}`);
  });

  it("have queries that keep to the types of their data sources", () => {
    let checked = 0;
    for (const dashboard of all)
      for (const target of targetsOf(dashboard)) {
        const check = querySchema(target.datasource?.type ?? "");
        if (!check) continue;
        checked++;
        assert.ok(check(target), `${dashboard.title}: ${JSON.stringify(check.errors?.slice(0, 3))}`);
      }
    assert.ok(checked > 100);
    assert.ok(!querySchema("loki")?.({ expr: "{}", exprr: "{}" }));
  });

  it("would not pass with a property of the wrong type, an unknown key or a missing version", () => {
    const [good] = all;
    assert.ok(good && valid(good));
    const { schemaVersion, ...unversioned } = good;
    assert.equal(typeof schemaVersion, "number");
    assert.ok(!valid({ ...good, graphTooltip: "yes" }));
    assert.ok(!valid({ ...good, refesh: "30s" }));
    assert.ok(!valid(unversioned));
    const [panel] = panelsOf(good);
    assert.ok(!valid({ ...good, panels: [{ ...panel, gridPos: { h: "8", w: 12, x: 0, y: 0 } }] }));
  });

  it("have panels that do not overlap and are inside the grid, with titles that differ, whatever there is to see", () => {
    fc.assert(
      fc.property(views, (view) => {
        const made = dashboards(view);
        const titles = made.map(({ title }) => title);
        assert.equal(new Set(titles).size, titles.length);
        for (const dashboard of made) {
          const taken = new Set<string>();
          const names: unknown[] = [];
          for (const { title, gridPos } of panelsOf(dashboard)) {
            assert.ok(gridPos, `${dashboard.title}: ${title} has no place`);
            names.push(title);
            assert.ok(gridPos.x >= 0 && gridPos.x + gridPos.w <= 24 && gridPos.w > 0 && gridPos.h > 0, `${dashboard.title}: ${title}`);
            for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++)
              for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
                assert.ok(!taken.has(`${x},${y}`), `${dashboard.title}: ${title} overlaps another panel`);
                taken.add(`${x},${y}`);
              }
          }
          assert.equal(new Set(names).size, names.length, `${dashboard.title} has two panels of one title`);
        }
      }),
      { numRuns: 25 },
    );
  });

  it("are those whose ids are told beforehand, and link to no other", () => {
    fc.assert(
      fc.property(views, (view) => {
        const made = dashboards(view);
        const uids = made.map(({ uid }) => uid);
        assert.deepEqual(uids, dashboardUids({ ...view, stores: view.stores, services: view.services }));
        assert.equal(new Set(uids).size, uids.length);
        const known = new Set(uids.map((uid) => `/d/${uid}`));
        // A store's users are services of the environment, which a part of a view may lack.
        const users = new Set(view.stores.flatMap(({ users: of }) => of.map(({ service }) => `/d/${dashboardUid("service", service)}`)));
        for (const { title, links = [] } of made)
          for (const { url } of links) assert.ok(known.has(url ?? "") || users.has(url ?? ""), `${title} links to ${url}`);
      }),
      { numRuns: 25 },
    );
  });

  it("ask CloudWatch only for metrics that AWS publishes under those dimensions", () => {
    const asked = all.flatMap(targetsOf).filter(({ datasource }) => datasource?.uid === DATA_SOURCES.cloudwatch.uid);
    assert.ok(asked.length > 100);
    for (const { namespace, metricName, dimensions } of asked) {
      const family = metricFamily(namespace ?? "", metricName ?? "", Object.keys(dimensions ?? {}));
      assert.ok(family?.source.startsWith("https://"), `${namespace} ${metricName} ${JSON.stringify(dimensions)}`);
    }
  });

  it("ask only data sources that provisioning makes, by letters that differ in each panel", () => {
    const known = new Set<unknown>(Object.values(DATA_SOURCES).map(({ uid }) => uid));
    for (const dashboard of all)
      for (const panel of panelsOf(dashboard)) {
        const letters = (panel.targets ?? []).map(({ refId }) => refId);
        assert.equal(new Set(letters).size, letters.length);
        for (const { datasource } of panel.targets ?? []) assert.ok(known.has(datasource?.uid), `${dashboard.title}: ${panel.title}`);
      }
  });

  it("lead from a service to its logs by label and to the traces it is in", () => {
    const orders = all.find(({ uid }) => uid === dashboardUid("service", "orders"));
    assert.ok(orders);
    const targets = targetsOf(orders);
    assert.ok(targets.some(({ expr }) => expr === '{environment="dev",service="orders"}'));
    assert.ok(targets.some(({ datasource, query }) => datasource?.uid === DATA_SOURCES.xray.uid && query === 'service("orders")'));
  });

  it("have the same lines by Lucene where OpenSearch has them", () => {
    const orders = dashboards({ ...VIEW, logs: "opensearch" }).find(({ uid }) => uid === dashboardUid("service", "orders"));
    assert.ok(orders && targetsOf(written(orders)).some(({ query }) => query === 'environment:"dev" AND service:"orders"'));
  });

  it("say nothing of logs, traces or Graphite where there are none", () => {
    const { environment, services, stores } = VIEW;
    const uids = dashboards({ environment, services, stores }).flatMap((dashboard) =>
      targetsOf(written(dashboard)).map(({ datasource }) => datasource?.uid),
    );
    assert.deepEqual([...new Set(uids)], [DATA_SOURCES.cloudwatch.uid]);
  });

  it("are small enough for a ConfigMap each, with room for as many services again", () => {
    for (const dashboard of all)
      assert.ok(JSON.stringify(dashboard).length < 200_000, `${dashboard.title} has ${JSON.stringify(dashboard).length} characters`);
  });

  it("are so with a thousand services and stores: a layer draws a hundred of them, says so, and links to all", () => {
    const copies = (count: number) => Array.from({ length: count }, (_, index) => index);
    const services = copies(1_000).flatMap((index) => VIEW.services.slice(0, 1).map((one) => ({ ...one, name: `${one.name}-${index}` })));
    const stores = copies(1_000).flatMap((index) => VIEW.stores.slice(0, 1).map((one) => ({ ...one, id: `${one.id}-${index}` })));
    const layers = dashboards({ ...VIEW, services, stores }).filter(({ uid }) => uid?.startsWith("layer-"));
    for (const layer of layers) assert.ok(JSON.stringify(layer).length < 900_000, layer.title);
    const compute = layers.find(({ uid }) => uid === dashboardUid("layer", "compute"));
    assert.equal(compute?.title, "Layer: Compute, 100 of 1000 drawn");
    assert.ok((compute?.links?.length ?? 0) >= services.length);
  });

  it("can be made from values that are not known yet", async () => {
    const known = await new Promise((resolve) => output(VIEW).apply((view) => resolve(dashboards(view as KnownInput).length)));
    assert.equal(known, all.length);
  });
});

describe("the id of a dashboard", () => {
  it("is one that Grafana takes, and another for every name", () => {
    const name = fc.string({ minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(name, name, (one, other) => {
        const uid = dashboardUid("store", one);
        assert.match(uid, /^[\w-]{1,40}$/);
        assert.equal(uid === dashboardUid("store", other), one === other);
      }),
    );
  });
});
