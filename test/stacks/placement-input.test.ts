import assert from "node:assert/strict";
import { strata } from "../automation/command";
import { Workspace } from "../harness";

/** One wrong edit about where and how a service runs, and what the error must say. */
interface Case {
  readonly name: string;
  readonly environment?: string;
  readonly edit: (workspace: Workspace) => void;
  readonly says: RegExp;
}

const CASES: readonly Case[] = [
  {
    name: "a handler that is missing",
    edit: (w) => w.service("thumbnails", ({ run }) => Object.assign(run as object, { handler: "resize.ts" })),
    says: /services\/thumbnails\/service\.yaml: run\.handler: names a file that is not there, got "services\/thumbnails\/resize\.ts"/,
  },
  {
    name: "a handler that does not bundle",
    edit: (w) => w.write("services/thumbnails/handler.ts", 'import { missing } from "not-a-package";\nexport const handler = missing;\n'),
    says: /services\/thumbnails\/handler\.ts:1:25: does not bundle: Could not resolve "not-a-package"/,
  },
  {
    name: "an image with the tag latest in a durable environment",
    environment: "prod",
    edit: (w) =>
      w.service("orders", ({ run }) => Object.assign(run as object, { image: "public.ecr.aws/nginx/nginx-unprivileged:latest" })),
    says: /services\/orders\/service\.yaml: run\.image: has the tag latest in a durable environment/,
  },
  {
    name: "a job with an HTTP route",
    edit: (w) => w.service("nightly-reports", (job) => (job["reach"] = { http: "/reports", from: "internet" })),
    says: /services\/nightly-reports\/service\.yaml: reach: is given for a job, which nothing can call/,
  },
  {
    name: "a schedule that does not parse",
    edit: (w) => w.service("nightly-reports", (job) => (job["triggers"] = [{ schedule: "cron(0 25 * * ? *)" }])),
    says: /services\/nightly-reports\/service\.yaml: triggers\[0\]\.schedule: .*cron\(0 25/,
  },
  {
    name: "a port that is used twice",
    edit: (w) =>
      w.service("chat-gateway", ({ run }) =>
        Object.assign(run as object, {
          ports: [
            { name: "mqtt", port: 1883, protocol: "tcp" },
            { name: "websocket", port: 1883, protocol: "tcp" },
          ],
        }),
      ),
    says: /services\/chat-gateway\/service\.yaml: run\.ports: uses a port twice, got 1883/,
  },
  {
    name: "several ports on ECS",
    edit: (w) =>
      w.service("chat-gateway", (chat) => Object.assign(chat, { place: { on: "ecs", because: "we know ECS better than Kubernetes" } })),
    says: /services\/chat-gateway\/service\.yaml: .*ECS/,
  },
  {
    name: "memory that no function can have",
    edit: (w) => w.section("dev", "services", (services) => (services["thumbnails"] = { memory: "20GiB" })),
    says: /strata:services\.thumbnails: is a memory that no function can have, got "20480MiB"/,
  },
  {
    name: "volumes on a service that is not legacy",
    edit: (w) =>
      w.service("legacy-erp", (erp) =>
        Object.assign(erp, { legacy: undefined, place: { on: "eks-stateful", because: "it keeps files on a disk" } }),
      ),
    says: /services\/legacy-erp\/service\.yaml: legacy: is missing for a service with persistent volumes/,
  },
  {
    name: "adopting a cluster whose kubeconfig does not parse",
    edit: (w) =>
      w
        .write("frankfurt.yaml", "clusters: [")
        .section("dev", "kubernetes", (kubernetes) => (kubernetes["adopted"] = { frankfurt: { kubeconfigFile: "frankfurt.yaml" } })),
    says: /Pulumi\.dev\.yaml: strata:kubernetes\.adopted\.frankfurt\.kubeconfigFile: does not parse as YAML/,
  },
  {
    name: "adopting a cluster whose kubeconfig is not there",
    edit: (w) =>
      w.section("dev", "kubernetes", (kubernetes) => (kubernetes["adopted"] = { frankfurt: { kubeconfigFile: "frankfurt.yaml" } })),
    says: /adopted\.frankfurt\.kubeconfigFile: names a file that is not there, got "frankfurt\.yaml"/,
  },
  {
    name: "a place on a cluster that nobody adopted",
    edit: (w) =>
      w.service(
        "partners",
        (partners) => (partners["place"] = { on: "eks", cluster: "frankfurt", because: "its data must stay in Germany" }),
      ),
    says: /services\/partners\/service\.yaml: place\.cluster: names no cluster of .*got "frankfurt"/,
  },
  {
    name: "addresses of Services that overlap the VPC",
    edit: (w) => w.section("dev", "kubernetes", (kubernetes) => (kubernetes["serviceCidr"] = "10.10.128.0/20")),
    says: /strata:kubernetes\.serviceCidr: overlaps 10\.10\.0\.0\/16, the VPC/,
  },
  {
    name: "a Kubernetes version whose pods would share one security group",
    edit: (w) => w.section("dev", "kubernetes", (kubernetes) => (kubernetes["version"] = "1.33")),
    says: /strata:kubernetes\.version: gives pods of Auto Mode no security groups of their own, got "1\.33"/,
  },
  {
    name: "more reserved concurrency than the account has",
    edit: (w) => w.section("dev", "functions", (functions) => (functions["concurrency"] = 110)),
    says: /reserve more concurrency than the account has/,
  },
];

const KUBECONFIG = `apiVersion: v1
kind: Config
current-context: frankfurt
contexts: [{ name: frankfurt, context: { cluster: frankfurt, user: deploy } }]
clusters: [{ name: frankfurt, cluster: { server: "https://10.99.0.1:6443", certificate-authority-data: Y2E= } }]
users: [{ name: deploy, user: { token: canary-token } }]
`;

describe("what a place would refuse", () => {
  let workspace: Workspace;
  beforeEach(() => (workspace = new Workspace()));
  afterEach(() => workspace.dispose());

  const planned = (environment: string, ...args: string[]) => strata("plan", environment, "--cwd", workspace.root, ...args);

  for (const { name, environment = "dev", edit, says } of CASES)
    it(`${name} is refused before anything is made, with where and why`, async () => {
      edit(workspace);
      const { code, stderr, stdout } = await planned(environment);
      assert.equal(code, 1, stderr);
      assert.equal(stdout, "");
      assert.match(stderr, says);
      assert.doesNotMatch(stderr, /^\s+at /m);
    });

  it("a bucket keeps its one notification resource however many services its objects start: a second owner cannot come about", async () => {
    workspace.write("services/second/handler.ts", "export const handler = (): void => undefined;\n").write(
      "services/second/service.yaml",
      `name: second
summary: Starts by the same uploads as another service
run: { handler: handler.ts }
demand: { average: 1/h, peak: 1/s, shape: rare, duration: 1s, memory: 512MiB, start: 300ms }
triggers: [{ upload: uploads, prefix: other/ }]
needs: [{ bucket: uploads, access: read }]
`,
    );
    const { code, stdout, stderr } = await planned("dev", "--json");
    assert.equal(code, 0, stderr);
    const { resources } = JSON.parse(stdout) as { resources: { type: string; name: string }[] };
    assert.equal(
      resources.filter(({ type, name }) => type === "aws:s3/bucketNotification:BucketNotification" && name.startsWith("uploads")).length,
      1,
    );
  });

  it("a service goes to an adopted cluster by one line, and the plan holds no word of its kubeconfig", async () => {
    workspace
      .write("frankfurt.yaml", KUBECONFIG)
      .section("dev", "kubernetes", (kubernetes) => (kubernetes["adopted"] = { frankfurt: { kubeconfigFile: "frankfurt.yaml" } }))
      .service("billing", (billing) => (billing["place"] = { on: "eks", cluster: "frankfurt", because: "its data must stay in Germany" }))
      .service("partners", (partners) => (partners["needs"] = []));
    const { code, stdout, stderr } = await planned("dev", "--json");
    assert.equal(code, 0, stderr);
    const { resources } = JSON.parse(stdout) as { resources: { type: string; name: string; urn: string; provider?: string }[] };
    const provider = resources.find(({ type, name }) => type === "pulumi:providers:kubernetes" && name === "frankfurt");
    const deployment = resources.find(({ type, urn }) => type === "kubernetes:apps/v1:Deployment" && urn.includes("billing"));
    assert.ok(provider && deployment?.provider?.startsWith(`${provider.urn}::`), "billing runs on frankfurt");
    assert.ok(!stdout.includes("canary-token"));
  });

  it("shows one surface when asked: all behind the HTTP API, the load balancer out of the internet's reach", async () => {
    workspace.section("prod", "ingress", (ingress) => (ingress["surface"] = "api"));
    // The HTTP API asks nobody to sign in.
    workspace.section("prod", "visibility", (visibility) => delete visibility["grafana"]);
    const { stdout } = await planned("prod", "--json");
    const plan = JSON.parse(stdout) as {
      resources: { type: string; name: string; inputs: Record<string, unknown> }[];
      policy: { violations: { rule: string; level: string }[] };
      reachability: { from: string; to: string }[];
    };
    // Nor does it ask the callers of services: whoever wants that says so in an exception.
    const stopping = plan.policy.violations.filter(({ level }) => level === "mandatory");
    assert.deepEqual([...new Set(stopping.map(({ rule }) => rule))], ["route-needs-authorization"]);
    const balancers = plan.resources.filter(
      ({ type, inputs }) => type === "aws:lb/loadBalancer:LoadBalancer" && inputs["loadBalancerType"] === "application",
    );
    assert.deepEqual(
      balancers.map(({ inputs }) => inputs["internal"]),
      [true],
    );
    assert.ok(
      plan.resources.some(
        ({ type, inputs }) => type === "aws:apigatewayv2/integration:Integration" && inputs["connectionType"] === "VPC_LINK",
      ),
    );
    assert.deepEqual([...new Set(plan.reachability.filter(({ from }) => from === "internet").map(({ to }) => to))], ["chat-gateway"]);
  });
});
