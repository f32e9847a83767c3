import * as aws from "@pulumi/aws";
import { type Apm, type ApmKind } from "../../../../components/visibility/apm/apm";
import { NodeAgent } from "../../../../components/visibility/apm/node-agent";
import { type NodeDaemon, type NodeDaemons } from "../../../../components/visibility/host/node-daemon";
import { ServiceLogs } from "../../../../components/visibility/service-logs";
import { type PlannedResource } from "../../../../plan/graph";
import { recordProgram, TEST_CONTEXT } from "../../../harness";

const FILE = "aws:s3/bucketObjectv2:BucketObjectv2";
const KEY_SECRET = `arn:aws:secretsmanager:us-east-1:${TEST_CONTEXT.accountId}:secret:apm-AbCdEf`;

/** Settings of each kind, as a stack file has them. */
export const SETTINGS: Readonly<Record<ApmKind, Apm>> = {
  none: { kind: "none", header: "Authorization", sampling: 0.1 },
  xray: { kind: "xray", header: "Authorization", sampling: 0.1 },
  otlp: { kind: "otlp", endpoint: "https://otel.example.com", keySecretArn: KEY_SECRET, header: "x-token", sampling: 0.1 },
  newrelic: { kind: "newrelic", keySecretArn: KEY_SECRET, header: "Authorization", sampling: 0.1 },
  dynatrace: {
    kind: "dynatrace",
    endpoint: "https://abc12345.live.dynatrace.com/api/v2/otlp",
    keySecretArn: KEY_SECRET,
    header: "Authorization",
    sampling: 0.1,
  },
  appdynamics: {
    kind: "appdynamics",
    endpoint: "https://pdx-sls-agent-api.saas.appdynamics.com",
    keySecretArn: KEY_SECRET,
    header: "Authorization",
    controller: { host: "acme.saas.appdynamics.com", account: "acme" },
    sampling: 0.1,
  },
};

/** An agent as a node would get it. */
export interface DeclaredAgent {
  readonly daemon: NodeDaemon;
  /** Its files, with their texts known. */
  readonly files: Readonly<Record<string, string>>;
  readonly resources: readonly PlannedResource[];
}

/** The agent of the nodes of a cluster on which these services run. */
export async function declaredAgent(apm: Apm, services: readonly string[]): Promise<DeclaredAgent> {
  let daemon: NodeDaemon | undefined;
  const daemons: NodeDaemons = {
    kind: "eks",
    run: (declared, parent) => {
      daemon = declared;
      // A resource of each file, so that its text is recorded.
      for (const [key, content] of Object.entries(declared.files))
        new aws.s3.BucketObjectv2(key, { bucket: "files", key, content }, { parent });
      return { nodes: [], ready: [] };
    },
  };
  const resources = await recordProgram((options) => {
    const pods = services.map((service) => ({
      service,
      namespace: `svc-${service}`,
      logs: new ServiceLogs(
        service,
        { context: TEST_CONTEXT, retentionDays: 7, keyArn: "arn:aws:kms:us-east-1:111122223333:key/1" },
        options,
      ),
    }));
    new NodeAgent("telemetry", { context: TEST_CONTEXT, daemons, services: pods, apm, internetReasons: [] }, options);
  });
  const files = Object.fromEntries(
    resources.flatMap(({ type, inputs }) => (type === FILE ? [[String(inputs["key"]), String(inputs["content"])] as const] : [])),
  );
  if (!daemon) throw new Error("the agent asked for no daemon");
  return { daemon, files, resources };
}
