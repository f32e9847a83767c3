import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Json, Properties } from "../../../plan/graph";
import type { ChildRequest, Expanded, Find, Register, RegisteredChild, RemoteComponent } from "../../../plan/simulate/expansion";
import { EXPANSIONS } from "../../../plan/simulate/expansions";

/** One row of a recording: see test/recorded/README.md. */
export interface Recorded {
  readonly type: string;
  readonly name: string;
  readonly parent: string;
  readonly custom: boolean;
  readonly inputs: Properties;
  readonly dependencies: string[];
  readonly propertyDependencies: Record<string, string[]>;
  /** Only of remote components. */
  readonly outputDependencies?: Record<string, string[]>;
}

export function recording(name: string): Recorded[] {
  return JSON.parse(readFileSync(join(__dirname, "../../recorded", `${name}.json`), "utf8")) as Recorded[];
}

/** What a simulated AWS gives a resource beside its inputs, its id, its name and its ARN. */
export type Simulation = (request: ChildRequest, id: string) => Properties | undefined;

/** A plan small enough to look into: it gives URNs and ids, and keeps what is registered. */
export class SmallPlan {
  readonly requests: (ChildRequest & { readonly urn: string })[] = [];
  private readonly registered = new Map<string, RegisteredChild>();

  constructor(
    private readonly stack: string,
    private readonly simulate: Simulation = () => undefined,
  ) {}

  /** The URN of a resource, whose type is qualified by the types above it. */
  urn(type: string, name: string, parent?: string): string {
    const above = parent === undefined ? undefined : parent.split("::")[2];
    return ["urn:pulumi:" + this.stack, "rec", above === undefined ? type : `${above}$${type}`, name].join("::");
  }

  readonly register: Register = (request) => {
    const urn = this.urn(request.type, request.name, request.parent);
    assert.ok(!this.registered.has(urn), `${urn} is registered twice`);
    assert.ok(this.registered.has(request.parent), `${request.parent} is not registered before its child ${request.name}`);
    const id = request.custom ? `${request.name}-${this.requests.length + 1}` : "";
    const own: Properties = request.custom ? { arn: `arn:aws:x:${id}`, name: id } : {};
    const child = { urn, id, outputs: { ...own, ...request.inputs, ...this.simulate(request, id) } };
    this.registered.set(urn, child);
    this.requests.push({ ...request, urn });
    return child;
  };

  readonly find: Find = (urn) => this.registered.get(urn);

  /** Puts a resource of the program itself into the plan. */
  add(type: string, name: string, id: string, outputs: Properties): RegisteredChild {
    const child = { urn: this.urn(type, name), id, outputs };
    this.registered.set(child.urn, child);
    return child;
  }

  /** Registers a remote component with all its children, and returns its outputs. */
  expand(type: string, name: string, inputs: Properties, more: Partial<RemoteComponent> = {}): Expanded {
    const { urn } = this.add(type, name, "", {});
    const component: RemoteComponent = {
      urn,
      type,
      name,
      inputs,
      dependencies: [],
      propertyDependencies: {},
      region: "us-east-1",
      ...more,
    };
    const expand = EXPANSIONS[type];
    assert.ok(expand, `no expansion for ${type}`);
    const expanded = expand(component, this.register, this.find);
    this.registered.set(urn, { urn, id: "", outputs: expanded.outputs });
    return expanded;
  }

  /** The one request of this type whose name ends so. */
  only(type: string, name: string): ChildRequest & { readonly urn: string } {
    const found = this.requests.filter((request) => request.type === type && request.name === name);
    assert.equal(found.length, 1, `${found.length} of ${type} ${name}`);
    return found[0] as (typeof found)[number];
  }

  names(type: string): string[] {
    return this.requests.filter((request) => request.type === type).map((request) => request.name);
  }
}

/** A URN as the recordings spell it. */
export function short(urn: string): string {
  return urn.split("::").slice(2).join("::");
}

/** A row whose ids are replaced by the resource they point to, so that two simulations with ids of their own can be compared. */
function comparable(row: Recorded): Json {
  const inputs = Object.entries(row.inputs).map(([key, value]): [string, Json] => {
    const sources = row.propertyDependencies[key] ?? [];
    const text = sources.reduce((written, source) => {
      const name = (source.split("::")[1] ?? "").replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
      return written.replace(new RegExp(`(?<=[":/\\\\])${name}-\\d+(?=[".\\\\])`, "g"), `<${source}>`);
    }, JSON.stringify(value));
    return [key, JSON.parse(text) as Json];
  });
  const byName = ([a]: [string, unknown], [b]: [string, unknown]): number => (a < b ? -1 : 1);
  const propertyDependencies = Object.entries(row.propertyDependencies).map(([key, sources]): [string, Json] => [key, [...sources].sort()]);
  return {
    resource: `${row.parent} / ${row.type}::${row.name}`,
    custom: row.custom,
    inputs: Object.fromEntries(inputs.sort(byName)),
    dependencies: [...row.dependencies].sort(),
    propertyDependencies: Object.fromEntries(propertyDependencies.sort(byName)),
  };
}

/** Asserts that a component has the outputs of its row, each from the resources it came from there. */
export function assertSameOutputs({ outputs, outputDependencies }: Expanded, row: Recorded | undefined): void {
  const planned = Object.keys(outputs).map((key): [string, string[]] => [key, (outputDependencies[key] ?? []).map(short).sort()]);
  assert.deepEqual(Object.fromEntries(planned), row?.outputDependencies);
}

/** Asserts that the plan registered exactly these rows, in whatever order. */
export function assertSame(plan: SmallPlan, recorded: readonly Recorded[]): void {
  const planned = plan.requests.map((request): Recorded => {
    const propertyDependencies = Object.entries(request.propertyDependencies).map(([key, urns]): [string, string[]] => [
      key,
      urns.map(short),
    ]);
    return {
      ...request,
      parent: short(request.parent),
      dependencies: request.dependencies.map(short),
      propertyDependencies: Object.fromEntries(propertyDependencies),
    };
  });
  const ordered = (rows: readonly Recorded[]): Json[] =>
    rows.map(comparable).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  assert.deepEqual(ordered(planned), ordered(recorded));
}
