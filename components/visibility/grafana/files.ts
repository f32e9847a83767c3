import { type HostedProgram } from "../host/host";
import { grafanaIni, type GrafanaConfiguration } from "./configuration";
import { dashboardFiles } from "./dashboards/dashboards";
import { type DashboardInput } from "./dashboards/input";
import { FOLDERS, START, VALUES } from "./layout";
import { dashboardsYaml, dataSourcesYaml, type Sources } from "./provisioning";
import { type GrafanaSecret } from "./secrets";
import { startScript } from "./start-script";

/** What Grafana's files are made from. */
export interface GrafanaFilesInput extends Pick<GrafanaConfiguration, "port" | "url" | "database" | "signIn" | "plugins"> {
  readonly environment: string;
  readonly sources: Omit<Sources, "files">;
  readonly dashboards: DashboardInput;
  readonly secrets: readonly GrafanaSecret[];
}

/** Everything that Grafana reads at its start: its settings, its data sources and its dashboards. */
export function grafanaFiles({ environment, sources, dashboards, secrets, ...configuration }: GrafanaFilesInput): HostedProgram["files"] {
  const { configuration: folder, dashboards: shown, data } = FOLDERS;
  const provisioning = `${folder}/provisioning`;
  const parts = secrets.flatMap(({ file, parts: of }) => of.map((part) => ({ ...part, from: file })));
  return {
    [START]: startScript(parts, "/run.sh"),
    [`${folder}/grafana.ini`]: grafanaIni({
      ...configuration,
      secrets: VALUES,
      data,
      pluginFolder: `${data}/plugins`,
      homeDashboard: `${shown}/layer-compute.json`,
    }),
    [`${provisioning}/datasources/strata.yaml`]: dataSourcesYaml({ ...sources, files: VALUES }),
    [`${provisioning}/dashboards/strata.yaml`]: dashboardsYaml(shown, environment),
    ...Object.fromEntries(Object.entries(dashboardFiles(dashboards)).map(([file, text]) => [`${shown}/${file}`, text])),
  };
}
