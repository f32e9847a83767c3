import assert from "node:assert/strict";
import { dashboards } from "../../components/visibility/grafana/dashboards/dashboards";
import { logName } from "../../components/visibility/grafana/dashboards/stores";
import { LOG_SOURCES } from "../../components/visibility/logs/log-store";
import { lokiConfiguration } from "../../components/visibility/logs/loki-configuration";
import { targetsOf } from "../components/visibility/grafana/panels";
import { VIEW } from "../components/visibility/grafana/views";
import { eventually } from "./eventually";
import { known } from "./hosted";
import { type Loki, startLoki, whyNoLoki } from "./loki";

const { environment } = VIEW;

/** What dashboards ask Loki: once each. */
const QUERIES = [
  ...new Set(
    dashboards(VIEW)
      .flatMap(targetsOf)
      .flatMap(({ expr }) => expr ?? []),
  ),
];

/** Whatever writes a log of its own. */
const WRITERS = [...new Set([...VIEW.services.map(({ name }) => name), ...VIEW.stores.map(({ observed }) => logName(observed))])];

/** Sends one line of each service and store, as each source writes them. */
async function push(loki: Loki, now: number): Promise<void> {
  const streams = WRITERS.map((service, index) => ({
    stream: { environment, service, source: LOG_SOURCES[index % LOG_SOURCES.length] },
    values: [[`${now}000000`, `${service} says something`]],
  }));
  const response = await fetch(`${loki.url}/loki/api/v1/push`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ streams }),
  });
  assert.equal(response.status, 204, await response.text());
}

describe("Every Loki query of every dashboard, on a real Loki with the rendered configuration", function () {
  this.timeout(120_000);
  const now = Date.now() - 60_000;
  let loki: Loki;

  before(async function () {
    const reason = whyNoLoki();
    if (reason) {
      console.warn(`      skipped: ${reason}`);
      this.skip();
    }
    const configuration = await known(
      lokiConfiguration({ bucket: "logs", region: "us-east-1", replicas: 1, copies: [], searchDays: 30, oldestHours: 168 }),
    );
    loki = await startLoki(configuration);
    await push(loki, now);
  });
  after(() => loki?.dispose());

  it("finds the lines of its service or store alone, by their labels", async () => {
    const selectors = QUERIES.filter((query) => query.startsWith("{"));
    const asked = new Set(selectors.flatMap((query) => /service="([^"]+)"/.exec(query)?.[1] ?? []));
    for (const writer of WRITERS) assert.ok(asked.has(writer), `no dashboard shows the log of ${writer}`);
    await eventually("every selector has its lines", async () => {
      for (const query of selectors) {
        const lines = await loki.lines(query, now - 60_000, now + 60_000);
        const service = /service="([^"]+)"/.exec(query)?.[1];
        assert.ok(lines.length > 0, query);
        assert.ok(
          lines.every(({ labels }) => labels["environment"] === environment && (service === undefined || labels["service"] === service)),
          query,
        );
      }
    });
  });

  it("counts them by what wrote them", async () => {
    const counts = QUERIES.filter((query) => query.startsWith("sum"));
    assert.ok(counts.length > VIEW.services.length - 1);
    for (const query of counts) {
      const answer = (await loki.ask("/loki/api/v1/query_range", {
        query,
        start: `${now - 120_000}000000`,
        end: `${now + 120_000}000000`,
        step: "60",
      })) as { data: { result: { metric: Record<string, string>; values: [number, string][] }[] } };
      assert.ok(answer.data.result.length > 0, query);
      assert.ok(answer.data.result.every(({ metric, values }) => metric["source"] && values.some(([, count]) => Number(count) > 0)));
    }
  });

  it("would find nothing with another label", async () => {
    assert.deepEqual(await loki.lines(`{environment="${environment}",service="nobody"}`, now - 60_000, now + 60_000), []);
  });
});
