import { AwsClient } from "aws4fetch";
import { z } from "zod";
import { isTemporary, type LogSink, type PlacedLine, post, type Refusal, shortReason, StoreUnavailable } from "./sink";

/** What a request to OpenSearch is signed with, and where it goes. */
export interface OpenSearchOptions {
  /** The whole of `https://<endpoint>/_bulk`. */
  readonly url: string;
  readonly region: string;
  /** Days after which an index is deleted. */
  readonly searchDays: number;
  /** Roles that may read, as patterns of their ARNs; what they may reach is said by IAM. */
  readonly readers: readonly string[];
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string };
}

const INDEX = "strata-logs";
const DAY = "yyyy-mm-dd".length;
const POLICY = "strata-logs";

const BulkAnswer = z.object({
  items: z.array(
    z.record(z.string(), z.object({ status: z.number(), error: z.object({ type: z.string(), reason: z.string().optional() }).optional() })),
  ),
});

/** Fields by which lines are found; anything else in a document would be guessed at. */
const MAPPINGS = {
  dynamic: "strict",
  properties: {
    "@timestamp": { type: "date" },
    environment: { type: "keyword" },
    service: { type: "keyword" },
    source: { type: "keyword" },
    stream: { type: "keyword" },
    replayed: { type: "keyword" },
    message: { type: "text" },
  },
} as const;

function documentOf({ time, environment, service, source, text, stream, replayed }: PlacedLine): string {
  return JSON.stringify({ "@timestamp": time, environment, service, source, stream, replayed, message: text });
}

function bulk(lines: readonly PlacedLine[]): string {
  return lines
    .map((line) => {
      const index = { _index: `${INDEX}-${new Date(line.time).toISOString().slice(0, DAY)}`, _id: line.id };
      return `${JSON.stringify({ index })}\n${documentOf(line)}\n`;
    })
    .join("");
}

/**
 * Sends lines to OpenSearch, an index a day, each line under an id of its own: a line that comes twice is one document. Requests are signed
 * for IAM. Before the first line it says how long indices live and who may read.
 */
export function openSearchSink({ url, region, searchDays, readers, credentials }: OpenSearchOptions): LogSink {
  const aws = new AwsClient({ ...credentials, region, service: "es", retries: 0 });
  const signed = (to: string, init: RequestInit) => aws.fetch(to, init);
  const base = new URL(url).origin;
  const json = { "content-type": "application/json" };

  const put = async (path: string, body: object): Promise<void> => {
    const response = await signed(`${base}/${path}`, { method: "PUT", body: JSON.stringify(body), headers: json });
    // It is there already, as an earlier start of the function made it.
    if (response.ok || response.status === 409) return;
    throw new StoreUnavailable(`the log store answers ${response.status} to PUT ${path}: ${shortReason(await response.text())}`);
  };

  const prepare = async (): Promise<void> => {
    const indexPattern = `${INDEX}-*`;
    await put(`_index_template/${INDEX}`, { index_patterns: [indexPattern], template: { mappings: MAPPINGS } });
    await put(`_plugins/_ism/policies/${POLICY}-${searchDays}-days`, {
      policy: {
        description: `Indices of logs live ${searchDays} days`,
        default_state: "kept",
        states: [
          { name: "kept", actions: [], transitions: [{ state_name: "gone", conditions: { min_index_age: `${searchDays}d` } }] },
          { name: "gone", actions: [{ delete: {} }], transitions: [] },
        ],
        ism_template: [{ index_patterns: [indexPattern], priority: 1 }],
      },
    });
    await put(`_plugins/_security/api/roles/${INDEX}`, {
      cluster_permissions: ["cluster_composite_ops_ro"],
      index_permissions: [{ index_patterns: [indexPattern], allowed_actions: ["read", "search", "indices:admin/mappings/get"] }],
    });
    await put(`_plugins/_security/api/rolesmapping/${INDEX}`, { backend_roles: readers });
  };

  let prepared: Promise<void> | undefined;
  return {
    send: async (lines) => {
      prepared ??= prepare();
      await prepared.catch((error: unknown) => {
        prepared = undefined;
        throw error;
      });
      const { status, text } = await post(url, bulk(lines), { "content-type": "application/x-ndjson" }, signed);
      if (status >= 300) throw new StoreUnavailable(`the log store answers ${status} to a bulk: ${shortReason(text)}`);
      const { items } = BulkAnswer.parse(JSON.parse(text));
      const refusals: Refusal[] = [];
      for (const [index, line] of lines.entries()) {
        const result = Object.values(items[index] ?? {})[0];
        if (!result) throw new StoreUnavailable(`the log store answered ${items.length} of ${lines.length} lines`);
        if (result.status < 300) continue;
        const reason = `the log store answers ${result.status}: ${shortReason(`${result.error?.type} ${result.error?.reason ?? ""}`)}`;
        if (isTemporary(result.status)) throw new StoreUnavailable(reason);
        refusals.push({ line, reason });
      }
      return refusals;
    },
  };
}
