/** Folders of Grafana's container. */
export const FOLDERS = {
  configuration: "/etc/grafana",
  dashboards: "/etc/strata/dashboards",
  secrets: "/etc/strata/secrets",
  parts: "/run/grafana",
  data: "/var/lib/grafana",
} as const;

/** What the container runs. */
export const START = "/etc/strata/start.sh";

/** Files that hold one value each, as grafana.ini and data sources name them. */
export const VALUES = {
  adminPassword: `${FOLDERS.parts}/admin-password`,
  encryptionKey: `${FOLDERS.parts}/encryption-key`,
  databaseUser: `${FOLDERS.parts}/database-user`,
  databasePassword: `${FOLDERS.parts}/database-password`,
  logsUser: `${FOLDERS.parts}/logs-user`,
  logsPassword: `${FOLDERS.parts}/logs-password`,
  clientSecret: `${FOLDERS.parts}/client-secret`,
  metricsKey: `${FOLDERS.secrets}/metrics-key`,
} as const;
