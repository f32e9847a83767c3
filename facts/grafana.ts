import { type Fact } from "./row";

/** A container image. */
interface Image extends Fact {
  readonly image: string;
  /** User that its files belong to. */
  readonly user: number;
}

/** Grafana's own image. It starts as its user, and writes to `/var/lib/grafana` and `/tmp` only. */
export const GRAFANA_IMAGE: Image = {
  image: "grafana/grafana:12.2.1",
  user: 472,
  source: "Grafana documentation, Run Grafana Docker image, and chart grafana 12.11.1 of grafana-community",
  date: "2026-11",
};

/** A plugin of Grafana that its image does not hold. */
interface Plugin extends Fact {
  readonly id: string;
  readonly version: string;
}

/** Plugins of data sources, by the data source. */
export const GRAFANA_PLUGINS: Readonly<Record<"xray" | "opensearch", Plugin>> = {
  xray: { id: "grafana-x-ray-datasource", version: "2.13.2", source: "package.json of grafana/x-ray-datasource", date: "2026-11" },
  opensearch: {
    id: "grafana-opensearch-datasource",
    version: "2.33.0",
    source: "package.json of grafana/opensearch-datasource",
    date: "2026-11",
  },
};
