import { type Properties, UNKNOWN } from "../../plan/graph";
import { type Place } from "../../plan/simulate/identifiers";
import { simulate } from "../../plan/simulate/outputs";
import { type Simulated } from "../../plan/simulate/shapes";
import { nameOf, typeOf } from "../../plan/urn";
import { type Cloud, type CloudResource } from "./cloud";
import { dependentsOf, isOnlyInState } from "./existence";
import { type Location } from "./location";

/** How many resources of one URN may be there at once: the old one and its replacement, and what killed updates left behind. */
const MOST_LIVES = 1000;

/** A resource without what only the cloud knows of it. */
export type KnownResource = Pick<CloudResource, "id" | "inputs" | "outputs">;

/** Creates, reads, changes and deletes resources in the simulated cloud, with the ids and outputs that the plan gives them. */
export class Lifecycle {
  constructor(
    private readonly cloud: Cloud,
    private readonly location: Location,
  ) {}

  /** What a preview knows of a resource before it exists: what was asked for; the rest only its creation will tell. */
  previewCreate(urn: string, inputs: Properties): Properties {
    const { outputs } = this.answer(urn, inputs, 1);
    return { ...unknown(Object.keys(outputs)), ...inputs };
  }

  create(urn: string, inputs: Properties): Simulated {
    const type = typeOf(urn);
    if (isOnlyInState(type)) return this.answer(urn, inputs, 1);
    for (let life = 1; life <= MOST_LIVES; life++) {
      const { id, outputs } = this.answer(urn, inputs, life);
      const there = this.find(type, id);
      // The resource this one replaces is still there, or a killed update left one: AWS would make a second one with an id of its own.
      // A type whose id follows from its inputs has no second one, and the cloud refuses it.
      if (there?.urn === urn && this.answer(urn, inputs, life + 1).id !== id) continue;
      const { server } = this.location;
      this.cloud.create({ type, id, ...(server !== undefined && { server }), urn, inputs, outputs });
      return { id, outputs };
    }
    throw new Error(`${urn}: exists ${MOST_LIVES} times`);
  }

  /**
   * The resource as it is now; undefined when there is none.
   * @param known what the state has of it.
   */
  read(urn: string, known: KnownResource): KnownResource | undefined {
    return isOnlyInState(typeOf(urn)) ? known : this.find(typeOf(urn), known.id);
  }

  /** What a preview knows of a changed resource: its outputs stay, but for those that follow from what changes. */
  previewUpdate(urn: string, id: string, olds: Properties, news: Properties, oldInputs: Properties): Properties {
    const before = this.answer(urn, oldInputs, this.lifeOf(urn, id, oldInputs)).outputs;
    const after = this.answer(urn, news, this.lifeOf(urn, id, oldInputs)).outputs;
    const kept = Object.fromEntries(Object.entries(olds).filter(([key]) => key in after));
    const moved = Object.keys(after).filter((key) => !(key in news) && JSON.stringify(before[key]) !== JSON.stringify(after[key]));
    return { ...kept, ...news, ...unknown(moved) };
  }

  /** @throws {Error} when the resource is gone. */
  update(urn: string, id: string, news: Properties): Properties {
    const type = typeOf(urn);
    if (isOnlyInState(type)) return this.answer(urn, news, 1).outputs;
    const there = this.find(type, id);
    if (!there) throw new Error(`${type} "${id}" does not exist any more; run a refresh`);
    const { outputs } = this.answer(urn, news, this.lifeOf(urn, id, there.inputs));
    this.cloud.write({ ...there, inputs: news, outputs });
    return outputs;
  }

  /** Deletes a resource and what is gone with it; one that is gone already is no error, as in AWS's providers. */
  delete(urn: string, id: string): void {
    const there = this.find(typeOf(urn), id);
    if (!there) return;
    for (const dependent of dependentsOf(there, () => this.cloud.list())) this.cloud.delete(dependent);
    this.cloud.delete(there);
  }

  private find(type: string, id: string): CloudResource | undefined {
    return this.cloud.read({ type, id, server: this.location.server });
  }

  /** Which of the resources of one URN has this id. */
  private lifeOf(urn: string, id: string, inputs: Properties): number {
    for (let life = 1; life <= MOST_LIVES; life++) if (this.answer(urn, inputs, life).id === id) return life;
    return 1;
  }

  private answer(urn: string, inputs: Properties, life: number): Simulated {
    const region = inputs["region"];
    const place: Place = {
      ...this.location,
      ...(typeof region === "string" && region !== UNKNOWN && { region }),
      name: nameOf(urn),
      urn: life === 1 ? urn : `${urn}#${life}`,
    };
    return simulate(typeOf(urn), true, inputs, place);
  }
}

function unknown(keys: readonly string[]): Properties {
  return Object.fromEntries(keys.map((key) => [key, UNKNOWN]));
}
