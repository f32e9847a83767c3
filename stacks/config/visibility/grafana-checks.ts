import { type Fault } from "../../../components/faults";
import { type GrafanaConfig } from "./grafana";

/** What of the rest of the stack file Grafana depends on. */
interface Surroundings {
  readonly domain: string | undefined;
  /** `api` puts the load balancer behind the HTTP API. */
  readonly surface: "separate" | "api" | undefined;
}

/**
 * What is wrong with how Grafana is reached.
 * @param key where it stands: `Pulumi.dev.yaml: strata:visibility.grafana`.
 */
export function grafanaFaults(key: string, { enabled, from, signIn }: GrafanaConfig, { domain, surface }: Surroundings): Fault[] {
  if (!enabled)
    return signIn || from === "internet"
      ? [
          {
            key,
            what: "says how Grafana is reached, of which there is none",
            right: "take `from` and `signIn` away, or give `enabled: true`",
          },
        ]
      : [];
  if (from === "vpc")
    return signIn
      ? [
          {
            key: `${key}.signIn`,
            what: "is without effect, since only the VPC reaches Grafana",
            right: "take it away, or give `from: internet`",
          },
        ]
      : [];
  const faults: Fault[] = [];
  if (!signIn)
    faults.push({
      key: `${key}.signIn`,
      what: "is missing, so Grafana would be open to the internet",
      right: "give `signIn`, or `from: vpc`",
    });
  else if ([...signIn.admins, ...signIn.editors, ...signIn.viewers, ...signIn.emailDomains].length === 0)
    faults.push({
      key: `${key}.signIn`,
      what: "lets in everybody who has an account with its issuer",
      right: "name groups as `admins`, `editors` or `viewers`, or give `emailDomains`",
    });
  if (domain === undefined)
    faults.push({
      key: `${key}.from`,
      what: "wants people to sign in without HTTPS",
      got: from,
      right: "give `domain` and `hostedZoneId` of `strata:ingress`",
    });
  if (surface === "api")
    faults.push({
      key: `${key}.from`,
      what: "needs a load balancer that the internet reaches, which asks people to sign in; the HTTP API does not",
      got: from,
      right: "give `from: vpc`, or `surface: separate` of `strata:ingress`",
    });
  return faults;
}

/** What is wrong between Grafana's path and those of services: its rule comes first, and would take theirs. */
export function grafanaPathFaults(
  key: string,
  { enabled, from, path }: GrafanaConfig,
  services: readonly { readonly name: string; readonly path: string }[],
): Fault[] {
  if (!enabled || from === "vpc") return [];
  return services
    .filter((service) => service.path === path || service.path.startsWith(`${path}/`))
    .map((service) => ({
      key: `${key}.path`,
      what: `is the path of service ${service.name}`,
      got: path,
      right: "give another path",
    }));
}
