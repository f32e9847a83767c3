import Ajv, { type ValidateFunction } from "ajv";
import { join } from "node:path";
import { createGenerator, type Schema } from "ts-json-schema-generator";
import { ROOT } from "../../../harness";

const SDK = join(ROOT, "node_modules/@grafana/grafana-foundation-sdk/dist");

const made = new Map<string, ValidateFunction>();

function schemaOf(module: string, type: string): Schema {
  return createGenerator({
    path: join(SDK, module, "types.gen.d.ts"),
    type,
    skipTypeCheck: true,
    expose: "all",
    topRef: true,
    // Queries say by a function which of the SDK's types they are; it is not part of the JSON.
    functions: "hide",
    additionalProperties: false,
  }).createSchema(type);
}

/** Each data source has queries of its own, which the type of a dashboard leaves open. */
function withOpenQueries({ definitions = {}, ...schema }: Schema): Schema {
  const { Dataquery: query, ...others } = definitions;
  if (typeof query !== "object") throw new Error("the type of a dashboard has no queries");
  return { ...schema, definitions: { ...others, Dataquery: { ...query, additionalProperties: true } } };
}

function validator(module: string, type: string, change: (schema: Schema) => Schema): ValidateFunction {
  const key = `${module}.${type}`;
  const known =
    made.get(key) ?? new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(change(schemaOf(module, type)));
  made.set(key, known);
  return known;
}

/** Checks a dashboard against Grafana's own types, as its Foundation SDK declares them. Made once, which takes some seconds. */
export function dashboardSchema(): ValidateFunction {
  return validator("dashboard", "Dashboard", withOpenQueries);
}

/** Checks a query against the type that the SDK has for it; undefined for Graphite, OpenSearch and X-Ray, for which it has none. */
export function querySchema(dataSource: string): ValidateFunction | undefined {
  if (dataSource === "loki") return validator("loki", "dataquery", (schema) => schema);
  if (dataSource === "cloudwatch") return validator("cloudwatch", "MetricsQuery", (schema) => schema);
  return undefined;
}
