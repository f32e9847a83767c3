import { isAppliedOver } from "../../facts/server-side-apply";
import { nameOf } from "../../plan/urn";
import { Cloud } from "../rehearse/cloud";
import { isOnlyInState } from "../rehearse/existence";
import { type FoundResource, searchCloud, type SearchOptions } from "../rehearse/search";
import {
  type CloudSearch,
  type CloudThing,
  type Found,
  kubernetesObject,
  type SearchResult,
  type StackName,
  type Wanted,
} from "./cloud-search";
import { isMadeUp } from "./made-up-name";
import { couldBe } from "./matching-inputs";
import { stackNameOf, tagsOfStack } from "./stack-tags";

/** Not of another stack: what takes no tags does not say. */
function mayBelongTo({ tags }: FoundResource, stack: StackName): boolean {
  return Object.entries(tagsOfStack(stack)).every(([key, value]) => tags[key] === undefined || tags[key] === value);
}

/** Whether what was asked for is what is there. What begins with `__` is a note of the provider to itself. */
function isAsAsked({ properties }: FoundResource, inputs: Wanted["inputs"]): boolean {
  return Object.entries(inputs).every(([key, value]) => key.startsWith("__") || couldBe(value, properties[key]));
}

function keyOf({ type, id, server = "" }: FoundResource): string {
  return [type, id, server].join("\n");
}

/**
 * Looks in the simulated cloud by what AWS tells of a resource: its type, name, tags and properties; never by the URN, which AWS does not know.
 */
export class SimulatedSearch implements CloudSearch {
  private readonly claimed = new Set<string>();

  /** @param folder of the cloud. */
  constructor(
    private readonly folder: string,
    private readonly options: SearchOptions = {},
  ) {}

  find({ urn, type, inputs, taken }: Wanted): Promise<SearchResult> {
    if (isOnlyInState(type)) return Promise.resolve({ kind: "absent", because: "no cloud keeps it" });
    if (isAppliedOver(type)) return Promise.resolve(kubernetesObject({ inputs, taken }));
    const stack = stackNameOf(urn);
    const alike = searchCloud(this.folder, { type }, this.options)
      .filter((one) => !taken.has(one.id) && !this.claimed.has(keyOf(one)) && mayBelongTo(one, stack) && isAsAsked(one, inputs))
      .sort((left, right) => (left.id < right.id ? -1 : 1));
    // What is alike in all that can be known, and that nothing uses yet, is as good as the other.
    const [chosen] = alike;
    if (!chosen) return Promise.resolve({ kind: "absent", because: "nothing in the cloud is like it" });
    this.claimed.add(keyOf(chosen));
    const named = isMadeUp(chosen.name, nameOf(urn));
    return Promise.resolve({
      kind: "found",
      id: chosen.id,
      idOf: "state",
      by: named ? "its name and properties" : "its tags and properties",
    });
  }

  tagged(stack: StackName): Promise<readonly CloudThing[]> {
    const found = searchCloud(this.folder, { tags: tagsOfStack(stack) }, this.options);
    return Promise.resolve(found.map(({ type, id, tags }) => ({ id, what: type, type, tags })));
  }

  isKnownAs(thing: CloudThing, { type, id }: { readonly type: string; readonly id: string }): boolean {
    return thing.type === type && thing.id === id;
  }

  idAs({ id }: CloudThing): Pick<Found, "id" | "idOf"> {
    return { id, idOf: "state" };
  }

  delete({ type, id }: CloudThing): Promise<void> {
    const cloud = new Cloud(this.folder);
    for (const one of cloud.list(type === undefined ? undefined : [type])) if (one.id === id) cloud.delete(one);
    return Promise.resolve();
  }
}
