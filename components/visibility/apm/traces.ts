import { COLLECTOR_IMAGE, INSTRUMENTATION } from "../../../facts/apm";
import { needsVpc } from "../../compute/function-network";
import { type ServiceNetwork } from "../../network/service-network";
import { allowPassage } from "../../network/passage";
import { type PlatformContext } from "../../platform-context";
import { type Descriptor, type Target } from "../../service/descriptor";
import { type Instrumentation, NO_TELEMETRY, type ObservedWorkload, type TelemetrySource, type WorkloadTelemetry } from "../telemetry";
import { type Apm, keyStatements, tracesEndpoint, XRAY_STATEMENT } from "./apm";
import { collectorYaml, OTLP_HTTP_PORT, traceParts } from "./collector-config";
import { functionTraces } from "./function-traces";
import { type NodeAgent } from "./node-agent";
import { exporterVariables, INSTRUMENTATION_PATH, sdkVariables } from "./variables";

export interface TracesArgs {
  readonly context: PlatformContext;
  readonly network: Pick<ServiceNetwork, "privateServices">;
  readonly apm: Apm;
  /** The agents on the nodes of the cluster; asked for when a workload runs there. */
  readonly agent: () => Pick<NodeAgent, "nodes" | "ready">;
}

const CONFIG_VARIABLE = "COLLECTOR_CONFIG";
const KEY_VARIABLE = "APM_KEY";
const NODE_VARIABLE = "NODE_ADDRESS";
/** Folder of the agents' images that holds the agent. */
const AGENT_FOLDER = "/autoinstrumentation";
/** A collector that holds a second of a task's spans. */
const SIDECAR = { cpu: 32, memory: 128 } as const;

/** Why whoever sends traces must open HTTPS connections to the internet; empty where X-Ray is reached inside the VPC. */
export function sendingReasons(apm: Apm, { privateServices }: Pick<ServiceNetwork, "privateServices">, region: string): readonly string[] {
  if (apm.kind === "none") return [];
  if (apm.kind === "xray") return privateServices.has("xray") ? [] : ["no interface endpoint for xray"];
  return [`sends traces to ${new URL(tracesEndpoint(apm, region) ?? "").host}`];
}

/**
 * Traces of every workload, by one switch. Each place has a collector beside or below the workload, so that no service holds a vendor's key or
 * waits for a vendor: a layer on Lambda, a sidecar on ECS, an agent a node on Kubernetes. A container whose descriptor names its language is
 * instrumented without a change to it; another sends what its own SDK makes.
 */
export class Traces implements TelemetrySource {
  constructor(private readonly args: TracesArgs) {}

  internetReasons(descriptor: Descriptor, target: Target): readonly string[] {
    const { apm, network, context } = this.args;
    const reasons = sendingReasons(apm, network, context.region);
    if (target === "lambda") return needsVpc(descriptor) ? reasons : [];
    // The node's agent sends for its pods, and its image is the node's business.
    if (target === "eks" || target === "eks-stateful" || apm.kind === "none") return [];
    const pulls = target === "ecs" ? [] : ["its collector's image is in a public registry"];
    return [...pulls, ...reasons];
  }

  of(workload: ObservedWorkload): WorkloadTelemetry {
    const { context, apm } = this.args;
    const { target, descriptor } = workload;
    if (apm.kind === "none" || isElsewhere(descriptor)) return NO_TELEMETRY;
    if (target === "lambda") return functionTraces(descriptor.name, context, apm);
    return target === "eks" || target === "eks-stateful" ? this.ofPods(workload) : this.ofTasks(workload);
  }

  private sdk({ name: service }: Descriptor) {
    const { context, apm } = this.args;
    return sdkVariables({ service, environment: context.environment, apm });
  }

  private ofPods({ descriptor, identity, parent }: ObservedWorkload): WorkloadTelemetry {
    const agent = this.args.agent();
    const { variables, instrumentation } = instrument(descriptor);
    return {
      ...NO_TELEMETRY,
      variables: { ...this.sdk(descriptor), ...exporterVariables(`http://$(${NODE_VARIABLE}):${OTLP_HTTP_PORT}`), ...variables },
      nodeAddressVariable: NODE_VARIABLE,
      instrumentation,
      vpcPorts: [{ port: OTLP_HTTP_PORT, protocol: "TCP" }],
      ready: [...agent.ready, ...agent.nodes.flatMap((node) => allowPassage(identity, node, OTLP_HTTP_PORT, parent))],
    };
  }

  private ofTasks({ descriptor }: ObservedWorkload): WorkloadTelemetry {
    const { context, apm } = this.args;
    const { environment, region } = context;
    const { variables, instrumentation } = instrument(descriptor);
    const settings = { environment, region, apm, listen: "127.0.0.1", key: `\${env:${KEY_VARIABLE}}`, memoryMib: SIDECAR.memory };
    return {
      ...NO_TELEMETRY,
      variables: { ...this.sdk(descriptor), ...exporterVariables(`http://127.0.0.1:${OTLP_HTTP_PORT}`), ...variables },
      instrumentation,
      sidecars: [
        {
          name: "collector",
          image: COLLECTOR_IMAGE.image,
          command: [`--config=env:${CONFIG_VARIABLE}`],
          variables: { [CONFIG_VARIABLE]: collectorYaml(traceParts(settings)) },
          ...(apm.keySecretArn !== undefined && { secrets: { [KEY_VARIABLE]: apm.keySecretArn } }),
          writable: [],
          size: SIDECAR,
        },
      ],
      statements: apm.kind === "xray" ? [XRAY_STATEMENT] : [],
      startStatements: keyStatements(apm),
    };
  }
}

/** Whether a service runs on a cluster that somebody else looks after, agents and all. */
function isElsewhere({ place }: Descriptor): boolean {
  return place !== "auto" && place.cluster !== undefined;
}

/** The agent of a container's language, and the variables that start it. */
function instrument({ run }: Descriptor): {
  readonly variables: Readonly<Record<string, string>>;
  readonly instrumentation?: Instrumentation;
} {
  if ("handler" in run || run.language === undefined) return { variables: {} };
  const { image, variables } = INSTRUMENTATION[run.language];
  return {
    variables: Object.fromEntries(
      Object.entries(variables).map(([name, value]) => [name, value.replaceAll("{path}", INSTRUMENTATION_PATH)]),
    ),
    instrumentation: { image, from: AGENT_FOLDER, path: INSTRUMENTATION_PATH },
  };
}
