import { NEW_RELIC_ENDPOINTS } from "../../../facts/apm";
import { type Fault } from "../../faults";
import { type Statement } from "../../iam";

/** Where traces go. */
export const APM_KINDS = ["none", "xray", "otlp", "newrelic", "appdynamics", "dynatrace"] as const;
export type ApmKind = (typeof APM_KINDS)[number];

/** Where traces go, and how many. */
export interface Apm {
  readonly kind: ApmKind;
  /** Base URL of OTLP over HTTP, to which `/v1/traces` is added. */
  readonly endpoint?: string;
  /** ARN of the secret in Secrets Manager whose whole value is the key. */
  readonly keySecretArn?: string;
  /** Customer key that secret is encrypted with. Default: AWS's own key for Secrets Manager. */
  readonly keyArn?: string;
  /** Header that carries the key of an `otlp` endpoint. */
  readonly header: string;
  /** AppDynamics: its controller and the account there. */
  readonly controller?: { readonly host: string; readonly account: string };
  /** Share of new traces that are kept, 0 to 1. A service follows the decision of whoever called it. */
  readonly sampling: number;
}

/** Kinds that are somebody else's, reached over the internet with a key. */
const VENDORS: ReadonlySet<ApmKind> = new Set(["newrelic", "appdynamics", "dynatrace"]);
/** Kinds for which nobody but the team knows where. */
const ENDPOINT_WANTED: Readonly<Partial<Record<ApmKind, string>>> = {
  otlp: "give the base URL of OTLP over HTTP, such as https://otel.example.com",
  appdynamics: "give that of your region, such as https://pdx-sls-agent-api.saas.appdynamics.com",
  dynatrace: "give that of your environment, such as https://abc12345.live.dynatrace.com/api/v2/otlp",
};

/** What does not go together in the settings of traces. */
export function apmFaults(key: string, apm: Apm): Fault[] {
  const { kind, endpoint, keySecretArn, keyArn, controller } = apm;
  const wanted = ENDPOINT_WANTED[kind];
  const takesKey = kind === "otlp" || VENDORS.has(kind);
  const unused = (property: string, value: unknown, right: string): Fault[] =>
    value === undefined ? [] : [{ key: `${key}.${property}`, what: `is not used with ${kind}`, got: value, right }];
  const missing = (property: string, right: string): Fault => ({ key: `${key}.${property}`, what: `is missing for ${kind}`, right });
  return [
    ...(wanted !== undefined && endpoint === undefined ? [missing("endpoint", wanted)] : []),
    ...(VENDORS.has(kind) && keySecretArn === undefined ? [missing("keySecretArn", "give the ARN of the secret that holds the key")] : []),
    ...(kind === "appdynamics" && !controller ? [missing("controller", "give its `host` and `account`")] : []),
    ...(takesKey ? [] : unused("endpoint", endpoint, "leave it out, or give another kind")),
    ...(takesKey ? [] : unused("keySecretArn", keySecretArn, "leave it out, or give another kind")),
    ...(kind === "appdynamics" ? [] : unused("controller", controller, "leave it out; it is for appdynamics")),
    ...(keyArn !== undefined && keySecretArn === undefined
      ? [{ key: `${key}.keyArn`, what: "is given without keySecretArn", got: keyArn, right: "give both, or neither" }]
      : []),
  ];
}

/** Base URL that traces are sent to; undefined for X-Ray, which has an API of its own, and for none. */
export function tracesEndpoint({ kind, endpoint }: Apm, region: string): string | undefined {
  if (kind === "newrelic") return endpoint ?? NEW_RELIC_ENDPOINTS[region.startsWith("eu-") ? "eu" : "us"];
  return kind === "none" || kind === "xray" ? undefined : endpoint;
}

/** The header that carries the key, with the key's place in it. */
export function keyHeader({ kind, header }: Apm, placeholder: string): Readonly<Record<string, string>> {
  const headers: Readonly<Record<ApmKind, Readonly<Record<string, string>>>> = {
    none: {},
    xray: {},
    newrelic: { "api-key": placeholder },
    // Dynatrace documentation, "OTLP API endpoints", and AppDynamics documentation, "Configure Exporters" (2026-11).
    dynatrace: { Authorization: `Api-Token ${placeholder}` },
    appdynamics: { "x-api-key": placeholder },
    otlp: { [header]: placeholder },
  };
  return headers[kind];
}

/** What a role needs to send traces to X-Ray. Service Authorization Reference, "AWS X-Ray" (2026-11): segments belong to no resource. */
export const XRAY_STATEMENT: Statement = {
  Sid: "SendTraces",
  Effect: "Allow",
  Action: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
  Resource: "*",
};

/** What a role needs to read the key. */
export function keyStatements({ keySecretArn, keyArn }: Pick<Apm, "keySecretArn" | "keyArn">): Statement[] {
  if (keySecretArn === undefined) return [];
  return [
    { Sid: "ReadTracesKey", Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: keySecretArn },
    ...(keyArn === undefined
      ? []
      : [{ Sid: "DecryptTracesKey", Effect: "Allow", Action: "kms:Decrypt", Resource: keyArn } satisfies Statement]),
  ];
}
