import { buildSync } from "esbuild";
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Workspace } from "../../automation/rehearse/workspace";
import { type PlannedResource } from "../../plan/graph";
import { record } from "../../plan/record";
import { readStackFile } from "../../plan/stack-file";
import program from "../../stacks/index";
import { ROOT } from "../harness";

/** Environment whose plan is replayed. */
export const REPLAYED = "dev";

const REPLAY = join(__dirname, "replay");

function needsOf({ parent, provider, deletedWith, dependencies, propertyDependencies }: PlannedResource): string[] {
  const owner = provider?.slice(0, provider.lastIndexOf("::"));
  return [parent, owner, deletedWith, ...dependencies, ...Object.values(propertyDependencies).flat()].filter((urn) => urn !== undefined);
}

/** URNs that some resources can't do without, themselves among them. */
function closure(urns: Iterable<string>, all: ReadonlyMap<string, PlannedResource>): Set<string> {
  const reached = new Set<string>();
  const open = [...urns];
  for (let urn = open.pop(); urn !== undefined; urn = open.pop()) {
    const resource = all.get(urn);
    if (!resource || reached.has(urn)) continue;
    reached.add(urn);
    open.push(...needsOf(resource));
  }
  return reached;
}

/** A type of each place and each kind of store: with what they need, they are most types of the catalogue. */
export const PLACES_AND_STORES: readonly string[] = [
  "aws:s3/bucketPolicy:BucketPolicy",
  "aws:dynamodb/table:Table",
  "aws:rds/clusterInstance:ClusterInstance",
  "aws:rds/instance:Instance",
  "aws:elasticache/serverlessCache:ServerlessCache",
  "aws:redshiftserverless/workgroup:Workgroup",
  "aws:mq/broker:Broker",
  "aws:msk/cluster:Cluster",
  "aws:sqs/queuePolicy:QueuePolicy",
  "aws:sns/topicPolicy:TopicPolicy",
  "aws:lambda/function:Function",
  "aws:ecs/service:Service",
  "aws:eks/cluster:Cluster",
  "kubernetes:apps/v1:Deployment",
];

/**
 * A part of a plan that has some types of resource at least once, with all that those need: of each type the one that adds the least.
 * @param types default: every type there is.
 */
export function oneOfEach(
  resources: readonly PlannedResource[],
  types: readonly string[] = [...new Set(resources.filter(({ custom }) => custom).map(({ type }) => type))],
): PlannedResource[] {
  const all = new Map(resources.map((resource) => [resource.urn, resource]));
  let chosen = new Set<string>();
  for (const type of types) {
    const candidates = resources.filter((resource) => resource.type === type);
    if (candidates.length === 0) throw new Error(`the plan has no ${type}`);
    const grown = candidates.map(({ urn }) => closure([...chosen, urn], all));
    chosen = grown.reduce((least, one) => (one.size < least.size ? one : least));
  }
  return resources.filter(({ urn }) => chosen.has(urn));
}

/** Resources that the full catalogue makes, as the plan records them. */
export async function plannedCatalogue(): Promise<PlannedResource[]> {
  return record(program, readStackFile(ROOT, REPLAYED));
}

/** A workspace whose program registers these resources, and nothing else. */
export function replayWorkspace(resources: readonly PlannedResource[]): Workspace {
  const workspace = new Workspace(REPLAY);
  // Only the SDK: the engine would start the provider of every other package that it finds.
  mkdirSync(join(workspace.project, "node_modules/@pulumi"), { recursive: true });
  symlinkSync(join(ROOT, "node_modules/@pulumi/pulumi"), join(workspace.project, "node_modules/@pulumi/pulumi"));
  // A bundle starts in a third of the time that tsx takes, and it starts often.
  buildSync({
    entryPoints: [join(REPLAY, "index.ts")],
    outfile: join(workspace.project, "bundle.js"),
    bundle: true,
    platform: "node",
    packages: "external",
  });
  writeFileSync(join(workspace.project, "graph.json"), JSON.stringify(resources));
  return workspace;
}

/** A workspace that is as another is now: its program, its state and its cloud. */
export function forkWorkspace(other: Workspace): Workspace {
  const fork = new Workspace(other.project);
  for (const folder of ["cloud", "state"] as const) cpSync(other[folder], fork[folder], { recursive: true });
  return fork;
}
