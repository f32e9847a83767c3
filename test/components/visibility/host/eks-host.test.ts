import * as aws from "@pulumi/aws";
import assert from "node:assert/strict";
import { EksCluster } from "../../../../components/compute/eks-cluster";
import { allowPassage } from "../../../../components/network/passage";
import { EksHost, type EksHostArgs } from "../../../../components/visibility/host/eks-host";
import { EksNodeDaemons } from "../../../../components/visibility/host/eks-node-daemons";
import { type Hosted, type HostedProgram } from "../../../../components/visibility/host/host";
import { type PlannedResource } from "../../../../plan/graph";
import { reachability } from "../../../../policy/lib/reachability";
import { only, recordProgram, TEST_CONTEXT } from "../../../harness";
import { clusterArgs, createNetwork, VPC } from "../../compute/on-cluster";
import { asRole, policiesOf } from "../../service/permissions";
import { ADMIN_PORT, agent, API_KEY, at, COUNTER_PORT, PASSWORD, series, SERIES_PORT, web } from "./samples";

const KEY = "arn:aws:kms:us-east-1:111122223333:key/11111111-2222-4333-a444-555555555555";

interface Setting {
  readonly durable?: boolean;
  readonly series?: Partial<HostedProgram>;
  readonly host?: Partial<EksHostArgs>;
  /** Also runs `web`. Default: true. */
  readonly web?: boolean;
}

/** Records both samples and the agent on a cluster of its own, with a function of the VPC that sends lines. */
async function onEks(setting: Setting = {}): Promise<{ resources: PlannedResource[]; address: string; copies: string[] }> {
  let hosted: Hosted | undefined;
  const found = { address: "", copies: [] as string[] };
  const resources = await recordProgram((options) => {
    const context = { ...TEST_CONTEXT, durable: setting.durable ?? false };
    const network = createNetwork(options);
    const cluster = new EksCluster("apps", clusterArgs(network, setting), options);
    const common = { context, network, cluster, secretKeyArn: KEY };
    const host = new EksHost("visibility", { ...common, ...setting.host }, options);
    hosted = host.run(series(setting.series), host);
    if (setting.web !== false) host.run(web(hosted), host);
    new EksNodeDaemons("nodes", common, options).run(agent(hosted), host);
    const sender = new aws.ec2.SecurityGroup("sender", { vpcId: network.vpcId }, { provider: options.providers.aws });
    new aws.lambda.Function(
      "sender",
      { role: "arn:aws:iam::111122223333:role/sender", vpcConfig: { subnetIds: network.privateSubnetIds, securityGroupIds: [sender.id] } },
      { provider: options.providers.aws },
    );
    const { securityGroupId } = hosted;
    if (securityGroupId) {
      allowPassage({ name: "sender", securityGroupId: sender.id }, { name: "series", securityGroupId }, SERIES_PORT, sender);
      allowPassage({ name: "sender", securityGroupId: sender.id }, { name: "series", securityGroupId }, COUNTER_PORT, sender, "udp");
    }
    hosted.address.apply((address) => (found.address = address));
    for (const copy of hosted.copies) copy.apply((name) => found.copies.push(name));
  });
  return { resources, ...found };
}

const SET = "kubernetes:apps/v1:StatefulSet";
const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const DAEMON_SET = "kubernetes:apps/v1:DaemonSet";
const POD = "spec.template.spec";

interface Mount {
  readonly name: string;
  readonly mountPath: string;
  readonly subPath?: string;
  readonly readOnly?: boolean;
}

interface Container {
  readonly name: string;
  readonly command?: readonly string[];
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly volumeMounts: readonly Mount[];
  readonly securityContext: Record<string, unknown>;
}

const containersOf = (resource: PlannedResource, kind = "containers") => at(resource, `${POD}.${kind}`) as Container[];

/** Files of a workload by their path in its first container, read back through mounts, volumes and ConfigMaps. */
function filesOf(resources: readonly PlannedResource[], workload: PlannedResource): Record<string, string> {
  const volumes = at(workload, `${POD}.volumes`) as {
    name: string;
    projected?: { sources: { configMap: { name: string; items: { key: string; path: string }[] } }[] };
  }[];
  const sources = volumes.find(({ name }) => name === "files")?.projected?.sources ?? [];
  const maps = resources.filter(({ type }) => type === "kubernetes:core/v1:ConfigMap");
  return Object.fromEntries(
    (containersOf(workload)[0]?.volumeMounts ?? []).flatMap(({ name, mountPath, subPath, readOnly }) => {
      if (name !== "files") return [];
      assert.equal(readOnly, true, mountPath);
      const source = sources.find(({ configMap }) => configMap.items.some(({ path }) => path === subPath));
      const key = source?.configMap.items.find(({ path }) => path === subPath)?.key;
      const map = maps.find(({ outputs }) => (outputs["metadata"] as { name: string }).name === source?.configMap.name);
      return [[mountPath, (map?.inputs["data"] as Record<string, string>)[key ?? ""] ?? ""]];
    }),
  );
}

describe("A program of the visibility layer on EKS", () => {
  it("finds its files where it asked for them, read-only, and restarts when one changes", async () => {
    const { resources } = await onEks();
    const set = only(resources, SET, "series");
    assert.deepEqual(filesOf(resources, set), { "/etc/series/series.conf": "shards = 3\n", "/etc/series/schemas.d/all.conf": "10s:1d\n" });
    const changed = await onEks({ series: { files: { ...series().files, "/etc/series/schemas.d/all.conf": "10s:2d\n" } } });
    const again = await onEks();
    assert.notEqual(hash(set), hash(only(changed.resources, SET, "series")));
    assert.equal(hash(set), hash(only(again.resources, SET, "series")));
  });

  it("has files past the size of a ConfigMap in several, and is refused one that none holds", async () => {
    const half = "x".repeat(600_000);
    const files = { "/etc/series/a": half, "/etc/series/b": half, "/etc/series/c": "small" };
    const { resources } = await onEks({ series: { files } });
    const set = only(resources, SET, "series");
    assert.deepEqual(filesOf(resources, set), files);
    const maps = resources.filter(({ type, name }) => type === "kubernetes:core/v1:ConfigMap" && name.startsWith("series-files"));
    assert.equal(maps.length, 2);
    for (const { inputs } of maps) assert.ok(JSON.stringify(inputs["data"]).length < 1_048_576);
    await assert.rejects(onEks({ series: { files: { "/etc/series/a": half + half } } }), /a ConfigMap holds/);
  });

  it("gets its secrets from Secrets Manager at start, in memory, and nothing in the cluster ever holds one", async () => {
    const { resources } = await onEks();
    const set = only(resources, SET, "series");
    const [fetch] = containersOf(set, "initContainers");
    assert.ok(fetch);
    assert.ok(fetch.env.some(({ name, value }) => name === "SECRET_0" && value === PASSWORD));
    const volumes = at(set, `${POD}.volumes`) as { name: string; emptyDir?: { medium?: string } }[];
    assert.equal(volumes.find(({ name }) => name === "secrets")?.emptyDir?.medium, "Memory");
    const mount = containersOf(set)[0]?.volumeMounts.find(({ name }) => name === "secrets");
    assert.deepEqual(mount, { name: "secrets", mountPath: "/etc/series/secrets/password", subPath: "0", readOnly: true });
    assert.equal(resources.filter(({ type }) => type === "kubernetes:core/v1:Secret").length, 0);
  });

  it("may read its own secrets and no other", async () => {
    const { resources } = await onEks();
    const may = (role: string, resource: string) => asRole(resources, role)({ action: "secretsmanager:GetSecretValue", resource });
    assert.equal(await may("series", PASSWORD), "Allowed");
    assert.notEqual(await may("series", API_KEY), "Allowed");
    assert.equal(await may("agent", API_KEY), "Allowed");
    assert.deepEqual(
      policiesOf(resources, "web").flatMap(({ policy }) => policy.Statement.map(({ Action }) => Action)),
      ["cloudwatch:GetMetricData"],
    );
  });

  it("satisfies Pod Security's restricted in a namespace that asks for it, without a token of the cluster", async () => {
    const { resources } = await onEks();
    for (const [type, name, user] of [
      [SET, "series", 1200],
      [DEPLOYMENT, "web", 1300],
    ] as const) {
      const workload = only(resources, type, name);
      const pod = at(workload, `${POD}.securityContext`) as Record<string, unknown>;
      assert.deepEqual([pod["runAsNonRoot"], pod["runAsUser"], pod["seccompProfile"]], [true, user, { type: "RuntimeDefault" }]);
      assert.equal(at(workload, `${POD}.automountServiceAccountToken`), false);
      for (const kind of ["containers", "initContainers"])
        for (const { securityContext } of containersOf(workload, kind) ?? [])
          assert.deepEqual(
            [securityContext["allowPrivilegeEscalation"], securityContext["readOnlyRootFilesystem"], securityContext["capabilities"]],
            [false, true, { drop: ["ALL"] }],
          );
    }
    const namespaces = resources.filter(({ type }) => type === "kubernetes:core/v1:Namespace");
    const levels = namespaces.map((namespace) => [
      (at(namespace, "metadata.labels") as Record<string, string>)["pod-security.kubernetes.io/enforce"],
      at(namespace, "metadata.annotations"),
    ]);
    assert.deepEqual(levels.sort(), [
      ["privileged", { "strata.dev/because": "its pods look after the node that they run on" }],
      ["restricted", undefined],
    ]);
  });

  it("has a volume a copy, which in a durable environment outlives it", async () => {
    for (const [durable, keeps] of [
      [true, "Retain"],
      [false, "Delete"],
    ] as const) {
      const { resources } = await onEks({ durable });
      const set = only(resources, SET, "series");
      assert.equal(set.protect, durable);
      assert.deepEqual(at(set, "spec.persistentVolumeClaimRetentionPolicy"), { whenDeleted: keeps, whenScaled: keeps });
      const [claim] = at(set, "spec.volumeClaimTemplates") as { spec: { storageClassName: string; resources: unknown } }[];
      assert.equal(claim?.spec.storageClassName, "gp3");
      assert.deepEqual(claim?.spec.resources, { requests: { storage: "20Gi" } });
      assert.ok(containersOf(set)[0]?.volumeMounts.some(({ name, mountPath }) => name === "data" && mountPath === "/var/lib/series"));
    }
  });

  it("is spread over zones and survives a drain, one at a time", async () => {
    const { resources } = await onEks({ durable: true });
    for (const [type, name] of [
      [SET, "series"],
      [DEPLOYMENT, "web"],
    ] as const) {
      const [zone] = at(only(resources, type, name), `${POD}.topologySpreadConstraints`) as Record<string, unknown>[];
      assert.deepEqual([zone?.["topologyKey"], zone?.["whenUnsatisfiable"]], ["topology.kubernetes.io/zone", "DoNotSchedule"]);
      const budget = only(resources, "kubernetes:policy/v1:PodDisruptionBudget", name);
      assert.equal(at(budget, "spec.maxUnavailable"), "25%");
    }
  });

  it("is known to the whole VPC by its load balancer, and each copy to the cluster by a name of its own", async () => {
    const { resources, address, copies } = await onEks();
    const balancer = only(resources, "aws:lb/loadBalancer:LoadBalancer");
    assert.equal(address, balancer.outputs["dnsName"]);
    assert.equal(balancer.inputs["internal"], true);
    assert.deepEqual(
      copies,
      [0, 1, 2].map((copy) => `series-${copy}.series-pods.strata-visibility.svc.cluster.local`),
    );
    assert.equal(at(only(resources, SET, "series"), "spec.serviceName"), "series-pods");
  });

  it("without a published port is known in the cluster alone, and costs no load balancer", async () => {
    const { resources, address } = await onEks({ series: { published: [] } });
    assert.equal(address, "series.strata-visibility.svc.cluster.local");
    assert.equal(resources.filter(({ type }) => type === "aws:lb/loadBalancer:LoadBalancer").length, 0);
  });

  it("is reached by its callers on the ports they call, by senders that were let in, and by nothing else", async () => {
    const { resources } = await onEks();
    const pairs = reachability(resources)
      .filter(({ to }) => ["series", "web", "visibility"].includes(to))
      .map(({ from, to, port }) => `${from} > ${to}:${port}`);
    assert.deepEqual(
      pairs.sort(),
      [
        // Its health, and the agent of the nodes.
        `apps > series:${SERIES_PORT}`,
        `apps > visibility:${SERIES_PORT}`,
        `apps > web:8080`,
        `sender > visibility:${COUNTER_PORT}`,
        `sender > visibility:${SERIES_PORT}`,
        `visibility > series:${ADMIN_PORT}`,
        `visibility > series:${COUNTER_PORT}`,
        `visibility > series:${SERIES_PORT}`,
        `web > series:${ADMIN_PORT}`,
        `web > series:${SERIES_PORT}`,
        `web > visibility:${ADMIN_PORT}`,
        `web > visibility:${SERIES_PORT}`,
      ].sort(),
    );
  });

  it("is fenced by policies that deny by default and admit the callers of each port", async () => {
    const { resources } = await onEks();
    const policies = resources.filter(({ type }) => type === "kubernetes:networking.k8s.io/v1:NetworkPolicy");
    const visibility = policies.filter((policy) => at(policy, "metadata.namespace") === "strata-visibility");
    const denied = visibility.find(({ name }) => name === "visibility-deny-all");
    assert.deepEqual(denied && at(denied, "spec"), { podSelector: {}, policyTypes: ["Ingress", "Egress"] });
    const ingress = visibility.flatMap((policy) => {
      const selected = (at(policy, "spec.podSelector.matchLabels") as Record<string, string> | undefined)?.["app.kubernetes.io/name"];
      const rules = (at(policy, "spec.ingress") ?? []) as { from: unknown[]; ports: { port: number }[] }[];
      return rules.map(({ from, ports }) => ({ selected, from, ports: ports.map(({ port }) => port) }));
    });
    const vpc = [{ ipBlock: { cidr: VPC } }];
    assert.deepEqual(
      ingress.filter(({ selected }) => selected === "series"),
      [
        { selected: "series", from: vpc, ports: [SERIES_PORT, COUNTER_PORT] },
        {
          selected: "series",
          from: [{ podSelector: { matchLabels: { "app.kubernetes.io/name": "web" } } }],
          ports: [SERIES_PORT, ADMIN_PORT],
        },
        { selected: "series", from: vpc, ports: [SERIES_PORT] },
      ],
    );
    assert.deepEqual(
      ingress.filter(({ selected }) => selected === "web"),
      [],
    );
  });

  it("sends UDP through, with its health told by TCP", async () => {
    const { resources } = await onEks();
    const group = only(resources, "aws:lb/targetGroup:TargetGroup", "series-counters");
    assert.equal(group.inputs["protocol"], "UDP");
    assert.deepEqual((group.inputs["healthCheck"] as Record<string, unknown>)["port"], String(SERIES_PORT));
    const ports = at(only(resources, "kubernetes:core/v1:Service", "series"), "spec.ports") as { name: string; protocol: string }[];
    assert.deepEqual(
      ports.map(({ name, protocol }) => `${name} ${protocol}`),
      ["plaintext TCP", "counters UDP", "admin TCP"],
    );
  });

  it("shares its load balancer unless a port is taken", async () => {
    const other = (host: EksHost, name: string, port: number) =>
      host.run(
        series({
          name,
          containers: [{ name, image: `example.com/${name}:1`, cpu: 100, memoryMib: 64, ports: [{ name: "tcp", port, protocol: "tcp" }] }],
          published: [port],
          storage: undefined,
          secretFiles: {},
        }),
        host,
      );
    const resources = await recordProgram((options) => {
      const network = createNetwork(options);
      const cluster = new EksCluster("apps", clusterArgs(network, {}), options);
      const host = new EksHost("visibility", { context: TEST_CONTEXT, network, cluster, secretKeyArn: KEY }, options);
      other(host, "one", 9000);
      other(host, "two", 9001);
      other(host, "three", 9000);
    });
    const balancers = resources.filter(({ type }) => type === "aws:lb/loadBalancer:LoadBalancer").map(({ name }) => name);
    assert.deepEqual(balancers, ["visibility", "visibility-2"]);
  });

  it("is refused with everything that is wrong with it", async () => {
    const bad = { name: "Bad_Name", replicas: 0, user: 0, published: [1], files: { "etc/relative": "x" } };
    await assert.rejects(onEks({ series: bad, web: false }), (error: Error) => {
      for (const what of [
        "no DNS label",
        "has no copies",
        "runs as root",
        "publishes a port that no container listens on",
        "no absolute path",
      ])
        assert.match(error.message, new RegExp(what));
      return true;
    });
  });

  it("hands a transform to each child", async () => {
    const bent = { metadata: { name: "bent" } };
    const { resources } = await onEks({
      host: {
        transform: {
          statefulSet: bent,
          deployment: bent,
          balancer: { balancer: { tags: { bent: "yes" } }, securityGroup: { tags: { bent: "yes" } } },
        },
      },
    });
    assert.equal(at(only(resources, SET, "series"), "metadata.name"), "bent");
    assert.equal(at(only(resources, DEPLOYMENT, "web"), "metadata.name"), "bent");
    assert.equal(at(only(resources, "aws:lb/loadBalancer:LoadBalancer"), "tags.bent"), "yes");
    assert.equal(at(only(resources, "aws:ec2/securityGroup:SecurityGroup", "visibility"), "tags.bent"), "yes");
  });
});

describe("A daemon on every node of EKS", () => {
  it("sees its node and has no more of it than it asked for", async () => {
    const { resources } = await onEks();
    const set = only(resources, DAEMON_SET, "agent");
    assert.equal(at(set, "metadata.namespace"), "strata-nodes");
    assert.deepEqual(
      ["hostPID", "hostNetwork", "dnsPolicy", "tolerations"].map((key) => at(set, `${POD}.${key}`)),
      [true, true, "ClusterFirstWithHostNet", [{ operator: "Exists" }]],
    );
    const [container] = containersOf(set);
    assert.deepEqual(container?.securityContext["capabilities"], { drop: ["ALL"], add: ["SYS_PTRACE", "SYS_ADMIN"] });
    assert.deepEqual([container?.securityContext["privileged"], container?.securityContext["readOnlyRootFilesystem"]], [false, true]);
    const volumes = at(set, `${POD}.volumes`) as { name: string; hostPath?: { path: string } }[];
    const written = container?.volumeMounts.filter(({ readOnly }) => readOnly !== true).map(({ name }) => name);
    assert.deepEqual(written, ["scratch-agent-0", "kept"]);
    assert.deepEqual(
      volumes.flatMap(({ hostPath }) => hostPath?.path ?? []),
      ["/proc", "/sys", "/var/lib/strata/agent"],
    );
  });

  it("says why it is not confined, and restarts when a file changes", async () => {
    const set = only((await onEks()).resources, DAEMON_SET, "agent");
    const annotations = at(set, "metadata.annotations") as Record<string, string>;
    assert.match(annotations["strata.dev/because"] ?? "", /looks after the node/);
    assert.match(String(hash(set)), /^[0-9a-f]{16}$/);
  });

  it("opens the way from the nodes once for all daemons", async () => {
    const resources = await recordProgram((options) => {
      const network = createNetwork(options);
      const cluster = new EksCluster("apps", clusterArgs(network, {}), options);
      const common = { context: TEST_CONTEXT, network, cluster, secretKeyArn: KEY };
      const host = new EksHost("visibility", common, options);
      const daemons = new EksNodeDaemons("nodes", common, options);
      const hosted = host.run(series(), host);
      const { securityGroupId, address } = hosted;
      daemons.run(agent(hosted), host);
      daemons.run(agent(hosted, { name: "other", calls: [], endpoints: [{ host: address, port: SERIES_PORT, securityGroupId }] }), host);
    });
    const group = only(resources, "aws:ec2/securityGroup:SecurityGroup", "visibility").outputs["id"];
    const rules = resources.filter(
      ({ type, inputs }) => type === "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule" && inputs["securityGroupId"] === group,
    );
    assert.deepEqual(
      rules.map(({ inputs }) => inputs["fromPort"]),
      [SERIES_PORT],
    );
  });
});

function hash(workload: PlannedResource): unknown {
  return (at(workload, "spec.template.metadata.annotations") as Record<string, unknown>)["strata.dev/config-hash"];
}
