import { type PlannedResource } from "../../plan/graph";
import { makePlan } from "../../plan/plan";
import { type Target, targetsOf } from "../components/visibility/grafana/panels";
import { ROOT } from "../harness";
import { type Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";

const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";
const S3_OBJECT = "aws:s3/bucketObjectv2:BucketObjectv2";
const FOLDER = "etc_strata_dashboards_";

function contents({ type, inputs }: PlannedResource): [name: string, text: string][] {
  if (type === CONFIG_MAP && typeof inputs["data"] === "object" && inputs["data"] !== null)
    return Object.entries(inputs["data"]).flatMap(([name, text]) => (typeof text === "string" ? [[name, text]] : []));
  if (type === S3_OBJECT && typeof inputs["key"] === "string" && typeof inputs["content"] === "string")
    return [[inputs["key"].split("/").slice(2).join("_"), inputs["content"]]];
  return [];
}

/** Files of the programs of a plan, wherever their host keeps them, by path with `_` for `/`. */
export function plannedFiles(resources: readonly PlannedResource[]): Map<string, string> {
  return new Map(resources.flatMap(contents));
}

/** The dashboards that the plan of an environment gives to its Grafana. */
export async function plannedDashboards(environment: string): Promise<Dashboard[]> {
  const { resources } = (await makePlan(ROOT, environment)).document;
  const found = [...plannedFiles(resources as PlannedResource[])].filter(([name]) => name.startsWith(FOLDER));
  return found.map(([, text]) => JSON.parse(text) as Dashboard);
}

/** What the dashboards of an environment ask one data source, each once. */
export async function plannedTargets(environment: string, dataSource: string): Promise<Target[]> {
  const all = (await plannedDashboards(environment)).flatMap(targetsOf).filter(({ datasource }) => datasource?.type === dataSource);
  return [...new Map(all.map(({ refId, ...target }) => [JSON.stringify(target), { refId, ...target }])).values()];
}
