import { isAppliedOver } from "../../facts/server-side-apply";
import { type CloudControlClient } from "@aws-sdk/client-cloudcontrol";
import { type ResourceGroupsTaggingAPIClient } from "@aws-sdk/client-resource-groups-tagging-api";
import { setTimeout as pause } from "node:timers/promises";
import { UserError } from "../../components/faults";
import { FINDABLE, type Findable, type Finding } from "../../facts/findable";
import { DELETABLE } from "../../facts/findable/deletable";
import { type Properties } from "../../plan/graph";
import { isRecord } from "../../plan/simulate/shapes";
import { Control, listTagged, type TaggedArn } from "./aws-control";
import {
  type CloudSearch,
  type CloudThing,
  type Found,
  kubernetesObject,
  type SearchResult,
  type StackName,
  type Wanted,
} from "./cloud-search";
import { isAsAsked, otherOwner } from "./comparing";
import { stackNameOf, tagsOfStack } from "./stack-tags";
import { fill, type Filling, kindOf, lastOf, namedOf } from "./templates";

type By<Kind extends Finding["by"]> = Extract<Finding, { by: Kind }>;

/** Where and with what AWS is searched. */
export interface AwsPlace {
  readonly region: string;
  readonly account: string;
  readonly tagging: ResourceGroupsTaggingAPIClient;
  readonly control: CloudControlClient;
}

/** How patient a search is: tags are listed some seconds after a creation. */
export interface Patience {
  /** Times that a listing is asked before its silence is believed. Default: 4. */
  readonly attempts?: number;
  /** Before the second; then twice that. Default: 5 seconds. */
  readonly pauseMs?: number;
}

/** A resource that is there and could be it. */
interface Candidate {
  readonly arn?: string;
  readonly identifier?: string;
}

const ABSENT = "AWS has none like it";

function undecided(because: string, look: string): SearchResult {
  return { kind: "undecided", because, look };
}

/** Tags that a resource says itself, without those that are secret. */
function ownTags(inputs: Properties): Record<string, string> {
  const tags = inputs["tags"];
  return isRecord(tags)
    ? Object.fromEntries(Object.entries(tags).flatMap(([key, value]) => (typeof value === "string" ? [[key, value]] : [])))
    : {};
}

/** A resource without what is no AWS's; nothing for one that AWS may have. */
function elsewhere(wanted: Wanted): SearchResult | undefined {
  const { type } = wanted;
  if (isAppliedOver(type)) return kubernetesObject(wanted);
  if (/^(random|tls|time):/.test(type)) return { kind: "absent", because: "no cloud keeps it" };
  return undefined;
}

/** Looks in AWS by the Resource Groups Tagging API and Cloud Control, for each type as `facts/findable` says. */
export class AwsSearch implements CloudSearch {
  private readonly control: Control;
  private readonly claimed = new Set<string>();

  constructor(
    private readonly place: AwsPlace,
    private readonly patience: Patience = {},
  ) {
    this.control = new Control(place.control);
  }

  async find(wanted: Wanted): Promise<SearchResult> {
    const { type } = wanted;
    const none = elsewhere(wanted);
    if (none) return none;
    const row = FINDABLE[type];
    if (!row) return undecided("nothing here knows how to find its type", `AWS for a ${type} that was made at the time of the update`);
    const { find } = row;
    if (find.by === "again" || find.by === "nothing") return { kind: "absent", because: find.because };
    if (find.by === "person") return undecided("AWS does not tell", find.look);
    if (find.by === "identifier") return this.byIdentifier(wanted, row, find);
    return this.oneOf(wanted, row, find.by === "tags" ? () => this.byTags(wanted, find) : () => this.byParent(wanted, find));
  }

  async tagged(stack: StackName): Promise<readonly CloudThing[]> {
    const found = await listTagged(this.place.tagging, tagsOfStack(stack));
    return found.map(({ arn, tags }) => {
      const what = kindOf(arn);
      const type = DELETABLE[what]?.type;
      return { id: arn, what, tags, ...(type !== undefined && { type }) };
    });
  }

  isKnownAs(thing: CloudThing, { id, arn }: { readonly type: string; readonly id: string; readonly arn?: string }): boolean {
    return thing.id === id || thing.id === arn || lastOf(thing.id) === id || namedOf(thing.id) === id;
  }

  idAs({ id: arn, what }: CloudThing, { type, inputs }: Pick<Wanted, "type" | "inputs">): Pick<Found, "id" | "idOf"> | undefined {
    const row = FINDABLE[type];
    const kind = DELETABLE[what];
    const identifier = kind && fill(kind.identifier, this.filling({}, { arn }));
    const id = row && fill(row.id, this.filling(inputs, { arn, ...(identifier !== undefined && { identifier }) }));
    return row && id !== undefined && id !== "" ? { id, idOf: row.idOf } : undefined;
  }

  /** @throws {UserError} for a kind that Cloud Control does not delete. */
  async delete({ id, what }: CloudThing): Promise<void> {
    const row = DELETABLE[what];
    const identifier = row && fill(row.identifier, this.filling({}, { arn: id }));
    if (!row || identifier === undefined)
      throw new UserError(`${id}: a ${what} is not deleted from here; delete it in the console of its service`);
    await this.control.delete(row.cloudFormation, identifier);
  }

  private filling(inputs: Properties, { arn, identifier }: Candidate): Filling {
    const { region, account } = this.place;
    return { region, account, inputs, ...(arn !== undefined && { arn }), ...(identifier !== undefined && { identifier }) };
  }

  private async byIdentifier(
    { urn, inputs, taken }: Wanted,
    row: Findable,
    { cloudFormation, identifier }: By<"identifier">,
  ): Promise<SearchResult> {
    const asked = fill(identifier, this.filling(inputs, {}));
    if (asked === undefined)
      return undecided(`its inputs do not tell ${identifier}`, `${cloudFormation} in AWS for one without a resource of the state`);
    const actual = await this.control.read(cloudFormation, asked);
    if (!actual) return { kind: "absent", because: `AWS has no ${cloudFormation} ${asked}` };
    const owner = otherOwner(actual, stackNameOf(urn));
    if (owner !== undefined)
      return undecided(
        `${asked} is there and belongs to ${owner} by its tags`,
        `${cloudFormation} ${asked}, and give one of both another name`,
      );
    const id = fill(row.id, this.filling(inputs, { identifier: asked }));
    if (id === undefined) return undecided(`${asked} is there, and its id is not told`, `${cloudFormation} ${asked}`);
    // The state may know it by another id than an import takes.
    return taken.has(id)
      ? { kind: "absent", because: "it is in the state already" }
      : { kind: "found", id, idOf: row.idOf, by: `${cloudFormation} ${asked}` };
  }

  private async byTags(wanted: Wanted, { resourceType, compared, prefix }: By<"tags">): Promise<Candidate[]> {
    const { urn, inputs } = wanted;
    const begins = prefix === undefined ? undefined : inputs[prefix];
    const listed = await listTagged(this.place.tagging, { ...tagsOfStack(stackNameOf(urn)), ...ownTags(inputs) }, resourceType);
    const named = listed.filter(({ arn }) => typeof begins !== "string" || namedOf(arn).includes(begins));
    const fitting = await Promise.all(named.map(async (one) => ((await this.fits(one, inputs, compared)) ? [{ arn: one.arn }] : [])));
    return fitting.flat();
  }

  private async fits({ arn }: TaggedArn, inputs: Properties, compared: By<"tags">["compared"]): Promise<boolean> {
    if (!compared) return true;
    const identifier = fill(compared.identifier, this.filling(inputs, { arn })) ?? "";
    const actual = await this.control.read(compared.cloudFormation, identifier);
    return actual !== undefined && isAsAsked(actual, inputs, compared.properties);
  }

  private async byParent({ inputs }: Wanted, { cloudFormation, within, properties }: By<"parent">): Promise<Candidate[]> {
    const parent = Object.fromEntries(Object.entries(within).map(([property, input]) => [property, inputs[input] ?? null]));
    const candidates: Candidate[] = [];
    for (const identifier of await this.control.list(cloudFormation, parent)) {
      const actual = await this.control.read(cloudFormation, identifier);
      if (actual && isAsAsked(actual, inputs, properties)) candidates.push({ identifier, arn: identifier.split("|")[0] ?? identifier });
    }
    return candidates;
  }

  /** The one candidate that no resource of the state is; none when a patient search finds none. */
  private async oneOf({ inputs, taken }: Wanted, row: Findable, list: () => Promise<Candidate[]>): Promise<SearchResult> {
    const { attempts = 4, pauseMs = 5000 } = this.patience;
    for (let attempt = 1; ; attempt++) {
      const ids = (await list()).flatMap((candidate) => fill(row.id, this.filling(inputs, candidate)) ?? []);
      const free = ids.filter((id) => !taken.has(id) && !this.claimed.has(id));
      const [first, second] = free;
      if (second !== undefined)
        return undecided(`${free.length} are like it: ${free.join(", ")}`, "which of them no resource of the state uses");
      if (first !== undefined) {
        this.claimed.add(first);
        return {
          kind: "found",
          id: first,
          idOf: row.idOf,
          by: row.find.by === "tags" ? "its tags and properties" : "its parent and properties",
        };
      }
      if (attempt >= attempts) return { kind: "absent", because: ABSENT };
      await pause(pauseMs * 2 ** (attempt - 1));
    }
  }
}
