import * as pulumi from "@pulumi/pulumi";
import { oauthSection, type SignIn } from "./sign-in";

/** Where Grafana keeps its state. */
export interface Database {
  readonly host: pulumi.Input<string>;
  readonly port: number;
  readonly name: string;
}

/** Files that hold one secret each. */
export interface SecretPaths {
  readonly adminPassword: string;
  readonly encryptionKey: string;
  readonly databaseUser: string;
  readonly databasePassword: string;
  readonly clientSecret: string;
}

/** What grafana.ini says. */
export interface GrafanaConfiguration {
  /** Port it listens on. */
  readonly port: number;
  /** Where browsers find it: the address of its host and its path, without a slash at the end. Default: by whatever name it is called. */
  readonly url?: string;
  /** Default: SQLite in the container, which forgets with it. */
  readonly database?: Database;
  /** Default: the administrator's password alone. */
  readonly signIn?: SignIn;
  /** Plugins to fetch at start, each with its version. */
  readonly plugins: readonly { readonly id: string; readonly version: string }[];
  readonly secrets: SecretPaths;
  /** Directories it writes to. */
  readonly data: string;
  readonly pluginFolder: string;
  readonly homeDashboard: string;
}

type Section = Readonly<Record<string, pulumi.Input<string>>>;

const LINE_BREAK = /[\r\n]/;

function ini(sections: Readonly<Record<string, Section>>): pulumi.Output<string> {
  return pulumi.output(sections).apply((known) =>
    Object.entries(known)
      .map(([name, values]) => {
        const lines = Object.entries(values).map(([key, value]) => {
          // A second line would be a setting of its own.
          if (LINE_BREAK.test(value)) throw new Error(`[${name}] ${key} of grafana.ini has more than one line`);
          return `${key} = ${value}`;
        });
        return [`[${name}]`, ...lines, ""].join("\n");
      })
      .join("\n"),
  );
}

function server({ port, url }: GrafanaConfiguration): Section {
  return {
    http_port: String(port),
    ...(url !== undefined && { domain: new URL(url).hostname, root_url: `${url}/`, serve_from_sub_path: "true" }),
    enable_gzip: "true",
  };
}

/** RDS takes no connection without TLS. Without the certificates of RDS in the image its name is not checked; the network is the VPC's own. */
function database({ database: state, secrets, data }: GrafanaConfiguration): Section {
  if (!state) return { type: "sqlite3", path: `${data}/grafana.db` };
  return {
    type: "postgres",
    host: pulumi.interpolate`${state.host}:${state.port}`,
    name: state.name,
    user: `$__file{${secrets.databaseUser}}`,
    password: `$__file{${secrets.databasePassword}}`,
    ssl_mode: "require",
    max_open_conn: "20",
  };
}

/**
 * Grafana's configuration file (Grafana documentation, "Configure Grafana", 12.2, 2026-11). What is left out has the default of that version.
 */
export function grafanaIni(configuration: GrafanaConfiguration): pulumi.Output<string> {
  const { signIn, plugins, secrets, data, pluginFolder, homeDashboard } = configuration;
  const https = configuration.url !== undefined;
  return ini({
    paths: { data, plugins: pluginFolder },
    server: server(configuration),
    database: database(configuration),
    security: {
      admin_user: "admin",
      admin_password: `$__file{${secrets.adminPassword}}`,
      secret_key: `$__file{${secrets.encryptionKey}}`,
      cookie_secure: String(https),
      cookie_samesite: "lax",
      strict_transport_security: String(https),
      disable_gravatar: "true",
      content_security_policy: "true",
    },
    auth: {
      // With sign-in the form is of no use but to guess the administrator's password.
      disable_login_form: String(signIn !== undefined),
      disable_signout_menu: "false",
      login_maximum_lifetime_duration: "1d",
    },
    "auth.anonymous": { enabled: "false" },
    // It is what a load balancer's header would need; a header can be forged by whoever else reaches the port.
    "auth.proxy": { enabled: "false" },
    "auth.jwt": { enabled: "false" },
    ...(signIn && { "auth.generic_oauth": oauthSection(signIn, secrets.clientSecret) }),
    users: { allow_sign_up: "false", allow_org_create: "false", auto_assign_org_role: "Viewer", viewers_can_edit: "false" },
    dashboards: { default_home_dashboard_path: homeDashboard, min_refresh_interval: "10s" },
    // CloudWatch alarms on this platform. Two copies of Grafana would each send what fires.
    unified_alerting: { enabled: "false" },
    plugins: {
      plugin_admin_enabled: "false",
      // In the background: when grafana.com is away, it starts without them.
      preinstall: plugins.map(({ id, version }) => `${id}@${version}`).join(","),
    },
    aws: { allowed_auth_providers: "default", assume_role_enabled: "false" },
    analytics: {
      reporting_enabled: "false",
      check_for_updates: "false",
      check_for_plugin_updates: "false",
      feedback_links_enabled: "false",
    },
    snapshots: { external_enabled: "false" },
    public_dashboards: { enabled: "false" },
    news: { news_feed_enabled: "false" },
    metrics: { enabled: "false" },
    log: { mode: "console", level: "info" },
    "log.console": { format: "json" },
  });
}
