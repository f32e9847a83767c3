import * as pulumi from "@pulumi/pulumi";
import { readFileSync } from "node:fs";
import { type PlannedResource, SECRET } from "../../../plan/graph";

/** File of the resources, in the folder of the project. */
const GRAPH = "graph.json";

class Replayed extends pulumi.CustomResource {}
class ReplayedProvider extends pulumi.ProviderResource {}

const made = new Map<string, pulumi.Resource>();

function lookUp(urn: string): pulumi.Resource {
  const resource = made.get(urn);
  if (!resource) throw new Error(`${urn} is not there yet`);
  return resource;
}

/** A value that comes from other resources waits for them, as it does in a program. */
function inputsOf({ inputs, propertyDependencies }: PlannedResource): pulumi.Inputs {
  return Object.fromEntries(
    Object.entries(inputs).map(([key, value]): [string, unknown] => {
      const sources = (propertyDependencies[key] ?? []).map(lookUp);
      const plain = value === SECRET ? pulumi.secret("rehearsal") : value;
      if (sources.length === 0) return [key, plain];
      const arrived = sources.map((source) => (pulumi.CustomResource.isInstance(source) ? source.id : source.urn));
      return [key, pulumi.all([plain, ...arrived]).apply(([known]): unknown => known)];
    }),
  );
}

function make(resource: PlannedResource): pulumi.Resource {
  const { type, name, custom, parent, dependencies, protect, provider, deletedWith, retainOnDelete } = resource;
  const options: pulumi.CustomResourceOptions = {
    ...(parent !== undefined && made.has(parent) && { parent: lookUp(parent) }),
    ...(provider !== undefined && { provider: lookUp(provider.slice(0, provider.lastIndexOf("::"))) as pulumi.ProviderResource }),
    ...(deletedWith !== undefined && { deletedWith: lookUp(deletedWith) }),
    ...(retainOnDelete !== undefined && { retainOnDelete }),
    dependsOn: dependencies.map(lookUp),
    protect,
  };
  if (!custom) return new pulumi.ComponentResource(type, name, {}, options);
  const inputs = inputsOf(resource);
  const source = /^pulumi:providers:(.+)$/.exec(type)?.[1];
  return source === undefined ? new Replayed(type, name, inputs, options) : new ReplayedProvider(source, name, inputs, options);
}

for (const resource of JSON.parse(readFileSync(GRAPH, "utf8")) as PlannedResource[])
  if (resource.parent !== undefined) made.set(resource.urn, make(resource));
