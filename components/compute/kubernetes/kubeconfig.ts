import { parseDocument } from "yaml";
import { z } from "zod";
import { ConfigError, type Fault } from "../../faults";

/** As much of a kubeconfig as decides whether a cluster can be reached with it. */
const Kubeconfig = z.looseObject({
  kind: z.literal("Config"),
  clusters: z.array(z.looseObject({ name: z.string(), cluster: z.looseObject({ server: z.string() }) })),
  contexts: z.array(z.looseObject({ name: z.string(), context: z.looseObject({ cluster: z.string(), user: z.string() }) })),
  users: z.array(z.looseObject({ name: z.string() })),
  "current-context": z.string().optional(),
});

function syntaxFaults(key: string, text: string): { readonly value?: unknown; readonly faults: Fault[] } {
  const document = parseDocument(text);
  // What the file holds is secret, so no part of it is quoted.
  const faults = document.errors.map(({ code, linePos }) => ({
    key,
    what: `does not parse as YAML: ${code.toLowerCase().replaceAll("_", " ")}${linePos ? ` on line ${linePos[0].line}` : ""}`,
    right: "give the whole file, as `kubectl config view --raw --minify` prints it",
  }));
  return faults.length > 0 ? { faults } : { value: document.toJS() as unknown, faults };
}

/**
 * What is wrong with a kubeconfig. The text is a secret: a fault names what is missing and never repeats what is there, but for names.
 * @param key where it came from.
 * @param context context to use. Default: the file's current context.
 */
export function kubeconfigFaults(key: string, text: string, context?: string): Fault[] {
  const { value, faults } = syntaxFaults(key, text);
  if (faults.length > 0) return faults;
  const parsed = Kubeconfig.safeParse(value);
  if (!parsed.success)
    return parsed.error.issues.map(({ path }) => ({
      key,
      what: path.length === 0 ? "is not a kubeconfig" : `is not a kubeconfig: ${path.join(".")} is missing or has the wrong type`,
      right: "give the whole file, as `kubectl config view --raw --minify` prints it",
    }));
  const { clusters, contexts, users, "current-context": current } = parsed.data;
  const wanted = context ?? current;
  const names = contexts.map(({ name }) => name);
  const chosen = contexts.find(({ name }) => name === wanted);
  if (!chosen) {
    const what = wanted === undefined ? "has no current context" : `has no context ${wanted}`;
    return [{ key, what, right: names.length > 0 ? `name one of ${names.join(", ")}` : "add a context" }];
  }
  const cluster = clusters.find(({ name }) => name === chosen.context.cluster);
  return [
    ...(cluster ? [] : [{ key, what: `has no cluster ${chosen.context.cluster}, which its context ${chosen.name} names` }]),
    ...(users.some(({ name }) => name === chosen.context.user)
      ? []
      : [{ key, what: `has no user ${chosen.context.user}, whom its context ${chosen.name} names` }]),
    ...(!cluster || cluster.cluster.server.startsWith("https://")
      ? []
      : [{ key, what: `reaches cluster ${chosen.context.cluster} without TLS`, right: "give a server that starts with https://" }]),
  ];
}

/** @throws {ConfigError} when a cluster could not be reached with the kubeconfig. */
export function requireKubeconfig(key: string, text: string, context?: string): void {
  const faults = kubeconfigFaults(key, text, context);
  if (faults.length > 0) throw new ConfigError(faults);
}
