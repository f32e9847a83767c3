/**
 * Settings of grafana.ini by section, as Grafana documents them.
 * Source: conf/defaults.ini of grafana/grafana 12 and "Configure Grafana" (2026-11).
 */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  paths: ["data", "temp_data_lifetime", "logs", "plugins", "provisioning"],
  server: ["protocol", "http_addr", "http_port", "domain", "enforce_domain", "root_url", "serve_from_sub_path", "enable_gzip"],
  database: [
    "type",
    "host",
    "name",
    "user",
    "password",
    "url",
    "max_idle_conn",
    "max_open_conn",
    "conn_max_lifetime",
    "ssl_mode",
    "ca_cert_path",
    "path",
  ],
  security: [
    ...["disable_initial_admin_creation", "admin_user", "admin_password", "admin_email", "secret_key", "disable_gravatar"],
    ...["cookie_secure", "cookie_samesite", "strict_transport_security", "content_security_policy", "allow_embedding"],
  ],
  auth: ["login_cookie_name", "login_maximum_lifetime_duration", "disable_login_form", "disable_signout_menu", "signout_redirect_url"],
  "auth.anonymous": ["enabled"],
  "auth.proxy": ["enabled"],
  "auth.jwt": ["enabled"],
  "auth.generic_oauth": [
    ...["enabled", "name", "auto_login", "client_id", "client_secret", "scopes", "auth_url", "token_url", "api_url", "use_pkce"],
    ...["allow_sign_up", "login_attribute_path", "role_attribute_path", "role_attribute_strict", "allow_assign_grafana_admin"],
    ...["allowed_domains", "allowed_groups", "groups_attribute_path", "email_attribute_path"],
  ],
  users: ["allow_sign_up", "allow_org_create", "auto_assign_org", "auto_assign_org_role", "viewers_can_edit"],
  dashboards: ["versions_to_keep", "min_refresh_interval", "default_home_dashboard_path"],
  unified_alerting: ["enabled"],
  plugins: ["plugin_admin_enabled", "preinstall", "preinstall_async", "preinstall_disabled"],
  aws: ["allowed_auth_providers", "assume_role_enabled"],
  analytics: ["reporting_enabled", "check_for_updates", "check_for_plugin_updates", "feedback_links_enabled"],
  snapshots: ["external_enabled"],
  public_dashboards: ["enabled"],
  news: ["news_feed_enabled"],
  metrics: ["enabled"],
  log: ["mode", "level"],
  "log.console": ["level", "format"],
};

/** Whether Grafana has a setting; it says nothing of one that it has not. */
export function documented(section: string, key: string): boolean {
  return KEYS[section]?.includes(key) ?? false;
}
