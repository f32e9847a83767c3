import { type Fault } from "../../components/faults";
import { overlaps, parseCidr } from "../../components/network/cidr";
import { validateLayout } from "../../components/network/layout";
import { isFargateSize } from "../../facts/fargate-sizes";
import { fargateHint } from "./fargate-hint";
import { apmKeyFaults } from "./visibility/apm";
import { logsFaults } from "./visibility/logs-checks";
import { grafanaFaults } from "./visibility/grafana-checks";
import { metricsFaults } from "./visibility/metrics-checks";
import type { SECTIONS } from "../environment";
import type { z } from "zod";

type Sections = { readonly [Key in keyof typeof SECTIONS]?: z.output<(typeof SECTIONS)[Key]> };

const MINIMUM_PAUSE_MS = 300_000;
const MAXIMUM_PAUSE_MS = 86_400_000;
/** Fewest days of automatic backups in a durable environment. */
export const DURABLE_BACKUP_DAYS = 7;

function ephemeralFaults(file: string, { ephemeral, environment }: Sections): Fault[] {
  if (!ephemeral || environment?.durable !== true) return [];
  return [
    {
      key: `${file}: strata:ephemeral`,
      what: "is given for a durable environment",
      got: ephemeral.expires,
      right: "leave it out, or make the environment not durable",
    },
  ];
}

/** Nothing is protected in an environment that is not durable, so there is nothing to lift. */
function decommissioningFaults(file: string, { environment }: Sections): Fault[] {
  if (!environment?.decommissioning || environment.durable) return [];
  return [
    {
      key: `${file}: strata:environment.decommissioning`,
      what: "is given for an environment that is not durable",
      got: true,
      right: "leave it out: strata destroy needs no more; if the environment was durable, leave durable as it was",
    },
  ];
}

function networkFaults(file: string, { network, aws, environment }: Sections): Fault[] {
  if (!network) return [];
  const key = `${file}: strata:network`;
  const zones = network.availabilityZones;
  return [
    ...validateLayout(network.cidr).map((fault) => ({ ...fault, key: `${key}.cidr` })),
    ...network.reserved
      .filter((range) => overlaps(parseCidr(network.cidr), parseCidr(range.cidr)))
      .map((range) => ({
        key: `${key}.cidr`,
        what: `overlaps ${range.cidr}, reserved for ${range.what}`,
        got: network.cidr,
        right: "choose a range that nothing else routed here uses",
      })),
    ...zones
      .filter((zone, index) => zones.indexOf(zone) !== index)
      .map((zone) => ({ key: `${key}.availabilityZones`, what: "names a zone twice", got: zone, right: "name each zone once" })),
    ...zones
      .filter((zone) => aws && zone.slice(0, -1) !== aws.region)
      .map((zone) => ({
        key: `${key}.availabilityZones`,
        what: `is not in ${aws?.region}`,
        got: zone,
        right: `name zones of ${aws?.region}`,
      })),
    ...(environment?.durable && zones.length < 2
      ? [
          {
            key: `${key}.availabilityZones`,
            what: "has one zone in a durable environment",
            got: zones,
            right: "give at least two, better three",
          },
        ]
      : []),
  ];
}

function ingressFaults(file: string, { ingress, environment }: Sections): Fault[] {
  if (!ingress) return [];
  const key = `${file}: strata:ingress`;
  if (Boolean(ingress.domain) !== Boolean(ingress.hostedZoneId))
    return [{ key, what: "has a domain or a hosted zone without the other", got: ingress, right: "give both `domain` and `hostedZoneId`" }];
  if (environment?.durable && !ingress.domain)
    return [
      {
        key: `${key}.domain`,
        what: "is missing in a durable environment",
        right: "give `domain` and `hostedZoneId`; without them only HTTP could be served",
      },
    ];
  return [];
}

function persistenceFaults(file: string, { persistence, environment }: Sections): Fault[] {
  if (!persistence) return [];
  const key = `${file}: strata:persistence`;
  const faults: Fault[] = [];
  if (persistence.auroraMinimumAcu > persistence.auroraMaximumAcu)
    faults.push({
      key: `${key}.auroraMinimumAcu`,
      what: "is above auroraMaximumAcu",
      got: persistence.auroraMinimumAcu,
      right: `give at most ${persistence.auroraMaximumAcu}`,
    });
  if (persistence.auroraPauseAfter < MINIMUM_PAUSE_MS || persistence.auroraPauseAfter > MAXIMUM_PAUSE_MS)
    faults.push({
      key: `${key}.auroraPauseAfter`,
      what: "is out of range",
      got: `${persistence.auroraPauseAfter / 1000}s`,
      right: "give 5min to 24h",
    });
  if (environment?.durable && persistence.auroraReaders < 1)
    faults.push({
      key: `${key}.auroraReaders`,
      what: "leaves one instance as a single point of failure in a durable environment",
      got: persistence.auroraReaders,
      right: "give at least 1",
    });
  if (environment?.durable && persistence.backupDays < DURABLE_BACKUP_DAYS)
    faults.push({
      key: `${key}.backupDays`,
      what: "is too short for a durable environment",
      got: persistence.backupDays,
      right: `give at least ${DURABLE_BACKUP_DAYS}`,
    });
  return faults;
}

function computeFaults(file: string, { compute, services, environment }: Sections): Fault[] {
  const faults: Fault[] = [];
  const copies = (key: string, minimum: number | undefined, maximum: number | undefined) => {
    if (minimum !== undefined && maximum !== undefined && minimum > maximum)
      faults.push({ key: `${key}.minimumCopies`, what: "is above maximumCopies", got: minimum, right: `give at most ${maximum}` });
    if (environment?.durable && minimum !== undefined && minimum < 2)
      faults.push({
        key: `${key}.minimumCopies`,
        what: "is a single point of failure in a durable environment",
        got: minimum,
        right: "give at least 2",
      });
  };
  if (compute) copies(`${file}: strata:compute`, compute.minimumCopies, compute.maximumCopies);
  for (const [name, service] of Object.entries(services ?? {})) {
    const key = `${file}: strata:services.${name}`;
    if (service.minimumCopies !== undefined || service.maximumCopies !== undefined)
      copies(key, service.minimumCopies ?? compute?.minimumCopies, service.maximumCopies ?? compute?.maximumCopies);
    // Memory alone is what a function has; a task of a size that does not exist is refused once its place is known.
    if (service.cpu !== undefined && service.memory === undefined)
      faults.push({ key, what: "gives cpu without memory", got: service, right: "give both; a function has memory alone" });
    else if (service.cpu !== undefined && service.memory !== undefined && !isFargateSize(service.cpu, service.memory))
      faults.push({
        key,
        what: "is a Fargate size that does not exist",
        got: { cpu: service.cpu, memory: `${service.memory}MiB` },
        right: fargateHint(service.cpu),
      });
  }
  return faults;
}

function visibilityFaults(file: string, { visibility, environment, network, ingress }: Sections): Fault[] {
  if (!visibility) return [];
  const key = `${file}: strata:visibility`;
  const durable = environment?.durable ?? false;
  return [
    ...metricsFaults(`${key}.metrics`, visibility.metrics, durable),
    ...apmKeyFaults(file, visibility.apm),
    ...logsFaults(`${key}.logs`, visibility.logs, durable, network?.availabilityZones.length ?? 1),
    ...grafanaFaults(`${key}.grafana`, visibility.grafana, { domain: ingress?.domain, surface: ingress?.surface }),
  ];
}

/** What is wrong between keys and sections that are each right by themselves. */
export function crossFaults(file: string, sections: Sections): Fault[] {
  const checks = [ephemeralFaults, decommissioningFaults, networkFaults, ingressFaults, persistenceFaults, computeFaults, visibilityFaults];
  return checks.flatMap((check) => check(file, sections));
}
