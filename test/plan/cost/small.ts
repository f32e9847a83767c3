import { type PlannedResource, type Properties } from "../../../plan/graph";
import { makeUrn } from "../../../plan/urn";
import { costOf, type CostDocument } from "../../../plan/cost/cost";
import { type AssumptionValues } from "../../../plan/cost/assumptions";
import { type PlanDocument } from "../../../plan/plan-schema";

type Bindings = { readonly to: string; readonly kind: string; readonly access: string }[];

const PROVIDER = "pulumi:providers:aws";
const STACK = "pulumi:pulumi:Stack";

/** A hand-made environment: a platform, services that declare a demand, and resources. Durable, so that all of the demand arrives. */
export class SmallPlatform {
  readonly resources: PlannedResource[] = [];
  readonly services: PlanDocument["services"] = [];
  private readonly platform: PlannedResource;
  private readonly provider: PlannedResource;

  constructor(
    private readonly region = "us-east-1",
    budget?: number,
    durable = true,
  ) {
    const stack = this.make(STACK, "strata-test", {}, undefined);
    this.provider = this.make(PROVIDER, "aws", { region }, stack);
    this.platform = this.make(
      "strata:stacks:Platform",
      "test",
      { durable, ...(budget !== undefined && { budget: { monthlyUsd: budget } }) },
      stack,
    );
  }

  /** A resource below the platform, or below a component. */
  add(type: string, name: string, inputs: Properties = {}, parent: PlannedResource = this.platform): PlannedResource {
    return this.make(type, name, inputs, parent);
  }

  /** A service with what its component declares of it. */
  service(
    name: string,
    declared: Properties & { target: PlanDocument["services"][number]["target"] },
    bindings: Bindings = [],
  ): PlannedResource {
    const demand: Properties = { average: 10, peak: 20, shape: "steady", duration: 100, memory: 512, start: 1_000 };
    const given = declared["demand"];
    const inputs = {
      ...declared,
      demand: { ...demand, ...(typeof given === "object" && given !== null && !Array.isArray(given) ? given : {}) },
    };
    this.services.push({
      name,
      target: declared.target,
      reason: "",
      bindings: bindings.map((binding) => ({ ...binding, variables: [] })),
    });
    return this.add("strata:service:Service", name, inputs);
  }

  cost(assumptions: AssumptionValues = {}): CostDocument {
    const services = Object.fromEntries(this.services.map(({ name, bindings }) => [name, { bindings }]));
    const [stack, ...rest] = this.resources;
    if (!stack) throw new Error("no stack");
    return costOf([{ ...stack, outputs: { services } }, ...rest], this.services, { region: this.region, assumptions });
  }

  private make(type: string, name: string, inputs: Properties, parent: PlannedResource | undefined): PlannedResource {
    const component = type.startsWith("strata:");
    const urn = makeUrn("test", "strata", parent?.urn, type, name);
    const custom = !component && type !== STACK;
    const resource: PlannedResource = {
      urn,
      type,
      name,
      ...(parent && { parent: parent.urn }),
      ...(component ? { component: urn } : parent?.component !== undefined && { component: parent.component }),
      custom,
      remote: false,
      dependencies: [],
      propertyDependencies: {},
      protect: false,
      ...(custom && type !== PROVIDER && { provider: `${this.provider.urn}::id` }),
      inputs,
      outputs: { id: `${name}-id`, arn: `arn:${name}`, name, clusterIdentifier: name },
    };
    this.resources.push(resource);
    return resource;
  }
}

/** US dollars of the lines of one resource, by what they are for, to the cent. */
export function linesOf(cost: CostDocument, name: string): Record<string, number> {
  return Object.fromEntries(
    cost.lines.filter((line) => line.name === name).map(({ what, monthlyUsd }) => [what, Number(monthlyUsd.toFixed(2))]),
  );
}
