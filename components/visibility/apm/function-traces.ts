import { LAMBDA_LAYERS } from "../../../facts/apm";
import { type PlatformContext } from "../../platform-context";
import { NO_TELEMETRY, type WorkloadTelemetry } from "../telemetry";
import { type Apm, keyStatements } from "./apm";
import { collectorYaml, OTLP_HTTP_PORT, traceParts } from "./collector-config";
import { exporterVariables, sdkVariables } from "./variables";

const CONFIG_VARIABLE = "COLLECTOR_CONFIG";
/** Starts the handler with the SDK around it. */
const WRAPPER = "/opt/otel-handler";
/** A Lambda extension has no memory of its own; this is what the collector is known to take. */
const EXTENSION_MIB = 64;

function layer(name: keyof typeof LAMBDA_LAYERS, region: string): string {
  return LAMBDA_LAYERS[name].arn.replace("{region}", region);
}

/**
 * Traces of a function: a layer puts the SDK around its handler and a collector beside it. The function waits for neither: what is collected
 * is sent after it has answered. A vendor's key is read by the collector from Secrets Manager, so that it is no variable of the function.
 */
export function functionTraces(service: string, { environment, region }: PlatformContext, apm: Apm): WorkloadTelemetry {
  const sdk = { ...sdkVariables({ service, environment, apm }), AWS_LAMBDA_EXEC_WRAPPER: WRAPPER };
  if (apm.kind === "xray") return { ...NO_TELEMETRY, variables: sdk, layers: [layer("adot", region)], xray: true };
  const key = `\${secretsmanager:${apm.keySecretArn}}`;
  const config = collectorYaml(
    traceParts({ environment, region, apm, listen: "localhost", key, memoryMib: EXTENSION_MIB, extension: true }),
  );
  return {
    ...NO_TELEMETRY,
    variables: {
      ...sdk,
      ...exporterVariables(`http://localhost:${OTLP_HTTP_PORT}`),
      OPENTELEMETRY_COLLECTOR_CONFIG_URI: `env:${CONFIG_VARIABLE}`,
      [CONFIG_VARIABLE]: config,
    },
    layers: [layer("nodejs", region), layer("collector", region)],
    statements: keyStatements(apm),
  };
}
