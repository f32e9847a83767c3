import { type Fault } from "../../components/faults";
import { suggestion } from "../../components/parse";
import { type CatalogueEntry } from "../catalogue";
import { type EnvironmentConfig } from "../environment";

/** What is wrong between a stack file's `strata:services` and the catalogue. */
export function serviceOverrideFaults(environment: EnvironmentConfig, entries: readonly CatalogueEntry[]): Fault[] {
  const names = entries.map(({ descriptor }) => descriptor.name);
  return Object.keys(environment.services)
    .filter((name) => !names.includes(name))
    .map((name) => ({
      key: `Pulumi.${environment.name}.yaml: strata:services.${name}`,
      what: "names no service of the catalogue",
      right: suggestion(name, names),
    }));
}
