import * as pulumi from "@pulumi/pulumi";
import { type Bundle } from "../components/compute/bundle";
import { bundleServices } from "../components/compute/lambda-faults";
import { ConfigError } from "../components/faults";
import { type AdoptedCluster } from "../components/compute/eks-cluster";
import { type TableDeclaration } from "../components/persistence/table-declaration";
import { type PlatformContext } from "../components/platform-context";
import { type Descriptor } from "../components/service/descriptor";
import { type CatalogueEntry, readCatalogue } from "./catalogue";
import { readAdoptedClusters } from "./config/adopted-clusters";
import { isEncrypted } from "./config/encrypted";
import { serviceOverrideFaults } from "./config/override-checks";
import { placementFaults } from "./config/placement-checks";
import { storeFaults } from "./config/store-checks";
import { alarmsFaults } from "./config/visibility/alarms-checks";
import { grafanaPathFaults } from "./config/visibility/grafana-checks";
import { type EnvironmentConfig, NAMESPACE, readEnvironment } from "./environment";
import { type Placement, placeServices } from "./placement";

/** What an environment is made of, before anything is registered. */
export interface Blueprint {
  readonly environment: EnvironmentConfig;
  readonly context: PlatformContext;
  /** Services of this environment, with where each runs. */
  readonly services: readonly { readonly descriptor: Descriptor; readonly placement: Placement }[];
  /** Code of the services that are functions. */
  readonly bundles: ReadonlyMap<string, Bundle>;
  /** Clusters that exist already, by name. */
  readonly adopted: ReadonlyMap<string, AdoptedCluster>;
  /** Tables as their services declare them. */
  readonly tables: ReadonlyMap<string, TableDeclaration>;
}

function requirePlacement(placements: ReadonlyMap<string, Placement>, { descriptor: { name } }: CatalogueEntry): Placement {
  const placement = placements.get(name);
  if (!placement) throw new Error(`service ${name} has no placement`);
  return placement;
}

/** Paths of the services that are reached over HTTP from the internet. */
function paths(entries: readonly CatalogueEntry[]): { readonly name: string; readonly path: string }[] {
  return entries.flatMap(({ descriptor: { name, reach } }) =>
    reach?.http !== undefined && reach.from === "internet" ? [{ name, path: reach.http }] : [],
  );
}

/**
 * Reads the stack's configuration and the catalogue, and decides where each service runs.
 * @throws {ConfigError} with everything that is wrong in either.
 */
export function readBlueprint(): Blueprint {
  const root = pulumi.getRootDirectory();
  const environment = readEnvironment(pulumi.getStack(), pulumi.runtime.allConfig());
  const catalogue = readCatalogue(root);
  const { bundles, faults: code } = bundleServices(root, catalogue.entries);
  const faults = [...environment.faults, ...catalogue.faults, ...code];
  if (environment.value) {
    const encrypted = isEncrypted(`${NAMESPACE}visibility`);
    faults.push(...serviceOverrideFaults(environment.value, catalogue.entries), ...alarmsFaults(environment.value, encrypted));
  }
  if (!environment.value || catalogue.faults.length > 0) throw new ConfigError(faults);
  const config = environment.value;
  const { adopted, faults: clusters } = readAdoptedClusters(root, config);
  faults.push(...clusters);
  const entries = catalogue.entries.filter(({ descriptor }) => config.services[descriptor.name]?.enabled !== false);
  const { placements, faults: unplaceable } = placeServices(entries, config);
  faults.push(...unplaceable);
  if (unplaceable.length === 0) faults.push(...placementFaults(entries, placements, config));
  faults.push(...grafanaPathFaults(`Pulumi.${config.name}.yaml: strata:visibility.grafana`, config.visibility.grafana, paths(entries)));
  const { tables, faults: stores } = storeFaults(root, entries, config);
  faults.push(...stores);
  if (faults.length > 0) throw new ConfigError(faults);
  return {
    environment: config,
    context: {
      environment: config.name,
      accountId: config.aws.accountId,
      region: config.aws.region,
      durable: config.environment.durable,
      decommissioning: config.environment.decommissioning,
    },
    services: entries.map((entry) => ({ descriptor: entry.descriptor, placement: requirePlacement(placements, entry) })),
    bundles,
    adopted,
    tables,
  };
}
