import { type Fact } from "./row";

/** An image of the OpenTelemetry project. */
export interface ImageFact extends Fact {
  readonly image: string;
}

const RELEASES = "https://github.com/open-telemetry/opentelemetry-collector-releases";
const OPERATOR = "https://github.com/open-telemetry/opentelemetry-operator/tree/main/autoinstrumentation";

/** Version of the collector that all hosts run, and that the tests build. */
export const COLLECTOR_VERSION = "0.165.0";

/** The collector with the components of the contrib repository: `awsxray`, `file_log`, `sigv4auth`, `file_storage` among them. */
export const COLLECTOR_IMAGE: ImageFact = {
  image: `ghcr.io/open-telemetry/opentelemetry-collector-releases/opentelemetry-collector-contrib:${COLLECTOR_VERSION}`,
  source: RELEASES,
  date: "2026-11",
};

/** A Lambda layer; `{region}` stands for the function's region. */
export interface LayerFact extends Fact {
  readonly arn: string;
}

/**
 * Layers for Node.js functions on arm64. The ADOT layer holds SDK and a collector that knows X-Ray; the community's collector layer knows
 * `${secretsmanager:…}`, so that a vendor's key is no variable of the function. Versions are believed, not tried: confirm them on the pages.
 */
export const LAMBDA_LAYERS = {
  adot: {
    arn: "arn:aws:lambda:{region}:901920570463:layer:aws-otel-nodejs-arm64-ver-1-30-2:1",
    source: "https://aws-otel.github.io/docs/getting-started/lambda/lambda-js",
    date: "2026-11",
  },
  nodejs: {
    arn: "arn:aws:lambda:{region}:184161586896:layer:opentelemetry-nodejs-0_16_0:1",
    source: "https://github.com/open-telemetry/opentelemetry-lambda/releases",
    date: "2026-11",
  },
  collector: {
    arn: "arn:aws:lambda:{region}:184161586896:layer:opentelemetry-collector-arm64-0_17_0:1",
    source: "https://github.com/open-telemetry/opentelemetry-lambda/releases",
    date: "2026-11",
  },
} as const satisfies Readonly<Record<string, LayerFact>>;

/** How a language's agent is put beside a program and told to start with it. */
export interface InstrumentationFact extends ImageFact {
  /** Variables that start it; `{path}` stands for the folder it was copied to. */
  readonly variables: Readonly<Record<string, string>>;
}

/**
 * Agents that instrument a program without a change to it, as the OpenTelemetry Operator injects them: an image whose `/autoinstrumentation` is
 * copied beside the program, and variables that load it.
 */
export const INSTRUMENTATION = {
  nodejs: {
    image: "ghcr.io/open-telemetry/opentelemetry-operator/autoinstrumentation-nodejs:0.64.1",
    variables: { NODE_OPTIONS: "--require {path}/autoinstrumentation.js" },
    source: `${OPERATOR}/nodejs`,
    date: "2026-11",
  },
  java: {
    image: "ghcr.io/open-telemetry/opentelemetry-operator/autoinstrumentation-java:2.20.1",
    variables: { JAVA_TOOL_OPTIONS: "-javaagent:{path}/javaagent.jar" },
    source: `${OPERATOR}/java`,
    date: "2026-11",
  },
  python: {
    image: "ghcr.io/open-telemetry/opentelemetry-operator/autoinstrumentation-python:0.58b0",
    variables: { PYTHONPATH: "{path}/opentelemetry/instrumentation/auto_instrumentation:{path}" },
    source: `${OPERATOR}/python`,
    date: "2026-11",
  },
} as const satisfies Readonly<Record<string, InstrumentationFact>>;

export type InstrumentedLanguage = keyof typeof INSTRUMENTATION;

/** New Relic's OTLP endpoints. */
export const NEW_RELIC_ENDPOINTS = {
  us: "https://otlp.nr-data.net",
  eu: "https://otlp.eu01.nr-data.net",
  source: "https://docs.newrelic.com/docs/opentelemetry/best-practices/opentelemetry-otlp/",
  date: "2026-11",
} as const;
