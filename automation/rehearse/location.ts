import { parse } from "yaml";
import { z } from "zod";
import { type Json, type Properties, UNKNOWN } from "../../plan/graph";

/** Where a provider makes resources that do not say it themselves. */
export interface Location {
  readonly region: string;
  readonly accountId: string;
  /** Of a Kubernetes provider: URL of the API server that keeps its objects, as EKS answers it as the `endpoint` of a cluster. */
  readonly server?: string;
  /** Tags that the provider gives everything it makes. */
  readonly defaultTags?: Readonly<Record<string, string>>;
}

export const DEFAULT_LOCATION: Location = { region: "us-east-1", accountId: "000000000000" };

/** As much of a kubeconfig as says which server it leads to. */
const Kubeconfig = z.object({
  clusters: z.array(z.object({ name: z.string(), cluster: z.object({ server: z.string() }) })),
  contexts: z.array(z.object({ name: z.string(), context: z.object({ cluster: z.string() }) })),
  "current-context": z.string().optional(),
});

function serverOf({ kubeconfig, context }: Properties): string | undefined {
  // A preview does not know the kubeconfig of a cluster that is still to be made.
  if (typeof kubeconfig !== "string" || kubeconfig === UNKNOWN) return undefined;
  const { clusters, contexts, "current-context": current } = Kubeconfig.parse(parse(kubeconfig));
  const chosen = contexts.find(({ name }) => name === (context ?? current));
  const server = clusters.find(({ name }) => name === chosen?.context.cluster)?.cluster.server;
  if (server === undefined) throw new Error("the kubeconfig names no server for its context");
  return server;
}

const DefaultTags = z.object({ tags: z.record(z.string(), z.string()).default({}) });

/** Values of a provider's configuration that are not text arrive as JSON. */
function decoded(value: Json | undefined): Json | undefined {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value) as Json;
  } catch {
    return value; // Text that is no JSON is a plain text, such as a region.
  }
}

/**
 * Where a provider of this configuration works.
 * @throws {Error} for a kubeconfig that leads nowhere.
 */
export function locationOf(config: Properties): Location {
  const { region } = config;
  const accounts = decoded(config["allowedAccountIds"]);
  const account = Array.isArray(accounts) ? accounts[0] : undefined;
  const server = serverOf(config);
  const tags = decoded(config["defaultTags"]);
  // A preview may not know them.
  const known = DefaultTags.safeParse(tags);
  return {
    region: typeof region === "string" ? region : DEFAULT_LOCATION.region,
    accountId: typeof account === "string" || typeof account === "number" ? String(account) : DEFAULT_LOCATION.accountId,
    ...(server !== undefined && { server }),
    ...(known.success && { defaultTags: known.data.tags }),
  };
}
