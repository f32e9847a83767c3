/** Fixed ids of Grafana's data sources: dashboards name them, provisioning makes them. */
export const DATA_SOURCES = {
  graphite: { type: "graphite", uid: "graphite" },
  cloudwatch: { type: "cloudwatch", uid: "cloudwatch" },
  loki: { type: "loki", uid: "logs" },
  opensearch: { type: "grafana-opensearch-datasource", uid: "logs" },
  xray: { type: "grafana-x-ray-datasource", uid: "traces" },
} as const;

export type DataSourceKind = keyof typeof DATA_SOURCES;
