import { autonameOf, withAutoname } from "../../facts/kubernetes-autonaming";
import { isAppliedOver } from "../../facts/server-side-apply";
import { type Json, type Properties, UNKNOWN } from "../../plan/graph";
import { autoName, type Place } from "../../plan/simulate/identifiers";
import { simulate } from "../../plan/simulate/outputs";
import { isRecord, type Simulated, text } from "../../plan/simulate/shapes";
import { nameOf, typeOf } from "../../plan/urn";
import { type Cloud, type CloudResource } from "./cloud";
import { dependentsOf, isOnlyInState } from "./existence";
import { type Location } from "./location";
import { defaulted, withDefaults, withoutDefaults } from "./naming";
import { tagsOf } from "./tags";

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

  /**
   * Fills in the physical name, as Pulumi's providers do: it is an input before there is a resource, so that what an update had begun when it was
   * killed is recorded with it.
   * @param olds inputs of the resource that is kept; empty for a new one, which gets a name that nothing in the cloud has.
   */
  check(urn: string, news: Properties, olds: Properties = {}): Properties {
    const given = withoutDefaults(news);
    if (Object.keys(olds).length > 0) {
      const kept = defaulted(olds).flatMap((key) => (key in given || olds[key] === undefined ? [] : [[key, olds[key]] as const]));
      const autoname = isAppliedOver(typeOf(urn)) && !isNamed(given) ? autonameOf(olds) : undefined;
      return withDefaults(autoname === undefined ? given : withAutoname(given, autoname), Object.fromEntries(kept));
    }
    const type = typeOf(urn);
    for (let life = 1; life <= MOST_LIVES; life++) {
      const { id, outputs } = this.answer(urn, given, life);
      if (isAppliedOver(type)) {
        if (isNamed(given)) return given;
        if (this.find(type, id)?.urn !== urn) return withAutoname(given, id.slice(id.indexOf("/") + 1));
        continue;
      }
      const names = this.madeUpNames(urn, given, outputs, life);
      if (names.length === 0) return given;
      // What has its own id whatever it is called may share a name with a leftover; AWS would refuse that of some, so it never does.
      if (this.find(type, id)?.urn !== urn || this.answer(urn, given, life + 1).id === id)
        return withDefaults(given, Object.fromEntries(names));
    }
    throw new Error(`${urn}: exists ${MOST_LIVES} times`);
  }

  /** What a preview knows of a resource before it exists: what was asked for; the rest only its creation will tell. */
  previewCreate(urn: string, inputs: Properties): Properties {
    const { outputs } = this.answer(urn, inputs, 1);
    return { ...unknown(Object.keys(outputs)), ...withoutNote(inputs) };
  }

  /** @param made simulated minute. */
  create(urn: string, inputs: Properties, made?: number): Simulated {
    const type = typeOf(urn);
    if (isOnlyInState(type)) return this.answer(urn, inputs, 1);
    if (isRevised(type)) return this.revise(urn, inputs, made);
    for (let life = 1; life <= MOST_LIVES; life++) {
      const { id, outputs } = this.answer(urn, inputs, life);
      const there = this.find(type, id);
      // The resource this one replaces is still there, or a killed update left one: AWS would make a second one with an id of its own.
      // A type whose id follows from its inputs has no second one, and the cloud refuses it.
      if (there?.urn === urn && this.answer(urn, inputs, life + 1).id !== id) continue;
      const { server } = this.location;
      const resource = { type, id, ...(server !== undefined && { server }), urn, inputs, outputs, ...(made !== undefined && { made }) };
      // Made again after a killed update; of another resource's, which server-side apply would take over without a word, a rehearsal complains.
      if (there?.urn === urn && isAppliedOver(type)) this.cloud.write(resource);
      else this.cloud.create(resource);
      return { id, outputs };
    }
    throw new Error(`${urn}: exists ${MOST_LIVES} times`);
  }

  /**
   * The resource as it is now; undefined when there is none.
   * @param known what the state has of it; nothing of what is imported.
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
    return { ...kept, ...withoutNote(news), ...unknown(moved) };
  }

  /** @throws {Error} when the resource is gone. */
  update(urn: string, id: string, news: Properties): Properties {
    const type = typeOf(urn);
    if (isOnlyInState(type)) return this.answer(urn, news, 1).outputs;
    const there = this.find(type, id);
    if (!there) throw new Error(`${type} "${id}" does not exist any more; run a refresh`);
    const answered = this.answer(urn, news, this.lifeOf(urn, id, there.inputs)).outputs;
    const outputs = isRevised(type) ? withRevision(answered, revisionOf(there.outputs)) : answered;
    this.cloud.write({ ...there, inputs: news, outputs });
    return outputs;
  }

  /**
   * Deletes a resource and what is gone with it; one that is gone already is no error, as in AWS's providers.
   * @param outputs what the state has of it: of a type with revisions, only that one is deleted.
   */
  delete(urn: string, id: string, outputs: Properties = {}): void {
    const there = this.find(typeOf(urn), id);
    if (!there) return;
    const isOldRevision = isRevised(there.type) && outputs["revision"] !== undefined && outputs["revision"] !== there.outputs["revision"];
    if (isOldRevision) return;
    for (const dependent of dependentsOf(there, () => this.cloud.list())) this.cloud.delete(dependent);
    this.cloud.delete(there);
  }

  /** Makes the next revision of what has this name, or the first. */
  private revise(urn: string, inputs: Properties, made: number | undefined): Simulated {
    const type = typeOf(urn);
    const { id, outputs } = this.answer(urn, inputs, 1);
    const there = this.find(type, id);
    const revised = withRevision(outputs, there ? revisionOf(there.outputs) + 1 : 1);
    this.cloud.write({ type, id, urn, inputs, outputs: revised, ...(made !== undefined && { made }) });
    return { id, outputs: revised };
  }

  /** What the cloud has under an id, with what only the cloud knows. */
  find(type: string, id: string): CloudResource | undefined {
    return this.cloud.read({ type, id, server: this.location.server });
  }

  /** Which of the resources of one URN has this id. */
  private lifeOf(urn: string, id: string, inputs: Properties): number {
    for (let life = 1; life <= MOST_LIVES; life++) if (this.answer(urn, inputs, life).id === id) return life;
    return 1;
  }

  private place(urn: string, inputs: Properties, life: number): Place {
    const region = inputs["region"];
    return {
      ...this.location,
      ...(typeof region === "string" && region !== UNKNOWN && { region }),
      name: nameOf(urn),
      urn: life === 1 ? urn : `${urn}#${life}`,
    };
  }

  /** Outputs that are the name Pulumi makes up, and that are inputs too: all such, in the types that the program uses. */
  private madeUpNames(urn: string, inputs: Properties, outputs: Properties, life: number): (readonly [string, Json])[] {
    const madeUp = autoName(this.place(urn, inputs, life));
    return Object.entries(outputs).filter(([key, value]) => value === madeUp && !(key in inputs));
  }

  private answer(urn: string, inputs: Properties, life: number): Simulated {
    const type = typeOf(urn);
    const asked = withoutNote(inputs);
    const { id, outputs } = simulate(type, true, asked, this.place(urn, asked, life));
    const tagsAll = tagsOf(type, asked, this.location);
    return { id, outputs: tagsAll ? { ...outputs, tagsAll } : outputs };
  }
}

/** Whether the program says what an object of Kubernetes is called, and be it with a value that is not known yet. A release of Helm is no object. */
function isNamed({ metadata, name }: Properties): boolean {
  return metadata === UNKNOWN || (isRecord(metadata) && metadata["name"] !== undefined) || name !== undefined;
}

/** Types of which AWS keeps every version under one name: another is no second resource. Source: RegisterTaskDefinition, ECS API reference (2026-11). */
function isRevised(type: string): boolean {
  return type === "aws:ecs/taskDefinition:TaskDefinition";
}

function revisionOf({ revision }: Properties): number {
  return typeof revision === "number" ? revision : 1;
}

function withRevision(outputs: Properties, revision: number): Properties {
  return { ...outputs, revision, arn: `${text(outputs["arnWithoutRevision"], "")}:${revision}` };
}

function unknown(keys: readonly string[]): Properties {
  return Object.fromEntries(keys.map((key) => [key, UNKNOWN]));
}

/** What is said to AWS: the note of what the provider filled in is its own. */
function withoutNote(inputs: Properties): Properties {
  return Object.fromEntries(Object.entries(inputs).filter(([key]) => !key.startsWith("__")));
}
