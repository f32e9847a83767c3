import { costCurve, type CurvePoint, type Crossovers, nextCrossovers } from "../components/compute/placement/crossover";
import { placeCatalogue } from "../components/compute/placement/place-catalogue";
import { PLACEMENT_FACTS } from "../components/compute/placement/placement-facts";
import { type Placement } from "../components/compute/placement/types";
import { ConfigError, UserError } from "../components/faults";
import { suggestion } from "../components/parse";
import { type Descriptor } from "../components/service/descriptor";
import { readCatalogue } from "../stacks/catalogue";
import { readEnvironment } from "../stacks/environment";
import { advisorEnvironment } from "../stacks/placement";
import { withValue } from "./cost/changes";
import { readStackFile } from "./stack-file";

/** What the advisor says of one service. */
export interface Advice {
  readonly name: string;
  readonly demand: Descriptor["demand"];
  /** Its own choice, whether or not the descriptor overrules it. */
  readonly placement: Placement;
  /** Where the descriptor puts it, when it overrules the advisor. */
  readonly overruled?: string;
  readonly crossovers: Crossovers;
  /** Cost of every target from a tenth to ten times the demand. */
  readonly curve: readonly CurvePoint[];
}

/** A question to the advisor. */
export interface Question {
  readonly environment: string;
  /** One service; absent: all. */
  readonly service?: string;
  /** Changes to the descriptor before it is read, such as `demand.average=200/s`. */
  readonly set: readonly string[];
}

const CURVE_REACH = 10;
const CURVE_POINTS = 60;
const NAMES = /^[a-z][A-Za-z]*(\.[a-z][A-Za-z]*)*$/;

/** Numbers and words of a `--set` are what YAML would make of them. */
function changes(set: readonly string[]): (document: unknown) => unknown {
  const parsed = set.map((text) => {
    const [, path = "", value = ""] = /^([^=]+)=(.+)$/.exec(text) ?? [];
    if (!NAMES.test(path)) throw new UserError(`--set ${text}: is not a change; write it as demand.average=200/s`);
    return { path: path.split("."), value };
  });
  return (document) => parsed.reduce((changed, { path, value }) => withValue(changed, path, value), document);
}

/**
 * Asks the advisor about one service or all.
 * @throws {ConfigError} with every fault of the configuration, a `--set` that does not fit among them. {UserError} for an unknown service.
 */
export function advise(root: string, { environment: name, service, set }: Question): Advice[] {
  const stack = readStackFile(root, name);
  const change = changes(set);
  const environment = readEnvironment(name, stack.config);
  const catalogue = readCatalogue(root, (document, folder) => (service === undefined || folder === service ? change(document) : document));
  const faults = [...environment.faults, ...catalogue.faults];
  if (!environment.value || faults.length > 0) throw new ConfigError(faults);
  const descriptors = catalogue.entries.map(({ descriptor }) => descriptor);
  const names = descriptors.map((descriptor) => descriptor.name);
  if (service !== undefined && !names.includes(service))
    throw new UserError(`${service}: is not a service of the catalogue; ${suggestion(service, names)}`);
  return placeCatalogue(descriptors, PLACEMENT_FACTS, advisorEnvironment(environment.value)).flatMap((placed, index) => {
    const descriptor = descriptors[index];
    if (!descriptor || (service !== undefined && placed.name !== service)) return [];
    const subject = { demand: descriptor.demand, shape: placed.shape, facts: PLACEMENT_FACTS, environment: placed.environment };
    const { average } = descriptor.demand;
    return [
      {
        name: placed.name,
        demand: descriptor.demand,
        placement: placed.placement,
        ...(descriptor.place !== "auto" && { overruled: `${descriptor.place.on}, because ${descriptor.place.because}` }),
        crossovers: nextCrossovers(subject),
        curve: average > 0 ? costCurve(subject, average / CURVE_REACH, average * CURVE_REACH, CURVE_POINTS) : [],
      },
    ];
  });
}
